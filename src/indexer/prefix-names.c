// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names that headers test. A header says something else when such a name
 * was defined in front of it: `#define DEBUG` before <linux/device.h>.
 */
#include <string.h>

#include "indexer/directive.h"
#include "indexer/overlay.h"
#include "indexer/prefix-internal.h"

/* Whether @line begins with the identifier @name. */
static bool begins_with(const char *line, const char *name)
{
	size_t len;
	const char *word = identifier_next(&line, &len);

	return word && strlen(name) == len && !strncmp(word, name, len);
}

/* ---- guards ---- */

/* `#ifndef N`, `#if !defined(N)`: the name N, else an empty string. */
static void guard_name(const struct directive_scan *scan, struct strbuf *name)
{
	const char *line = scan->rest.buf, *word;
	size_t len;

	strbuf_reset(name);
	if (scan->kind != DIRECTIVE_IFNDEF &&
	    (scan->kind != DIRECTIVE_IF || line[0] != '!'))
		return;
	word = identifier_next(&line, &len);
	if (word && scan->kind == DIRECTIVE_IF)
		word = identifier_next(&line, &len);
	if (word)
		strbuf_add(name, word, len);
}

/*
 * Find the name that guards a text; empty for #pragma once, false for none. A
 * header of tracepoints says which system it is in front of its guard, and may
 * be read again when a second name says so.
 */
bool find_guard(const struct strbuf *text, struct strbuf *name)
{
	struct directive_scan scan;
	bool ret = false, more;

	strbuf_reset(name);
	directive_scan_init(&scan, text->buf, text->len);
	do
		more = directive_next(&scan);
	while (more &&
	       (scan.kind == DIRECTIVE_DEFINE || scan.kind == DIRECTIVE_UNDEF));
	if (more) {
		guard_name(&scan, name);
		if (scan.kind == DIRECTIVE_PRAGMA)
			ret = begins_with(scan.rest.buf, "once");
		else
			ret = name->len && directive_next(&scan) &&
			      scan.kind == DIRECTIVE_DEFINE &&
			      begins_with(scan.rest.buf, name->buf);
	}
	directive_scan_release(&scan);
	if (!ret)
		strbuf_reset(name);
	return ret;
}

bool is_guarded(const char *path)
{
	struct strbuf text = STRBUF_INIT, name = STRBUF_INIT;
	bool ret = !overlay_read(&text, path) && find_guard(&text, &name);

	strbuf_release(&name);
	strbuf_release(&text);
	return ret;
}

/* ---- what texts say ---- */

struct line {
	enum directive_kind kind;
	uint32_t rest; /* in texts->rest */
	uint32_t file;
};

void macro_texts_add(struct macro_texts *t, const struct strbuf *text,
		     uint32_t file)
{
	struct directive_scan scan;

	directive_scan_init(&scan, text->buf, text->len);
	while (directive_next(&scan)) {
		if (scan.kind == DIRECTIVE_OTHER ||
		    scan.kind == DIRECTIVE_PRAGMA)
			continue;
		ALLOC_GROW(t->lines, (size_t)t->nr + 1, t->alloc);
		t->lines[t->nr].kind = scan.kind;
		t->lines[t->nr].rest = interner_addstr(&t->rest, scan.rest.buf);
		t->lines[t->nr++].file = file;
	}
	directive_scan_release(&scan);
}

void macro_texts_init(struct macro_texts *t)
{
	memset(t, 0, sizeof(*t));
	interner_init(&t->rest);
}

void macro_texts_release(struct macro_texts *t)
{
	interner_release(&t->rest);
	free(t->lines);
}

/* ---- which names may be defined ---- */

void macro_names_init(struct macro_names *m, const struct macro_names *parent)
{
	m->parent = parent;
	m->open = false;
	interner_init(&m->defined);
	interner_init(&m->callable);
	interner_init(&m->tested);
	m->tester = NULL;
	m->alloc = 0;
}

void macro_names_release(struct macro_names *m)
{
	interner_release(&m->defined);
	interner_release(&m->callable);
	interner_release(&m->tested);
	free(m->tester);
}

static bool has(const struct interner *names, const char *name, size_t len)
{
	char buf[128], *copy = len < sizeof(buf) ? buf : xmalloc(len + 1);
	bool ret;

	memcpy(copy, name, len);
	copy[len] = '\0';
	ret = interner_find(names, copy) != UINT32_MAX;
	if (copy != buf)
		free(copy);
	return ret;
}

static bool may_be_defined(const struct macro_names *m, const char *name,
			   size_t len)
{
	for (; m; m = m->parent)
		if (m->open || has(&m->defined, name, len))
			return true;
	return false;
}

/*
 * A kernel's configuration is read first of all and never changed. Of other
 * names that are defined somewhere it is not known where.
 */
static enum truth lookup_inside(const void *data, const char *name, size_t len)
{
	if (!may_be_defined(data, name, len))
		return TRUTH_NO;
	return len > 7 && !strncmp(name, "CONFIG_", 7) ? TRUTH_YES
						       : TRUTH_UNKNOWN;
}

static void define_first_word(struct macro_names *m, const char *rest)
{
	size_t len;
	const char *word = identifier_next(&rest, &len);

	if (!word)
		return;
	interner_add(&m->defined, word, len);
	if (word[len] == '(')
		interner_add(&m->callable, word, len);
}

/* Names that are defined where it may be reached; true when that added some. */
static bool find_defined(struct macro_names *m, const struct macro_texts *t)
{
	uint32_t before = m->defined.nr, i;
	struct live live;

	for (i = 0; i < t->nr; i++) {
		const struct line *l = &t->lines[i];
		const char *rest = interner_get(&t->rest, l->rest);

		if (!i || l->file != l[-1].file)
			live_init(&live, lookup_inside, m);
		if (live_step(&live, l->kind, rest) &&
		    l->kind == DIRECTIVE_DEFINE)
			define_first_word(m, rest);
	}
	return m->defined.nr > before;
}

/* ---- which names are tested ---- */

struct learning {
	struct macro_names *names;
	uint32_t file;
	/*
	 * `#ifndef N`, `#define N ...`, `#endif`: a default, which a later
	 * definition replaces just as an earlier one prevents it (pr_fmt in
	 * <linux/printk.h>).
	 */
	const char *pattern;
	int seen; /* directives of it that came one after another */
};

static void add_name(struct learning *l, const char *name, size_t len)
{
	struct macro_names *m = l->names;
	uint32_t old, nr;

	if (len == strlen("defined") && !strncmp(name, "defined", len))
		return;
	old = m->tested.nr;
	nr = interner_add(&m->tested, name, len);
	ALLOC_GROW(m->tester, (size_t)nr + 1, m->alloc);
	if (nr >= old)
		m->tester[nr] = l->file;
	else if (m->tester[nr] != l->file)
		m->tester[nr] = MANY_FILES;
}

static void add_identifiers(struct learning *l, const char *line)
{
	const char *word;
	size_t len;

	while ((word = identifier_next(&line, &len)))
		add_name(l, word, len);
}

static void end_pattern(struct learning *l)
{
	if (l->seen)
		add_identifiers(l, l->pattern);
	l->seen = 0;
}

static void step_pattern(struct learning *l, enum directive_kind kind,
			 const char *rest, bool reached)
{
	if (l->seen == 1 && kind == DIRECTIVE_DEFINE &&
	    begins_with(rest, l->pattern)) {
		l->seen = 2;
		return;
	}
	if (l->seen == 2 && kind == DIRECTIVE_ENDIF) {
		l->seen = 0;
		return;
	}
	end_pattern(l);
	if (kind != DIRECTIVE_IFNDEF || !reached)
		return;
	l->pattern = rest;
	l->seen = 1;
}

static void learn_line(struct learning *l, enum directive_kind kind,
		       const char *rest, bool reached)
{
	step_pattern(l, kind, rest, reached);
	if (reached && (kind == DIRECTIVE_IF || kind == DIRECTIVE_ELIF ||
			kind == DIRECTIVE_IFDEF))
		add_identifiers(l, rest);
}

static void find_tested(struct macro_names *m, const struct macro_texts *t)
{
	struct learning l = { .names = m };
	struct live live;
	uint32_t i;

	for (i = 0; i < t->nr; i++) {
		const struct line *line = &t->lines[i];
		const char *rest = interner_get(&t->rest, line->rest);
		bool reached;

		if (!i || line->file != l.file) {
			end_pattern(&l);
			live_init(&live, lookup_inside, m);
			l.file = line->file;
		}
		reached = live_step(&live, line->kind, rest);
		learn_line(&l, line->kind, rest, reached);
	}
	end_pattern(&l);
}

void macro_names_learn(struct macro_names *m, const struct macro_texts *t)
{
	/* what one definition brings to life may define another name */
	while (find_defined(m, t))
		;
	find_tested(m, t);
}

/* ---- what others may do to them ---- */

static uint32_t tester_of(const struct macro_names *m, const char *name,
			  size_t len)
{
	char *copy = xstrndup(name, len);
	uint32_t nr = interner_find(&m->tested, copy);

	free(copy);
	return nr == UINT32_MAX ? 0 : m->tester[nr];
}

bool macro_names_tested(const struct macro_names *m, const char *name,
			size_t len, uint32_t file)
{
	for (; m; m = m->parent) {
		uint32_t tester = tester_of(m, name, len);

		if (tester && tester != file)
			return true;
		/* a number means another file there */
		file = 0;
	}
	return false;
}

enum truth macro_names_lookup(const void *data, const char *name, size_t len)
{
	enum truth v = lookup_inside(data, name, len);

	if (v == TRUTH_NO && !macro_names_tested(data, name, len, 0))
		return TRUTH_UNKNOWN;
	return v;
}
