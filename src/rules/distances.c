// SPDX-License-Identifier: GPL-2.0-only
/* Backwards from a function, level by level: see distances.h. */
#include <string.h>

#include "rules/distances.h"

static void meet(struct distances *d, uint32_t fn, uint32_t distance)
{
	if (d->of[fn])
		return;
	d->of[fn] = distance;
	ALLOC_GROW(d->queue, (size_t)d->nr + 1, d->alloc);
	d->queue[d->nr++] = fn;
}

void distances_init(struct distances *d, const struct path_space *space,
		    uint32_t to, uint32_t keep)
{
	memset(d, 0, sizeof(*d));
	d->space = space;
	d->to = to;
	d->keep = keep;
	d->of = xcalloc(graph_nr_symbols(space->g), sizeof(*d->of));
	meet(d, to, 1);
}

void distances_release(struct distances *d)
{
	free(d->of);
	free(d->queue);
}

static int meet_caller(const struct edge *e, void *data)
{
	struct distances *d = data;
	const struct path_space *space = d->space;

	if (edge_is_dispatch(e, space->starts) || path_is_unsure(space, e))
		return 0;
	if (!space->barrier || !space->barrier[e->caller] ||
	    e->caller == d->keep)
		meet(d, e->caller, d->of[e->callee] + 1);
	return 0;
}

bool distances_go_back(struct distances *d)
{
	if (d->at == d->nr)
		return false;
	d->level++;
	for (; d->at < d->nr; d->at++) {
		uint32_t fn = d->queue[d->at];

		if (d->of[fn] > d->level)
			break;
		if (fn == d->to || fn != d->keep)
			edges_to(d->space->edges, d->space->g, fn, meet_caller,
				 d);
	}
	return d->at < d->nr;
}
