// SPDX-License-Identifier: GPL-2.0-only
/*
 * What has to be known of a prefix header to use it in a later run, as bytes:
 * which units it fits, and which names its headers test. They are read by the
 * program that wrote them; whoever keeps them sees to that. All names of a
 * kernel are in it, so they are taken in whole texts and not one by one.
 */
#include <string.h>

#include "util/bytes.h"

#include "indexer/prefix-internal.h"

/* Another number when the members mean something else. */
static const char magic[8] = "prefix1";

/* ---- writing ---- */

static void put_number(struct strbuf *out, uint32_t nr)
{
	strbuf_add(out, &nr, sizeof(nr));
}

static void put_string(struct strbuf *out, const char *s)
{
	strbuf_add(out, s, strlen(s) + 1);
}

static void put_strings(struct strbuf *out, char *const *strings, uint32_t nr)
{
	uint32_t i;

	put_number(out, nr);
	for (i = 0; i < nr; i++)
		put_string(out, strings[i]);
}

/* Without the empty one, which is in all of them. */
static void put_names(struct strbuf *out, const struct interner *names)
{
	size_t first = names->nr > 1 ? names->offset[1] : names->text_len;

	put_number(out, names->text_len - first);
	strbuf_add(out, names->text + first, names->text_len - first);
}

static void put_macros(struct strbuf *out, const struct macro_names *macros)
{
	put_number(out, macros->open);
	put_names(out, &macros->defined);
	put_names(out, &macros->callable);
	put_names(out, &macros->tested);
	/* number 0 is the empty name, which nothing tests */
	if (macros->tested.nr > 1)
		strbuf_add(out, macros->tester + 1,
			   (macros->tested.nr - 1) * sizeof(*macros->tester));
}

void prefix_save(const struct prefix *prefix, struct strbuf *out)
{
	uint32_t i;

	strbuf_add(out, magic, sizeof(magic));
	put_number(out, prefix->kind);
	put_string(out, prefix->directory);
	strbuf_add(out, &prefix->args.prefix_key,
		   sizeof(prefix->args.prefix_key));
	put_strings(out, prefix->args.argv, prefix->args.argc);
	put_strings(out, prefix->dirs, prefix->nr_dirs);
	put_strings(out, prefix->own, prefix->nr_own);
	put_number(out, prefix->nr_headers);
	for (i = 0; i < prefix->nr_headers; i++) {
		put_string(out, prefix->headers[i].spelling);
		put_string(out, prefix->headers[i].path);
	}
	put_names(out, &prefix->files);
	put_macros(out, &prefix->macros);
}

/* ---- reading ---- */

static char *take_string(struct bytes *b)
{
	const char *s = bytes_string(b);

	return xstrdup(s ? s : "");
}

/* How many things follow, each of which is a byte at least. */
static uint32_t take_count(struct bytes *r)
{
	uint32_t nr = bytes_number(r);

	if (nr > r->left)
		r->bad = true;
	return r->bad ? 0 : nr;
}

static char **take_strings(struct bytes *r, uint32_t *nr)
{
	uint32_t i, left = take_count(r);
	char **strings = xcalloc((size_t)left + 1, sizeof(*strings));

	for (i = 0; i < left; i++)
		strings[i] = take_string(r);
	*nr = left;
	return strings;
}

static void take_names(struct bytes *r, struct interner *names)
{
	uint32_t len = bytes_number(r);
	const char *text = bytes_take(r, len);

	if (!text || !len)
		return;
	if (text[len - 1]) {
		r->bad = true;
		return;
	}
	interner_load_text(names, text, len);
	interner_index(names, 1);
}

static void take_macros(struct bytes *r, struct macro_names *macros)
{
	macros->open = bytes_number(r);
	take_names(r, &macros->defined);
	take_names(r, &macros->callable);
	take_names(r, &macros->tested);
	macros->alloc = macros->tested.nr;
	macros->tester = xcalloc(macros->alloc, sizeof(*macros->tester));
	bytes_copy(r, macros->tester + 1,
		   (macros->alloc - 1) * sizeof(*macros->tester));
}

static void take_args(struct bytes *r, struct parse_args *args)
{
	uint32_t nr;

	bytes_copy(r, &args->prefix_key, sizeof(args->prefix_key));
	args->made = take_strings(r, &nr);
	args->nr_made = args->argc = nr;
	args->argv = xcalloc((size_t)nr + 1, sizeof(*args->argv));
	memcpy(args->argv, args->made, nr * sizeof(*args->argv));
}

static void take_headers(struct bytes *r, struct prefix *prefix)
{
	uint32_t i;

	prefix->nr_headers = take_count(r);
	prefix->headers = xcalloc((size_t)prefix->nr_headers + 1,
				  sizeof(*prefix->headers));
	for (i = 0; i < prefix->nr_headers; i++) {
		prefix->headers[i].spelling = take_string(r);
		prefix->headers[i].path = take_string(r);
	}
}

struct prefix *prefix_load(const char *data, size_t len, const char *stem)
{
	struct bytes r = { data, len, false };
	const char *begin = bytes_take(&r, sizeof(magic));
	struct prefix *prefix;

	if (!begin || memcmp(begin, magic, sizeof(magic)))
		return NULL;
	prefix = prefix_alloc(bytes_number(&r), NULL, stem);
	prefix->directory = take_string(&r);
	take_args(&r, &prefix->args);
	prefix->dirs = take_strings(&r, &prefix->nr_dirs);
	prefix->own = take_strings(&r, &prefix->nr_own);
	take_headers(&r, prefix);
	take_names(&r, &prefix->files);
	take_macros(&r, &prefix->macros);
	if (!r.bad && !r.left)
		return prefix;
	prefix_free(prefix);
	return NULL;
}
