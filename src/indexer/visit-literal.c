// SPDX-License-Identifier: GPL-2.0-only
/*
 * Literals as values: strings that name something, and compound literals. Two
 * kinds of strings say something else in each unit, and are none: formats, and
 * what the command line defines.
 */
#include <string.h>

#include "indexer/visit.h"

/*
 * What names something is one word. Format strings are many and lead nowhere,
 * and by pr_fmt() they say in each unit something else.
 */
static bool is_name(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (strchr(" %\\<", s[i]))
			return false;
	return len && len <= 64;
}

/* `-DNAME="value"`: the value, its length in @len; else NULL. */
static const char *defined_literal(const char *arg, size_t *len)
{
	const char *value = strchr(arg, '=');

	if (strncmp(arg, "-D", 2) != 0 || !value || value[1] != '"')
		return NULL;
	*len = strcspn(value + 2, "\"");
	return value + 2;
}

/*
 * A literal of the command line, KBUILD_MODNAME: by it an inline function would
 * be another one in each module, so it is none in a header. Where libclang 14
 * says that it is spelled is where the macro is used, so what counts is that a
 * word stands there and no quote.
 */
static bool is_foreign_name(struct visit *v, CXCursor expr, const char *text,
			    size_t len)
{
	struct place place;
	size_t have;
	int i;

	for (i = 0; v->args && i < v->args->argc; i++) {
		const char *value = defined_literal(v->args->argv[i], &have);

		if (!value || have != len || strncmp(value, text, len) != 0)
			continue;
		place = place_of(v, expr);
		return place.path != v->main_path &&
		       identifier_at(v, &place) != 0;
	}
	return false;
}

/*
 * Under a prefix header "<NAME>" stands for what the unit defines NAME as: see
 * add_placeholder(). In the unit's own file it is that.
 */
static void fill_placeholder(struct visit *v, CXCursor expr,
			     struct strbuf *text)
{
	size_t name = strcspn(text->buf, ">"), len;
	char *rest;
	int i;

	if (text->buf[0] != '<' || text->buf[name] != '>' ||
	    place_of(v, expr).path != v->main_path)
		return;
	for (i = 0; v->args && i < v->args->argc; i++) {
		const char *arg = v->args->argv[i];
		const char *value = defined_literal(arg, &len);

		if (!value || strcspn(arg, "=") != name + 1 ||
		    strncmp(arg + 2, text->buf + 1, name - 1) != 0)
			continue;
		rest = xstrdup(text->buf + name + 1);
		strbuf_reset(text);
		strbuf_add(text, value, len);
		strbuf_addstr(text, rest);
		free(rest);
		return;
	}
}

/* A literal is spelled with its quotes. */
struct fact_value string_value(struct visit *v, CXCursor expr)
{
	struct cxstr str = cxstr_init(clang_getCursorSpelling(expr));
	const char *from = strchr(str.s, '"');
	const char *to = strrchr(str.s, '"');
	struct fact_value val = { .kind = VALUE_NONE };
	struct strbuf text = STRBUF_INIT;

	if (from && to > from) {
		strbuf_add(&text, from + 1, to - from - 1);
		fill_placeholder(v, expr, &text);
	}
	if (is_name(text.buf, text.len) &&
	    !is_foreign_name(v, expr, text.buf, text.len))
		val = (struct fact_value){
			.kind = VALUE_STRING,
			.addr = 1,
			.base = interner_add(&v->facts->strings, text.buf,
					     text.len),
		};
	strbuf_release(&text);
	cxstr_release(&str);
	return val;
}

/* One outside of functions lives as long as the variable that it is for. */
static uint32_t literal_symbol(struct visit *v, CXCursor literal)
{
	struct unit_facts *f = v->facts;
	uint32_t name = literal_of(v, literal), symbol;
	/* copies: interning may move the text */
	char *text = xstrdup(interner_get(&f->strings, name));
	char *file = xstrdup(interner_get(&f->strings, v->owner_path));

	symbol = unit_facts_symbol(f, SYMBOL_VAR, true, text, file);
	free(text);
	free(file);
	return symbol;
}

struct fact_value literal_value(struct visit *v, CXCursor literal)
{
	CXType type = clang_getCursorType(literal);
	struct fact_value val = { .addr = is_array(type) };

	if (!type_record(v, type) || (v->func == FACT_NONE && !v->owner_name))
		return (struct fact_value){ .kind = VALUE_NONE };
	if (v->func == FACT_NONE) {
		val.kind = VALUE_GLOBAL;
		val.base = literal_symbol(v, literal);
	} else {
		val.kind = VALUE_LOCAL;
		val.base = literal_of(v, literal);
	}
	return val;
}

void visit_literal(struct visit *v, CXCursor literal)
{
	struct fact_value val = literal_value(v, literal);

	if (val.kind == VALUE_GLOBAL)
		add_var_def(v, literal, val.base);
	val.addr = 0;
	visit_initialiser(v, val, literal, FACT_NONE);
}
