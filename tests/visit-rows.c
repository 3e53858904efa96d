// SPDX-License-Identifier: GPL-2.0-only
/* Facts in the notation of visit-rows.h, and the rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "visit-rows.h"

#define PRELUDE                                                                \
	"#define __init __attribute__((__section__(\".init.text\")))\n"        \
	"#define __exit __attribute__((__section__(\".exit.text\")))\n"        \
	"#define WRAP(x) g(x)\n"                                               \
	"#define DEFINE(n) static int n##_probe(void *p) { return use(p); }\n" \
	"struct core { int (*probe)(void *); const char *name; void *bus; "    \
	"};\n"                                                                 \
	"struct drv { int (*probe)(void *); struct core core;\n"               \
	"	struct { int (*add)(void *); } ops; union { int (*alt)(void "        \
	"*); }; };\n"                                                          \
	"struct state { struct drv *ptr; struct drv own; };\n"                 \
	"int g(struct drv *d); int use(void *p); void *alloc(void);\n"         \
	"int a_probe(void *p); int b_probe(void *p); extern int on;\n"         \
	"static struct drv one; int printk(const char *fmt, ...);\n"

static const char *str(const struct unit_facts *f, uint32_t nr)
{
	return interner_get(&f->strings, nr);
}

/* @text without the "@main.c" of local records. */
static void add_clean(struct strbuf *out, const char *text)
{
	const char *at;

	while ((at = strstr(text, "@main.c"))) {
		strbuf_add(out, text, at - text);
		text = at + strlen("@main.c");
	}
	strbuf_addstr(out, text);
}

static const char *symbol(const struct unit_facts *f, uint32_t nr)
{
	return nr == FACT_NONE ? "-" : str(f, f->symbols[nr].name);
}

static void add_value(struct strbuf *out, const struct unit_facts *f,
		      const struct fact_value *v)
{
	if (v->addr)
		strbuf_addch(out, '&');
	switch ((enum value_kind)v->kind) {
	case VALUE_NONE:
		strbuf_addch(out, '?');
		break;
	case VALUE_PARAM:
		strbuf_addf(out, "param%u", v->base);
		break;
	case VALUE_LOCAL:
		strbuf_addstr(out, str(f, v->base));
		break;
	case VALUE_STRING:
		strbuf_addf(out, "\"%s\"", str(f, v->base));
		break;
	case VALUE_GLOBAL:
	case VALUE_FUNC:
		strbuf_addstr(out, symbol(f, v->base));
		break;
	case VALUE_CALL:
		strbuf_addf(out, "%s()", symbol(f, v->base));
		break;
	case VALUE_RETURN:
		strbuf_addstr(out, "return");
		break;
	case VALUE_NULL:
		strbuf_addstr(out, "NULL");
		break;
	case VALUE_INT:
		strbuf_addf(out, "%u", v->base);
		break;
	}
	add_clean(out, str(f, v->path));
}

static void add_defs(struct strbuf *out, const struct unit_facts *f)
{
	uint32_t i;

	for (i = 0; i < f->nr_defs; i++) {
		const struct fact_def *d = &f->defs[i];

		strbuf_addf(out, "def %s", symbol(f, d->symbol));
		if (f->symbols[d->symbol].is_static)
			strbuf_addstr(out, " static");
		if (d->attrs & ATTR_INIT)
			strbuf_addstr(out, " init");
		if (d->attrs & ATTR_EXIT)
			strbuf_addstr(out, " exit");
		if (d->attrs & ATTR_MAYBE_UNUSED)
			strbuf_addstr(out, " unused");
		if (d->attrs & ATTR_INLINE)
			strbuf_addstr(out, " inline");
		if (d->type) {
			strbuf_addstr(out, " type=");
			add_clean(out, str(f, d->type));
		}
		if (d->attrs & ATTR_ARRAY)
			strbuf_addstr(out, " array");
		strbuf_addch(out, '\n');
	}
}

/* " when=param1==0|param1==3" */
static void add_conds(struct strbuf *out, const struct unit_facts *f,
		      const struct fact_call *call)
{
	static const char *const kinds[] = { "==", "!=", "&", "!&" };
	const char *before = " when=";
	uint32_t i;

	for (i = 0; i < call->nr_conds; i++) {
		const struct fact_cond *c = &f->conds[call->first_cond + i];

		strbuf_addf(out, "%sparam%u%s%u", before, c->param,
			    kinds[c->kind], c->value);
		before = c->or_next ? "|" : " when=";
	}
}

static void add_calls(struct strbuf *out, const struct unit_facts *f)
{
	uint32_t i, k;

	for (i = 0; i < f->nr_calls; i++) {
		const struct fact_call *c = &f->calls[i];
		struct fact_value target = c->target;

		target.addr = 0;
		strbuf_addf(out, "call %s -> ", symbol(f, c->caller));
		add_value(out, f, &target);
		strbuf_addch(out, '(');
		for (k = 0; k < c->nr_args; k++) {
			const struct fact_arg *a = &f->args[c->first_arg + k];

			strbuf_addf(out, "%s%u=", k ? " " : "", a->pos);
			add_value(out, f, &a->value);
		}
		strbuf_addch(out, ')');
		if (c->macro)
			strbuf_addf(out, " macro=%s", str(f, c->macro));
		if (c->result_ignored)
			strbuf_addstr(out, " ignored");
		for (k = 0; k < c->nr_guards; k++)
			strbuf_addf(
				out, " guard=%s",
				symbol(f,
				       f->guards[c->first_guard + k].symbol));
		add_conds(out, f, c);
		strbuf_addch(out, '\n');
	}
}

static void add_sets(struct strbuf *out, const struct unit_facts *f)
{
	uint32_t i;

	for (i = 0; i < f->nr_assigns; i++) {
		const struct fact_assign *a = &f->assigns[i];

		strbuf_addf(out, "set %s ", symbol(f, a->func));
		add_value(out, f, &a->lhs);
		strbuf_addstr(out, " = ");
		add_value(out, f, &a->rhs);
		if (a->slot) {
			strbuf_addstr(out, " slot=");
			add_clean(out, str(f, a->slot));
		}
		if (a->index != FACT_NONE)
			strbuf_addf(out, " index=%u", a->index);
		strbuf_addch(out, '\n');
	}
}

static void add_fields(struct strbuf *out, const struct unit_facts *f)
{
	static const char *const kinds[] = { "record", "pointer", "func" };
	uint32_t i;

	for (i = 0; i < f->nr_fields; i++) {
		const struct fact_field *fi = &f->fields[i];

		strbuf_addstr(out, "field ");
		add_clean(out, str(f, fi->record));
		strbuf_addf(out, ".%s %s", str(f, fi->name), kinds[fi->kind]);
		if (fi->type) {
			strbuf_addch(out, ' ');
			add_clean(out, str(f, fi->type));
		}
		strbuf_addch(out, '\n');
	}
}

static bool has_line(const char *text, const char *line)
{
	size_t len = strlen(line);
	const char *at = text;

	while ((at = strstr(at, line))) {
		if ((at == text || at[-1] == '\n') && at[len] == '\n')
			return true;
		at += len;
	}
	return false;
}

int visit_setup(void **state)
{
	struct fixture *fx = xcalloc(1, sizeof(*fx));

	const char *tmp = getenv("TMPDIR");

	snprintf(fx->dir, sizeof(fx->dir), "%s/test-visit-XXXXXX",
		 tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(fx->dir));
	fx->path = xasprintf("%s/main.c", fx->dir);
	fx->parser = unit_parser_new(fx->dir, NULL);
	unit_facts_init(&fx->facts);
	*state = fx;
	return 0;
}

int visit_teardown(void **state)
{
	struct fixture *fx = *state;

	unlink(fx->path);
	assert_int_equal(chdir("/"), 0);
	rmdir(fx->dir);
	unit_parser_free(fx->parser);
	unit_facts_release(&fx->facts);
	free(fx->path);
	free(fx);
	return 0;
}

void parse(struct fixture *fx, const char *source)
{
	char *argv[] = { "-w", NULL };
	const struct parse_args args = { .argv = argv, .argc = 1 };
	FILE *out = fopen(fx->path, "w");

	assert_non_null(out);
	fprintf(out, "%s%s\n", PRELUDE, source);
	fclose(out);
	/* a file's content is taken not to change during a run */
	unit_parser_free(fx->parser);
	fx->parser = unit_parser_new(fx->dir, NULL);
	unit_parse(fx->parser, fx->dir, fx->path, &args, NULL, &fx->facts);
}

void check_rows(struct fixture *fx, const struct row *rows, size_t nr)
{
	size_t i, k, bad = 0;

	for (i = 0; i < nr; i++) {
		struct strbuf text = STRBUF_INIT;

		parse(fx, rows[i].source);
		if (fx->facts.status != UNIT_OK)
			fail_msg("%s: %s", rows[i].name,
				 str(&fx->facts, fx->facts.detail));
		add_defs(&text, &fx->facts);
		add_calls(&text, &fx->facts);
		add_sets(&text, &fx->facts);
		add_fields(&text, &fx->facts);
		for (k = 0; k < MAX_ROW_FACTS && rows[i].facts[k]; k++) {
			const char *want = rows[i].facts[k];
			bool not = *want == '!';

			if (has_line(text.buf, want + not ) != not )
				continue;
			print_error("%s: %s \"%s\" in:\n%s\n", rows[i].name,
				    not ? "unwanted" : "missing", want + not,
				    text.buf);
			bad++;
		}
		strbuf_release(&text);
	}
	assert_int_equal(bad, 0);
}
