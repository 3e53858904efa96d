// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files that are seen otherwise than they stand on the disk: a short sorted
 * list. What a patch touches is a handful; what is asked is every file there
 * is.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "indexer/overlay.h"

struct entry {
	char *path; /* absolute */
	char *content; /* NULL: gone */
};

struct overlay {
	char *tree;
	struct entry *list; /* by path */
	size_t nr, alloc;
};

static const struct overlay *used;
static char *used_vfs;

struct overlay *overlay_new(const char *tree)
{
	struct overlay *o = xcalloc(1, sizeof(*o));

	o->tree = xstrdup(tree);
	return o;
}

void overlay_free(struct overlay *o)
{
	if (!o)
		return;
	while (o->nr) {
		free(o->list[--o->nr].path);
		free(o->list[o->nr].content);
	}
	free(o->list);
	free(o->tree);
	free(o);
}

/* Where @path stands in the list, or would. */
static size_t place_of(const struct overlay *o, const char *path, bool *found)
{
	size_t low = 0, high = o->nr;

	*found = false;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int cmp = strcmp(o->list[mid].path, path);

		if (!cmp) {
			*found = true;
			return mid;
		}
		if (cmp < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void put(struct overlay *o, const char *path, const char *content)
{
	char *full = xasprintf("%s/%s", o->tree, path);
	bool found;
	size_t at = place_of(o, full, &found);

	if (found) {
		free(full);
		free(o->list[at].content);
	} else {
		ALLOC_GROW(o->list, o->nr + 1, o->alloc);
		memmove(&o->list[at + 1], &o->list[at],
			(o->nr - at) * sizeof(*o->list));
		o->list[at].path = full;
		o->nr++;
	}
	o->list[at].content = content ? xstrdup(content) : NULL;
}

void overlay_replace(struct overlay *o, const char *path, const char *content)
{
	put(o, path, content);
}

void overlay_remove(struct overlay *o, const char *path)
{
	put(o, path, NULL);
}

enum overlay_state overlay_find(const struct overlay *o, const char *path,
				const char **content)
{
	bool found = false;
	size_t at = o ? place_of(o, path, &found) : 0;

	if (content)
		*content = found ? o->list[at].content : NULL;
	if (!found)
		return OVERLAY_NONE;
	return o->list[at].content ? OVERLAY_REPLACED : OVERLAY_GONE;
}

int overlay_each(const struct overlay *o,
		 int (*fn)(void *data, const char *path,
			   enum overlay_state state, const char *content),
		 void *data)
{
	size_t skip = o ? strlen(o->tree) + 1 : 0, i;
	int ret = 0;

	for (i = 0; o && !ret && i < o->nr; i++) {
		const struct entry *e = &o->list[i];

		ret = fn(data, e->path + skip,
			 e->content ? OVERLAY_REPLACED : OVERLAY_GONE,
			 e->content);
	}
	return ret;
}

/* ---- for clang ---- */

/* A YAML string in double quotes; a path may hold any byte. */
static void add_string(struct strbuf *out, const char *s)
{
	strbuf_addch(out, '"');
	for (; *s; s++) {
		unsigned char c = *s;

		if (c == '"' || c == '\\')
			strbuf_addf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			strbuf_addf(out, "\\x%02x", c);
		else
			strbuf_addch(out, c);
	}
	strbuf_addch(out, '"');
}

/* Of a whole path each: clang makes the directories that are not there. */
static void add_vfs(const struct overlay *o, const char *gone,
		    struct strbuf *out)
{
	size_t i;

	strbuf_addstr(out, "{ \"version\": 0, \"case-sensitive\": \"true\",\n"
			   "  \"use-external-names\": \"false\",\n"
			   "  \"roots\": [");
	for (i = 0; i < o->nr; i++) {
		const struct entry *e = &o->list[i];

		strbuf_addf(out, "%s\n    { \"type\": \"file\", \"name\": ",
			    i ? "," : "");
		add_string(out, e->path);
		strbuf_addstr(out, ",\n      \"external-contents\": ");
		add_string(out, e->content ? e->content : gone);
		strbuf_addstr(out, " }");
	}
	strbuf_addstr(out, "\n  ] }\n");
}

static int write_text(const char *path, const struct strbuf *text)
{
	FILE *f = fopen(path, "we");
	int ret = 0;

	if (!f)
		return -errno;
	if (fwrite(text->buf, 1, text->len, f) != text->len)
		ret = -EIO;
	if (fclose(f) && !ret)
		ret = -errno;
	return ret;
}

int overlay_write_vfs(const struct overlay *o, const char *path,
		      const char *gone)
{
	struct strbuf text = STRBUF_INIT;
	int ret;

	strbuf_addstr(&text, "#error this file is gone\n");
	ret = write_text(gone, &text);
	strbuf_reset(&text);
	add_vfs(o, gone, &text);
	if (!ret)
		ret = write_text(path, &text);
	strbuf_release(&text);
	return ret;
}

/* ---- the one in use ---- */

void overlay_use(const struct overlay *o, const char *vfs)
{
	free(used_vfs);
	used_vfs = o && vfs ? xstrdup(vfs) : NULL;
	used = o;
}

const struct overlay *overlay_used(void)
{
	return used;
}

const char *overlay_vfs(void)
{
	return used_vfs;
}

int overlay_read(struct strbuf *out, const char *path)
{
	const char *content;

	switch (overlay_find(used, path, &content)) {
	case OVERLAY_REPLACED:
		return strbuf_read_regular(out, content);
	case OVERLAY_GONE:
		return -ENOENT;
	case OVERLAY_NONE:
		break;
	}
	return strbuf_read_regular(out, path);
}

bool overlay_readable(const char *path)
{
	enum overlay_state state = overlay_find(used, path, NULL);

	return state == OVERLAY_NONE ? !access(path, R_OK)
				     : state == OVERLAY_REPLACED;
}
