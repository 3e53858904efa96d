// SPDX-License-Identifier: GPL-2.0-only
/*
 * Best first: what a way has behind it plus the exact distance that is before
 * it. So the first one is found without trying another, and each further one
 * costs little more than its own length.
 */
#include <string.h>

#include "rules/distances.h"

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
	struct distances *distances;
	/*
	 * Ways are looked for that are no longer than this, in the measure of
	 * distances. All that is on them was met once distances went back to
	 * one level less, so it does not matter what else they know.
	 */
	uint32_t level;
	bool left_out; /* there may be longer ones */
	uint64_t nr_steps; /* edges looked at */
	struct node *nodes;
	uint32_t nr_nodes, at; /* the one being expanded */
	size_t alloc_nodes;
	uint32_t *heap; /* nodes */
	uint32_t nr_heap;
	size_t alloc_heap;
	uint32_t expanded_from; /* first node of the one being expanded */
};

bool path_is_unsure(const struct path_space *space, const struct edge *e)
{
	return space->least > CONFIDENCE_LOW &&
	       path_edge_confidence(space->g, e) < space->least;
}

uint32_t *paths_distances(const struct path_space *space, uint32_t to,
			  uint32_t keep)
{
	struct distances d;
	uint32_t *of;

	distances_init(&d, space, to, keep);
	while (distances_go_back(&d))
		;
	of = d.of;
	d.of = NULL;
	distances_release(&d);
	return of;
}

struct descent {
	const struct path_space *space;
	const uint32_t *distance;
	struct path *path;
};

static int descend(const struct edge *e, void *data)
{
	struct descent *d = data;

	if (edge_is_dispatch(e, d->space->starts) ||
	    path_is_unsure(d->space, e) || !d->distance[e->callee] ||
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
		.length = depth + s->distances->of[fn],
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

static bool knows_all(const struct search *s)
{
	const struct distances *d = s->distances;

	return d->at == d->nr && s->level >= d->level;
}

/* Is a function on a way that is short enough, after the present one? */
static bool is_near(struct search *s, uint32_t fn)
{
	uint32_t distance = s->distances->of[fn];

	if (knows_all(s))
		return distance;
	if (distance && s->nodes[s->at].depth + 1 + distance <= s->level)
		return true;
	s->left_out = true;
	return false;
}

static int step(const struct edge *e, void *data)
{
	struct search *s = data;
	struct givens *givens = s->space->givens;
	uint32_t given = s->nodes[s->at].given, i;

	s->nr_steps++;
	if (edge_is_dispatch(e, s->space->starts) ||
	    path_is_unsure(s->space, e) || !is_near(s, e->callee) ||
	    is_on_way(s, s->at, e->callee))
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

/* How a search ended. */
enum ended {
	ENDED_MAX, /* there is one way more than wanted */
	ENDED_ALL, /* there are no more */
	ENDED_NEAR, /* there are no more that are as short */
	ENDED_GIVEN_UP,
};

static enum ended search(struct search *s, uint32_t max, struct paths *out)
{
	while (s->nr_heap) {
		s->at = heap_pop(s);
		if (s->nodes[s->at].fn != s->distances->to) {
			s->expanded_from = s->nr_nodes;
			edges_from(s->space->edges, s->space->g,
				   s->nodes[s->at].fn, step, s);
		} else if (!ends_well(s, s->at)) {
			continue;
		} else if (out->nr < max) {
			add_path(s, s->at, out);
		} else {
			return ENDED_MAX;
		}
		if (s->nr_nodes > MAX_NODES ||
		    (s->space->max_steps && s->nr_steps > s->space->max_steps))
			return ENDED_GIVEN_UP;
	}
	return s->left_out ? ENDED_NEAR : ENDED_ALL;
}

/* What one search found the next one finds again, if it gets as far. */
static void take_more(struct paths *have, struct paths *found)
{
	struct paths less = *have;

	if (found->nr < have->nr)
		less = *found;
	else
		*have = *found;
	paths_release(&less);
}

static enum ended search_near(struct search *s, uint32_t from, uint32_t max,
			      struct paths *out)
{
	struct distances *d = s->distances;
	struct paths found = { 0 };
	enum ended ended;

	while (d->level + 1 < s->level && distances_go_back(d))
		;
	s->nr_nodes = 0;
	s->nr_heap = 0;
	s->left_out = false;
	add_node(s, from, GRAPH_NONE, NULL, NO_GIVEN);
	ended = search(s, max, &found);
	take_more(out, &found);
	return ended;
}

void distances_find_from(struct distances *d, const struct path_space *space,
			 uint32_t from, uint32_t max, struct paths *out)
{
	struct search s = { .space = space, .distances = d };
	enum ended ended = ENDED_NEAR;

	memset(out, 0, sizeof(*out));
	while (!d->of[from] && distances_go_back(d))
		;
	if (!d->of[from])
		return;
	for (s.level = d->of[from]; ended == ENDED_NEAR; s.level++)
		ended = search_near(&s, from, max, out);
	out->more = ended != ENDED_ALL;
	out->given_up = ended == ENDED_GIVEN_UP;
	free(s.nodes);
	free(s.heap);
}

void paths_find(const struct path_space *space, uint32_t from, uint32_t to,
		uint32_t max, struct paths *out)
{
	struct distances d;

	distances_init(&d, space, to, from);
	distances_find_from(&d, space, from, max, out);
	distances_release(&d);
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
