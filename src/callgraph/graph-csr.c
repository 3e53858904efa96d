// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lists of numbers by key, in two arrays: whoever has something to list goes
 * over it twice, once to count and once to fill.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/graph-internal.h"

struct csr_build {
	/* Counting: how many has key K at K + 2. Filling: where the next one of
	 * key K goes at K + 1, which is in the end where those of K + 1 begin.
	 */
	uint32_t *start;
	uint32_t *item; /* NULL while counting */
	uint32_t nr_keys;
};

void csr_add(struct csr_build *b, uint32_t key, uint32_t item)
{
	if (key >= b->nr_keys)
		return;
	if (b->item)
		b->item[b->start[key + 1]++] = item;
	else
		b->start[key + 2]++;
}

void csr_make(struct graph_csr *csr, const struct graph *g, uint32_t nr_keys,
	      void (*add_all)(struct csr_build *b, const struct graph *g))
{
	struct csr_build b = { .nr_keys = nr_keys };
	uint32_t i;

	b.start = xcalloc((size_t)nr_keys + 2, sizeof(*b.start));
	add_all(&b, g);
	for (i = 2; i < nr_keys + 2; i++)
		b.start[i] += b.start[i - 1];
	b.item = xmalloc(((size_t)b.start[nr_keys + 1] + 1) * sizeof(*b.item));
	add_all(&b, g);
	csr->start = b.start;
	csr->item = b.item;
	csr->nr_keys = nr_keys;
}

void csr_release(struct graph_csr *csr)
{
	free(csr->start);
	free(csr->item);
}
