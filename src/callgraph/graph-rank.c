// SPDX-License-Identifier: GPL-2.0-only
/*
 * The order of strings, once, as numbers: a kernel has a million of them, and
 * comparing two costs two cache misses. So eight bytes of each are fetched at a
 * time and compared as a number, and only those that agree go on to the next.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/graph-internal.h"

struct chunk {
	uint64_t bytes; /* the next eight, first one on top; 0 after the end */
	uint32_t string;
};

static uint64_t load_chunk(const char *s)
{
	uint64_t bytes = 0;
	int i;

	for (i = 0; i < 8; i++) {
		bytes = bytes << 8 | (unsigned char)*s;
		if (*s)
			s++;
	}
	return bytes;
}

static int chunk_cmp(const void *a, const void *b)
{
	const struct chunk *x = a, *y = b;

	return (x->bytes > y->bytes) - (x->bytes < y->bytes);
}

/* Sort strings that agree in their first @depth bytes. */
static void sort_strings(const struct graph *g, struct chunk *c, uint32_t nr,
			 size_t depth)
{
	uint32_t i, end;

	for (i = 0; i < nr; i++)
		c[i].bytes = load_chunk(interner_get(&g->strings, c[i].string) +
					depth);
	qsort(c, nr, sizeof(*c), chunk_cmp);
	for (i = 0; i < nr; i = end) {
		for (end = i + 1; end < nr && c[end].bytes == c[i].bytes; end++)
			;
		/* strings differ, so equal ones have not ended yet */
		if (end - i > 1)
			sort_strings(g, c + i, end - i, depth + 8);
	}
}

void graph_rank_strings(const struct graph *g, uint32_t *rank)
{
	struct chunk *c;
	uint32_t i, nr = 0;

	c = xmalloc(((size_t)g->strings.nr + 1) * sizeof(*c));
	for (i = 0; i < g->strings.nr; i++) {
		if (rank[i])
			c[nr++].string = i;
	}
	sort_strings(g, c, nr, 0);
	for (i = 0; i < nr; i++)
		rank[c[i].string] = i + 1;
	free(c);
}
