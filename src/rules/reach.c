// SPDX-License-Identifier: GPL-2.0-only
/* Backwards from a set of calls: see reach.h. */
#include <string.h>

#include "rules/reach.h"

void reach_init(struct reach *r)
{
	memset(r, 0, sizeof(*r));
	u64map_init(&r->at);
}

void reach_release(struct reach *r)
{
	free(r->list);
	u64map_release(&r->at);
}

static void add_node(struct reach *r, const struct reach_node *node)
{
	if (!u64map_add(&r->at, (uint64_t)node->fn + 1, r->nr + 1))
		return;
	ALLOC_GROW(r->list, (size_t)r->nr + 1, r->alloc);
	r->list[r->nr++] = *node;
}

void reach_add(struct reach *r, const struct graph *g, uint32_t call)
{
	const struct reach_node node = {
		.fn = graph_call(g, call)->caller,
		.next.callee = GRAPH_NONE,
		.call = call,
	};

	add_node(r, &node);
}

struct spread {
	struct reach *r;
	bool called;
};

static int add_caller(const struct edge *e, void *data)
{
	struct spread *s = data;
	const struct reach_node node = { .fn = e->caller, .next = *e };

	/* what may be meant among much else proves no chain */
	if (e->reach == REACH_TREE)
		return 0;
	s->called = true;
	add_node(s->r, &node);
	return 0;
}

void reach_spread(struct reach *r, const struct graph *g,
		  const struct edges *edges, const uint8_t *barrier)
{
	struct spread s = { .r = r };
	uint32_t i;

	for (i = 0; i < r->nr; i++) {
		uint32_t fn = r->list[i].fn;

		if (barrier[fn])
			continue;
		s.called = false;
		edges_to(edges, g, fn, add_caller, &s);
		r->list[i].is_root = !s.called;
	}
}

const struct reach_node *reach_find(const struct reach *r, uint32_t fn)
{
	uint32_t at = u64map_get(&r->at, (uint64_t)fn + 1);

	return at ? &r->list[at - 1] : NULL;
}

uint32_t reach_trace(const struct reach *r, uint32_t fn, struct edge **edges,
		     uint32_t *nr)
{
	const struct reach_node *node = reach_find(r, fn);

	while (node->next.callee != GRAPH_NONE) {
		*edges = xrealloc(*edges, (*nr + 1) * sizeof(**edges));
		(*edges)[(*nr)++] = node->next;
		node = reach_find(r, node->next.callee);
	}
	return node->call;
}
