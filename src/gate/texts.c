// SPDX-License-Identifier: GPL-2.0-only
/*
 * Is a name gone from a file? Asked of the few findings that a patch moved, so
 * a look at the text is enough; a comment that still has the name makes it one
 * mended and one added, which is the careful answer.
 */
#include <ctype.h>
#include <string.h>

#include "gate/compare.h"

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* "drivers[2]", "foo.drv", "->drv": the first word. */
static char *first_word(const char *name)
{
	size_t len = 0;

	while (*name && !is_word(*name))
		name++;
	while (is_word(name[len]))
		len++;
	return xstrndup(name, len);
}

static bool has_word(const char *text, const char *name)
{
	char *word = first_word(name);
	size_t len = strlen(word);
	const char *at = text;

	while (len && (at = strstr(at, word))) {
		if ((at == text || !is_word(at[-1])) && !is_word(at[len]))
			break;
		at += len;
	}
	free(word);
	return at;
}

/* A NUL would end the text early, so names behind it would seem to be gone. */
static char *read_text(const char *path)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	if (strbuf_read_regular(&sb, path)) {
		strbuf_release(&sb);
		return NULL;
	}
	for (i = 0; i < sb.len; i++)
		if (!sb.buf[i])
			sb.buf[i] = ' ';
	return strbuf_detach(&sb);
}

static const char *text_of(struct texts *texts, const char *path)
{
	size_t i, nr = texts->paths.nr;

	for (i = 0; i < nr; i++)
		if (!strcmp(texts->paths.item[i], path))
			return texts->content[i];
	string_list_add(&texts->paths, path);
	texts->content =
		xrealloc(texts->content, (nr + 1) * sizeof(*texts->content));
	texts->content[nr] = read_text(path);
	return texts->content[nr];
}

bool texts_have(struct texts *texts, const char *path, const char *name)
{
	uint64_t key;
	uint32_t known;
	const char *text;

	if (!path)
		return false;
	key = hash64_str(name, hash64_str(path, 0));
	if (!texts->known.nr_slots)
		u64map_init(&texts->known);
	known = u64map_get(&texts->known, key);
	if (!known) {
		text = text_of(texts, path);
		known = text && has_word(text, name) ? 2 : 1;
		u64map_put(&texts->known, key, known);
	}
	return known == 2;
}

void texts_release(struct texts *texts)
{
	size_t i;

	for (i = 0; i < texts->paths.nr; i++)
		free(texts->content[i]);
	free(texts->content);
	string_list_release(&texts->paths);
	u64map_release(&texts->known);
}
