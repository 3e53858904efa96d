// SPDX-License-Identifier: GPL-2.0-only
/*
 * Best first: what a way has behind it plus the exact distance that is before
 * it. So the first one is found without trying another, and each further one
 * costs little more than its own length.
 */
#include <string.h>

#include "rules/paths.h"

/* An end to a search among ways that all run into themselves. */
enum { MAX_NODES = 200000 };

/* A function on some way, reached from that of another node. */
struct node {
	uint32_t fn;
	uint32_t parent; /* node, or GRAPH_NONE */
	uint32_t depth;
	uint32_t length; /* of the whole way, at least */
	uint32_t given;
	struct edge edge; /* from the parent's function */
};

struct search {
	const struct path_space *space;
	uint32_t to;
	uint32_t *distance;
	struct node *nodes;
	uint32_t nr_nodes, at; /* the one being expanded */
	size_t alloc_nodes;
	uint32_t *heap; /* nodes */
	uint32_t nr_heap;
	size_t alloc_heap;
	uint32_t expanded_from; /* first node of the one being expanded */
};

static bool is_unsure(const struct path_space *space, const struct edge *e)
{
	return space->least > CONFIDENCE_LOW &&
	       path_edge_confidence(space->g, e) < space->least;
}

/* ---- distances ---- */

struct backwards {
	const struct path_space *space;
	uint32_t keep;
	uint32_t *distance;
	uint32_t *queue;
	uint32_t nr, at;
	size_t alloc;
};

static void reach(struct backwards *b, uint32_t fn, uint32_t distance)
{
	if (b->distance[fn])
		return;
	b->distance[fn] = distance;
	ALLOC_GROW(b->queue, b->nr + 1, b->alloc);
	b->queue[b->nr++] = fn;
}

static int reach_caller(const struct edge *e, void *data)
{
	struct backwards *b = data;
	uint32_t distance = b->distance[b->queue[b->at]] + 1;

	if (edge_is_dispatch(e, b->space->starts) || is_unsure(b->space, e))
		return 0;
	if (!b->space->barrier || !b->space->barrier[e->caller] ||
	    e->caller == b->keep)
		reach(b, e->caller, distance);
	return 0;
}

uint32_t *paths_distances(const struct path_space *space, uint32_t to,
			  uint32_t keep)
{
	struct backwards b = { .space = space, .keep = keep };

	b.distance = xcalloc(graph_nr_symbols(space->g), sizeof(*b.distance));
	reach(&b, to, 1);
	for (; b.at < b.nr; b.at++)
		if (b.queue[b.at] == to || b.queue[b.at] != keep)
			edges_to(space->edges, space->g, b.queue[b.at],
				 reach_caller, &b);
	free(b.queue);
	return b.distance;
}

struct descent {
	const struct path_space *space;
	const uint32_t *distance;
	struct path *path;
};

static int descend(const struct edge *e, void *data)
{
	struct descent *d = data;

	if (edge_is_dispatch(e, d->space->starts) || is_unsure(d->space, e) ||
	    !d->distance[e->callee] ||
	    d->distance[e->callee] >= d->distance[e->caller])
		return 0;
	d->path->edges[d->path->nr++] = *e;
	return 1;
}

void paths_descend(const struct path_space *space, const uint32_t *distance,
		   uint32_t from, struct path *path)
{
	struct descent d = { space, distance, path };

	path->nr = 0;
	path->edges = xcalloc(distance[from] + 1, sizeof(*path->edges));
	while (distance[from] > 1 &&
	       edges_from(space->edges, space->g, from, descend, &d))
		from = path->edges[path->nr - 1].callee;
}

/* ---- the search ---- */

/* The shorter one; of two the one that is nearer its end; then as met. */
static bool comes_before(const struct search *s, uint32_t a, uint32_t b)
{
	const struct node *x = &s->nodes[a], *y = &s->nodes[b];

	if (x->length != y->length)
		return x->length < y->length;
	if (x->depth != y->depth)
		return x->depth > y->depth;
	return a < b;
}

static void heap_push(struct search *s, uint32_t node)
{
	uint32_t i = s->nr_heap, up;

	ALLOC_GROW(s->heap, s->nr_heap + 1, s->alloc_heap);
	s->nr_heap++;
	for (; i && comes_before(s, node, s->heap[up = (i - 1) / 2]); i = up)
		s->heap[i] = s->heap[up];
	s->heap[i] = node;
}

static uint32_t heap_pop(struct search *s)
{
	uint32_t first = s->heap[0], last = s->heap[--s->nr_heap], i = 0, down;

	while ((down = 2 * i + 1) < s->nr_heap) {
		if (down + 1 < s->nr_heap &&
		    comes_before(s, s->heap[down + 1], s->heap[down]))
			down++;
		if (!comes_before(s, s->heap[down], last))
			break;
		s->heap[i] = s->heap[down];
		i = down;
	}
	s->heap[i] = last;
	return first;
}

static void add_node(struct search *s, uint32_t fn, uint32_t parent,
		     const struct edge *edge, uint32_t given)
{
	uint32_t depth = parent == GRAPH_NONE ? 0 : s->nodes[parent].depth + 1;

	ALLOC_GROW(s->nodes, s->nr_nodes + 1, s->alloc_nodes);
	s->nodes[s->nr_nodes] = (struct node){
		.fn = fn,
		.parent = parent,
		.depth = depth,
		.given = given,
		.length = depth + s->distance[fn],
	};
	if (edge)
		s->nodes[s->nr_nodes].edge = *edge;
	heap_push(s, s->nr_nodes++);
}

static bool is_on_way(const struct search *s, uint32_t node, uint32_t fn)
{
	for (; node != GRAPH_NONE; node = s->nodes[node].parent)
		if (s->nodes[node].fn == fn)
			return true;
	return false;
}

static int step(const struct edge *e, void *data)
{
	struct search *s = data;
	struct givens *givens = s->space->givens;
	uint32_t given = s->nodes[s->at].given, i;

	if (edge_is_dispatch(e, s->space->starts) || is_unsure(s->space, e) ||
	    !s->distance[e->callee] || is_on_way(s, s->at, e->callee))
		return 0;
	if (givens && !givens_allow(givens, given, e->call))
		return 0;
	given = givens ? givens_enter(givens, given, e) : NO_GIVEN;
	/* a second call of the same function is no other way */
	for (i = s->expanded_from; i < s->nr_nodes; i++)
		if (s->nodes[i].fn == e->callee &&
		    (s->nodes[i].given == given ||
		     s->nodes[i].given == NO_GIVEN))
			return 0;
	add_node(s, e->callee, s->at, e, given);
	return 0;
}

static void add_path(const struct search *s, uint32_t node, struct paths *out)
{
	struct path *path;
	uint32_t i;

	ALLOC_GROW(out->list, out->nr + 1, out->alloc);
	path = &out->list[out->nr++];
	path->nr = s->nodes[node].depth;
	path->edges = xcalloc(path->nr + 1, sizeof(*path->edges));
	for (i = path->nr; i--; node = s->nodes[node].parent)
		path->edges[i] = s->nodes[node].edge;
}

/* A way has come to its end: can what it is for happen there? */
static bool ends_well(const struct search *s, uint32_t node)
{
	const struct path_space *space = s->space;

	return !space->givens || space->last == GRAPH_NONE ||
	       givens_allow(space->givens, s->nodes[node].given, space->last);
}

static void search(struct search *s, uint32_t max, struct paths *out)
{
	while (s->nr_heap) {
		s->at = heap_pop(s);
		if (s->nodes[s->at].fn != s->to) {
			s->expanded_from = s->nr_nodes;
			edges_from(s->space->edges, s->space->g,
				   s->nodes[s->at].fn, step, s);
		} else if (!ends_well(s, s->at)) {
			continue;
		} else if (out->nr < max) {
			add_path(s, s->at, out);
		} else {
			out->more = true;
			return;
		}
		if (s->nr_nodes > MAX_NODES) {
			out->more = true;
			return;
		}
	}
}

void paths_find(const struct path_space *space, uint32_t from, uint32_t to,
		uint32_t max, struct paths *out)
{
	struct search s = { .space = space, .to = to };

	memset(out, 0, sizeof(*out));
	s.distance = paths_distances(space, to, from);
	if (s.distance[from]) {
		add_node(&s, from, GRAPH_NONE, NULL, NO_GIVEN);
		search(&s, max, out);
	}
	free(s.distance);
	free(s.nodes);
	free(s.heap);
}

void paths_release(struct paths *paths)
{
	uint32_t i;

	for (i = 0; i < paths->nr; i++)
		free(paths->list[i].edges);
	free(paths->list);
	memset(paths, 0, sizeof(*paths));
}

enum confidence path_edge_confidence(const struct graph *g,
				     const struct edge *e)
{
	enum confidence c = edge_confidence(e);

	if (graph_symbol(g, e->callee)->ambiguous && c > CONFIDENCE_MEDIUM)
		c = CONFIDENCE_MEDIUM;
	return c;
}

enum confidence path_confidence(const struct graph *g, const struct path *path)
{
	enum confidence least = CONFIDENCE_HIGH, c;
	uint32_t i;

	for (i = 0; i < path->nr; i++) {
		c = path_edge_confidence(g, &path->edges[i]);
		if (c < least)
			least = c;
	}
	return least;
}
