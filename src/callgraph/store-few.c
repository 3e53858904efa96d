// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers for a few units. A kernel's database has a million and a half names
 * and as many symbols, and to make a table of them takes longer than to parse a
 * unit, which names some thousand. So it is the table of those that is filled:
 * one walk over all names (in the interner) and one over all symbols for each
 * unit, and one by one for what was not foreseen.
 */
#include <sqlite3.h>

#include "callgraph/store-internal.h"

/* ---- symbols ---- */

void store_few_symbol(struct store_cache *c, uint64_t key)
{
	ALLOC_GROW(c->symbol_keys, (size_t)c->nr_symbols + 1, c->alloc_keys);
	c->symbol_keys[c->nr_symbols] = key;
}

void store_few_begin(struct store_cache *c)
{
	interner_index_lazily(&c->names);
	c->nr_loaded = c->names.nr;
	c->nr_keys = c->nr_symbols;
	c->asked = xcalloc((size_t)c->nr_loaded / 64 + 1, sizeof(*c->asked));
}

void store_few_release(struct store_cache *c)
{
	free(c->symbol_keys);
	free(c->asked);
}

/* A name that is new had no symbol when they were loaded. */
static bool is_asked(const struct store_cache *c, uint32_t name)
{
	return name >= c->nr_loaded || c->asked[name / 64] >> name % 64 & 1;
}

/* Symbols whose name has its bit in @names can be found from now on. */
static void add_symbols(struct store_cache *c, const uint64_t *names)
{
	uint32_t id;

	for (id = 1; id <= c->nr_keys; id++) {
		uint32_t name = STORE_SYMBOL_NAME(c->symbol_keys[id]);

		if (name < c->nr_loaded && names[name / 64] >> name % 64 & 1)
			u64map_put(&c->symbols, c->symbol_keys[id], id);
	}
}

static uint64_t *no_names(const struct store_cache *c)
{
	return xcalloc((size_t)c->nr_loaded / 64 + 1, sizeof(uint64_t));
}

static void ask_for(struct store_cache *c, uint64_t *names)
{
	size_t i;

	add_symbols(c, names);
	for (i = 0; i <= c->nr_loaded / 64; i++)
		c->asked[i] |= names[i];
	free(names);
}

static void expect_name(struct store_cache *c, uint64_t *names, uint32_t name)
{
	if (!is_asked(c, name))
		names[name / 64] |= 1ull << name % 64;
}

void store_few_ask(struct store_cache *c, uint32_t name)
{
	uint64_t *names;

	if (!c->few || is_asked(c, name))
		return;
	names = no_names(c);
	expect_name(c, names, name);
	ask_for(c, names);
}

/* What the facts name may be out of range: that is found out later. */
void store_few_expect(struct store_cache *c, const struct unit_facts *facts)
{
	uint64_t *names;
	uint32_t i;

	if (!c->few)
		return;
	interner_expect(&c->names, &facts->strings);
	names = no_names(c);
	for (i = 0; i < facts->nr_symbols; i++) {
		uint32_t string = facts->symbols[i].name;

		/* UINT32_MAX for one that is new */
		if (string < facts->strings.nr)
			expect_name(c, names,
				    interner_find(&c->names,
						  interner_get(&facts->strings,
							       string)));
	}
	ask_for(c, names);
}

/* ---- header bodies ---- */

int store_find_header(struct store *store, uint64_t hash, uint32_t *id)
{
	struct store_cache *c = &store->cache;
	int64_t found = 0;
	int ret;

	*id = u64map_get(&c->headers, hash);
	if (*id || !c->few)
		return 0;
	ret = store_find(store, STMT_FIND_HEADER, (const int64_t[]){ hash }, 1,
			 &found);
	*id = found;
	if (found)
		u64map_put(&c->headers, hash, found);
	return ret;
}
