// SPDX-License-Identifier: GPL-2.0-only
/*
 * The container for a unit's facts, and its form on the wire.
 *
 * On the wire the arrays are the structs as they lie in memory: both ends are
 * the same program. What arrives is still checked number by number, because
 * the worker that wrote it had a whole compiler running in it and may have
 * died half way.
 */
#include <errno.h>
#include <string.h>

#include "indexer/facts.h"

#define WIRE_MAGIC 0x50574643u /* "PWFC" */

#define FOR_EACH_ARRAY(X)                                                      \
	X(symbols)                                                             \
	X(defs)                                                                \
	X(calls)                                                               \
	X(args)                                                                \
	X(guards)                                                              \
	X(conds)                                                               \
	X(assigns)                                                             \
	X(fields)                                                              \
	X(bodies)                                                              \
	X(deps)

void unit_facts_init(struct unit_facts *facts)
{
	memset(facts, 0, sizeof(*facts));
	interner_init(&facts->strings);
	u64map_init(&facts->symbol_map);
}

void unit_facts_release(struct unit_facts *facts)
{
#define X(name) free(facts->name);
	FOR_EACH_ARRAY(X)
#undef X
	interner_release(&facts->strings);
	u64map_release(&facts->symbol_map);
	memset(facts, 0, sizeof(*facts));
}

void unit_facts_clear(struct unit_facts *facts)
{
#define X(name) facts->nr_##name = 0;
	FOR_EACH_ARRAY(X)
#undef X
	interner_clear(&facts->strings);
	u64map_clear(&facts->symbol_map);
	facts->status = UNIT_OK;
	facts->mode = PARSE_EXACT;
	facts->nr_errors = 0;
	facts->detail = 0;
	facts->cpu_us = 0;
}

/* Exact, not a hash: string numbers stay far below 2^31. */
static uint64_t symbol_key(const struct fact_symbol *sym)
{
	return (uint64_t)sym->name << 33 | (uint64_t)sym->file << 2 |
	       (uint64_t)sym->is_static << 1 | (sym->kind == SYMBOL_VAR);
}

uint32_t unit_facts_symbol(struct unit_facts *facts, enum symbol_kind kind,
			   bool is_static, const char *name, const char *file)
{
	struct fact_symbol sym;
	uint32_t nr;

	memset(&sym, 0, sizeof(sym)); /* padding too: it goes over a pipe */
	sym.kind = kind;
	sym.is_static = is_static;
	/* Either string may live in the interner, which moves as it grows. */
	sym.name = interner_find(&facts->strings, name);
	sym.file = is_static ? interner_addstr(&facts->strings, file) : 0;
	if (sym.name == UINT32_MAX)
		sym.name = interner_addstr(&facts->strings, name);

	nr = u64map_get(&facts->symbol_map, symbol_key(&sym));
	if (nr)
		return nr - 1;
	nr = facts->nr_symbols;
	ALLOC_GROW(facts->symbols, nr + 1, facts->alloc_symbols);
	facts->symbols[nr] = sym;
	facts->nr_symbols++;
	u64map_put(&facts->symbol_map, symbol_key(&sym), nr + 1);
	return nr;
}

/* ---- the wire ---- */

struct wire_head {
	uint32_t magic;
	uint32_t status, mode;
	uint32_t nr_errors, detail;
	uint32_t nr_strings, text_len;
	uint64_t cpu_us;
#define X(name) uint32_t nr_##name;
	FOR_EACH_ARRAY(X)
#undef X
};

void unit_facts_serialize(const struct unit_facts *facts, struct strbuf *out)
{
	struct wire_head head;

	memset(&head, 0, sizeof(head));
	head.magic = WIRE_MAGIC;
	head.status = facts->status;
	head.mode = facts->mode;
	head.nr_errors = facts->nr_errors;
	head.detail = facts->detail;
	head.nr_strings = facts->strings.nr;
	head.text_len = facts->strings.text_len;
	head.cpu_us = facts->cpu_us;
#define X(name) head.nr_##name = facts->nr_##name;
	FOR_EACH_ARRAY(X)
#undef X
	strbuf_add(out, &head, sizeof(head));
	strbuf_add(out, facts->strings.text, facts->strings.text_len);
#define X(name)                                                                \
	strbuf_add(out, facts->name, facts->nr_##name * sizeof(*facts->name));
	FOR_EACH_ARRAY(X)
#undef X
}

/* What is left of the bytes to read. */
struct cursor {
	const char *p;
	size_t left;
};

static const char *take(struct cursor *c, size_t nr, size_t size)
{
	const char *p = c->p;

	if (nr > c->left / size)
		return NULL;
	c->p += nr * size;
	c->left -= nr * size;
	return p;
}

/* Interning them in their old order must give them their old numbers. */
static bool read_strings(struct unit_facts *facts, struct cursor *c,
			 const struct wire_head *head)
{
	const char *text = take(c, head->text_len, 1);
	size_t at = 0;
	uint32_t i;

	if (!text)
		return false;
	for (i = 0; i < head->nr_strings; i++) {
		size_t len = strnlen(text + at, head->text_len - at);

		if (at + len >= head->text_len ||
		    interner_add(&facts->strings, text + at, len) != i)
			return false;
		at += len + 1;
	}
	return at == head->text_len && head->detail < head->nr_strings;
}

static bool read_arrays(struct unit_facts *facts, struct cursor *c,
			const struct wire_head *head)
{
	const char *p;

#define X(name)                                                                \
	p = take(c, head->nr_##name, sizeof(*facts->name));                    \
	if (!p)                                                                \
		return false;                                                  \
	ALLOC_GROW(facts->name, head->nr_##name, facts->alloc_##name);         \
	if (head->nr_##name)                                                   \
		memcpy(facts->name, p,                                         \
		       head->nr_##name * sizeof(*facts->name));                \
	facts->nr_##name = head->nr_##name;
	FOR_EACH_ARRAY(X)
#undef X
	return c->left == 0;
}

/* ---- does every number name something ---- */

static bool string_ok(const struct unit_facts *facts, uint32_t string)
{
	return string < facts->strings.nr;
}

static bool symbol_ok(const struct unit_facts *facts, uint32_t symbol)
{
	return symbol < facts->nr_symbols;
}

static bool range_ok(uint32_t first, uint32_t nr, uint32_t have)
{
	return (uint64_t)first + nr <= have;
}

/* A bool may only be looked at as one once it is known to be 0 or 1. */
static bool bool_ok(const bool *b)
{
	unsigned char byte;

	memcpy(&byte, b, 1);
	return byte <= 1;
}

static bool value_ok(const struct unit_facts *facts,
		     const struct fact_value *value)
{
	if (value->kind > VALUE_INT || value->addr > 1 ||
	    !string_ok(facts, value->path))
		return false;
	switch ((enum value_kind)value->kind) {
	case VALUE_LOCAL:
	case VALUE_STRING:
		return string_ok(facts, value->base);
	case VALUE_GLOBAL:
	case VALUE_FUNC:
	case VALUE_CALL:
		return symbol_ok(facts, value->base);
	case VALUE_NONE:
	case VALUE_PARAM:
	case VALUE_RETURN:
	case VALUE_NULL:
	case VALUE_INT:
		break;
	}
	return true;
}

static bool symbols_ok(const struct unit_facts *f, const struct fact_symbol *s)
{
	return s->kind <= SYMBOL_VAR && bool_ok(&s->is_static) &&
	       string_ok(f, s->name) && string_ok(f, s->file);
}

static bool defs_ok(const struct unit_facts *f, const struct fact_def *d)
{
	return symbol_ok(f, d->symbol) && string_ok(f, d->file) &&
	       string_ok(f, d->type);
}

static bool calls_ok(const struct unit_facts *f, const struct fact_call *c)
{
	return symbol_ok(f, c->caller) && value_ok(f, &c->target) &&
	       string_ok(f, c->file) && string_ok(f, c->macro) &&
	       range_ok(c->first_arg, c->nr_args, f->nr_args) &&
	       range_ok(c->first_guard, c->nr_guards, f->nr_guards) &&
	       range_ok(c->first_cond, c->nr_conds, f->nr_conds) &&
	       bool_ok(&c->result_ignored);
}

static bool args_ok(const struct unit_facts *f, const struct fact_arg *a)
{
	return bool_ok(&a->only) && value_ok(f, &a->value);
}

static bool guards_ok(const struct unit_facts *f, const struct fact_guard *g)
{
	return g->kind <= GUARD_EARLY_EXIT && symbol_ok(f, g->symbol);
}

static bool conds_ok(const struct unit_facts *f, const struct fact_cond *c)
{
	(void)f;
	return c->kind <= COND_CLEAR && bool_ok(&c->or_next);
}

static bool assigns_ok(const struct unit_facts *f, const struct fact_assign *a)
{
	return (a->func == FACT_NONE || symbol_ok(f, a->func)) &&
	       a->kind <= ASSIGN_RETURN && value_ok(f, &a->lhs) &&
	       value_ok(f, &a->rhs) && string_ok(f, a->slot) &&
	       string_ok(f, a->file);
}

static bool fields_ok(const struct unit_facts *f, const struct fact_field *fd)
{
	return string_ok(f, fd->record) && string_ok(f, fd->name) &&
	       fd->kind <= FIELD_FUNC && string_ok(f, fd->type);
}

static bool bodies_ok(const struct unit_facts *f, const struct fact_body *b)
{
	return string_ok(f, b->file) && bool_ok(&b->is_header) &&
	       range_ok(b->first_def, b->nr_defs, f->nr_defs) &&
	       range_ok(b->first_call, b->nr_calls, f->nr_calls) &&
	       range_ok(b->first_assign, b->nr_assigns, f->nr_assigns) &&
	       range_ok(b->first_field, b->nr_fields, f->nr_fields);
}

static bool deps_ok(const struct unit_facts *f, const struct fact_dep *d)
{
	return string_ok(f, d->file);
}

static bool facts_ok(const struct unit_facts *facts)
{
	uint32_t i;

#define X(name)                                                                \
	for (i = 0; i < facts->nr_##name; i++)                                 \
		if (!name##_ok(facts, &facts->name[i]))                        \
			return false;
	FOR_EACH_ARRAY(X)
#undef X
	return true;
}

static bool read_head(struct wire_head *head, struct cursor *c)
{
	const char *p = take(c, 1, sizeof(*head));

	if (!p)
		return false;
	memcpy(head, p, sizeof(*head));
	return head->magic == WIRE_MAGIC && head->status <= UNIT_MISSING &&
	       head->mode <= PARSE_PREFIX;
}

/* Symbols that are added later must still find the ones that came in. */
static void fill_symbol_map(struct unit_facts *facts)
{
	uint32_t i;

	for (i = 0; i < facts->nr_symbols; i++)
		u64map_add(&facts->symbol_map, symbol_key(&facts->symbols[i]),
			   i + 1);
}

int unit_facts_deserialize(struct unit_facts *facts, const char *data,
			   size_t len)
{
	struct cursor c = { data, len };
	struct wire_head head;

	unit_facts_clear(facts);
	if (!read_head(&head, &c) || !read_strings(facts, &c, &head) ||
	    !read_arrays(facts, &c, &head) || !facts_ok(facts)) {
		unit_facts_clear(facts);
		return -EBADMSG;
	}
	facts->status = head.status;
	facts->mode = head.mode;
	facts->nr_errors = head.nr_errors;
	facts->detail = head.detail;
	facts->cpu_us = head.cpu_us;
	fill_symbol_map(facts);
	return 0;
}
