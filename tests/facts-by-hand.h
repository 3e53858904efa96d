/* SPDX-License-Identifier: GPL-2.0-only */
/* Facts written by hand, a line each, for tests of what stands behind them. */
#ifndef PROBEWALK_TESTS_FACTS_BY_HAND_H
#define PROBEWALK_TESTS_FACTS_BY_HAND_H

#include "util/alloc.h"

#include "indexer/facts.h"

#define PUSH(f, name, ...)                                                     \
	do {                                                                   \
		ALLOC_GROW((f)->name, (f)->nr_##name + 1, (f)->alloc_##name);  \
		(f)->name[(f)->nr_##name++] =                                  \
			(__typeof__(*(f)->name)){ __VA_ARGS__ };               \
	} while (0)

static inline uint32_t str(struct unit_facts *f, const char *s)
{
	return interner_addstr(&f->strings, s);
}

/* @file is NULL for an external one. */
static inline uint32_t func(struct unit_facts *f, const char *name,
			    const char *file)
{
	return unit_facts_symbol(f, SYMBOL_FUNC, file, name, file);
}

static inline uint32_t var(struct unit_facts *f, const char *name,
			   const char *file)
{
	return unit_facts_symbol(f, SYMBOL_VAR, file, name, file);
}

static inline void begin_body(struct unit_facts *f, const char *file,
			      bool is_header)
{
	PUSH(f, bodies, .file = str(f, file), .is_header = is_header,
	     .first_def = f->nr_defs, .first_call = f->nr_calls,
	     .first_assign = f->nr_assigns, .first_field = f->nr_fields);
}

static inline void end_body(struct unit_facts *f)
{
	struct fact_body *b = &f->bodies[f->nr_bodies - 1];

	b->nr_defs = f->nr_defs - b->first_def;
	b->nr_calls = f->nr_calls - b->first_call;
	b->nr_assigns = f->nr_assigns - b->first_assign;
	b->nr_fields = f->nr_fields - b->first_field;
	if (b->is_header)
		b->hash = unit_facts_hash_body(f, b);
}

static inline void add_def(struct unit_facts *f, uint32_t symbol,
			   const char *file, uint32_t line, uint32_t attrs)
{
	PUSH(f, defs, .symbol = symbol, .file = str(f, file), .line = line,
	     .col = 1, .attrs = attrs);
}

/* With one argument, the address of @arg unless that is FACT_NONE. */
static inline void add_call(struct unit_facts *f, uint32_t caller,
			    uint32_t callee, const char *file, uint32_t line,
			    uint32_t arg)
{
	PUSH(f, calls, .caller = caller,
	     .target = { .kind = VALUE_FUNC, .addr = 1, .base = callee },
	     .file = str(f, file), .line = line, .col = 2,
	     .first_arg = f->nr_args, .nr_args = arg != FACT_NONE,
	     .first_guard = f->nr_guards);
	if (arg != FACT_NONE)
		PUSH(f, args,
		     .value = { .kind = f->symbols[arg].kind == SYMBOL_FUNC
						? VALUE_FUNC
						: VALUE_GLOBAL,
				.addr = 1,
				.base = arg });
}

#endif
