// SPDX-License-Identifier: GPL-2.0-only
/*
 * The order of bodies. It depends on what they are and not on when they were
 * stored: by file, those of a header by the hash of their content, those of
 * units by the hash of their command.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/store-load.h"

static int cmp_files(const void *a, const void *b, void *data)
{
	const struct interner *strings = data;

	return strcmp(interner_get(strings, *(const uint32_t *)a),
		      interner_get(strings, *(const uint32_t *)b));
}

/* The place of a file's name among all, by name, with room for what a file has.
 */
static uint32_t *rank_files(struct loader *l)
{
	uint32_t *rank = xcalloc(l->graph->strings.nr, sizeof(*rank));
	uint32_t *files = xmalloc(((size_t)l->nr_bodies + 1) * sizeof(*files));
	uint32_t i, nr = 0;

	for (i = 0; i < l->nr_bodies; i++)
		if (!rank[l->bodies[i].file]++)
			files[nr++] = l->bodies[i].file;
	if (nr)
		qsort_r(files, nr, sizeof(*files), cmp_files,
			&l->graph->strings);
	for (i = 0; i < nr; i++)
		rank[files[i]] = i * 4;
	free(files);
	return rank;
}

static int cmp_bodies(const void *a, const void *b)
{
	const struct stored_body *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

/* How many bodies have a rank below each. */
static uint32_t *count_ranks(struct stored_body *bodies, uint32_t nr,
			     const uint32_t *rank, uint32_t *nr_ranks)
{
	uint32_t *start, i;

	*nr_ranks = 0;
	for (i = 0; i < nr; i++) {
		bodies[i].rank += rank[bodies[i].file];
		if (*nr_ranks <= bodies[i].rank)
			*nr_ranks = bodies[i].rank + 1;
	}
	start = xcalloc((size_t)*nr_ranks + 1, sizeof(*start));
	for (i = 0; i < nr; i++)
		start[bodies[i].rank + 1]++;
	for (i = 1; i <= *nr_ranks; i++)
		start[i] += start[i - 1];
	return start;
}

/* Each to those of its rank first: these are few, and all are many. */
static struct stored_body *sort_by_rank(struct stored_body *bodies, uint32_t nr,
					const uint32_t *rank)
{
	struct stored_body *sorted;
	uint32_t nr_ranks, i, first = 0;
	uint32_t *start = count_ranks(bodies, nr, rank, &nr_ranks);

	sorted = xmalloc(((size_t)nr + 1) * sizeof(*sorted));
	for (i = 0; i < nr; i++)
		sorted[start[bodies[i].rank]++] = bodies[i];
	/* where one begins is now where it ends */
	for (i = 0; i < nr_ranks; first = start[i++])
		if (start[i] - first > 1)
			qsort(sorted + first, start[i] - first, sizeof(*sorted),
			      cmp_bodies);
	free(start);
	free(bodies);
	return sorted;
}

void load_sort_bodies(struct loader *l)
{
	uint32_t *rank = rank_files(l);

	l->bodies = sort_by_rank(l->bodies, l->nr_bodies, rank);
	l->literal_bodies =
		sort_by_rank(l->literal_bodies, l->nr_literal_bodies, rank);
	free(rank);
}
