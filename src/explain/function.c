// SPDX-License-Identifier: GPL-2.0-only
/* All about one function; and what all answers are made from. */
#include <string.h>

#include "explain/internal.h"
#include "report/json-text.h"
#include "rules/analysis.h"

/* Say so in the schema, and raise it, when a reader would have to change. */
#define EXPLAIN_SCHEMA "probewalk-explain-1"

static void add_barriers(struct explain *x, const struct string_list *names)
{
	uint32_t i;
	size_t n;

	for (n = 0; n < names->nr; n++) {
		struct graph_list list =
			graph_symbols_named(x->g, names->item[n]);

		for (i = 0; i < list.nr; i++)
			x->barrier[list.first[i]] = 1;
	}
}

/* As the walk has them: see walk.c. */
static void find_barriers(struct explain *x)
{
	uint32_t i;

	x->barrier = xcalloc(graph_nr_symbols(x->g), 1);
	x->starts = xcalloc(graph_nr_symbols(x->g), 1);
	for (i = 0; i < x->probes->nr; i++)
		x->starts[x->probes->list[i].fn] = 1;
	add_barriers(x, &x->rule->barriers);
	add_barriers(x, &x->rule->nested);
	for (i = 0; i < x->probes->nr_dispatchers; i++)
		x->barrier[x->probes->dispatchers[i]] = 1;
}

struct explain *explain_new(const struct graph *g, const struct rule *rule,
			    enum confidence least, uint32_t max)
{
	struct explain *x = xcalloc(1, sizeof(*x));

	x->g = g;
	x->rule = rule;
	x->max = max;
	x->w = walker_new_least(g, least);
	x->model = &walker_model(x->w, rule)->model;
	x->regs = walker_registrars(x->w, &rule->functions, x->model);
	x->probes = walker_probes(x->w, rule, x->model, x->regs);
	edges_end(&x->w->edges);
	find_barriers(x);
	givens_init(&x->givens, g, NULL);
	x->space = (struct path_space){
		.g = g,
		.edges = &x->w->edges,
		.barrier = x->barrier,
		.starts = x->starts,
		.givens = &x->givens,
		.last = GRAPH_NONE,
	};
	return x;
}

void explain_free(struct explain *x)
{
	if (!x)
		return;
	walker_free(x->w);
	givens_release(&x->givens);
	free(x->barrier);
	free(x->starts);
	free(x);
}

/* ---- neighbours ---- */

struct neighbours {
	struct explain *x;
	struct list list;
};

static int add_neighbour(const struct edge *e, void *data)
{
	struct neighbours *n = data;

	if (list_wants(&n->list))
		json_array_append_new(n->list.shown, edge_value(n->x, e));
	return 0;
}

/* Those through fields come as they are found, which says nothing. */
struct callers {
	struct edge *list;
	uint32_t nr;
	size_t alloc;
};

static int add_caller(const struct edge *e, void *data)
{
	struct callers *c = data;

	ALLOC_GROW(c->list, (size_t)c->nr + 1, c->alloc);
	c->list[c->nr++] = *e;
	return 0;
}

/* Direct calls, then what is inferred, then what goes by fields. */
static int rank(const struct edge *e)
{
	if (e->kind == EDGE_DIRECT)
		return 0;
	return e->reach == REACH_VALUE ? 1 : 2;
}

static int by_place(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	if (rank(x) != rank(y))
		return rank(x) - rank(y);
	/* as the inferred ones stand in their list */
	if (rank(x) == 1 && x->caller != y->caller)
		return x->caller < y->caller ? -1 : 1;
	if (x->call != y->call)
		return x->call < y->call ? -1 : 1;
	return (int)x->kind - (int)y->kind;
}

static json_t *callers_value(struct explain *x, uint32_t fn)
{
	struct neighbours n = { .x = x };
	struct callers c = { 0 };
	uint32_t i;

	list_init(&n.list, x->max);
	edges_to(&x->w->edges, x->g, fn, add_caller, &c);
	if (c.nr)
		qsort(c.list, c.nr, sizeof(*c.list), by_place);
	for (i = 0; i < c.nr; i++)
		add_neighbour(&c.list[i], &n);
	free(c.list);
	return list_value(&n.list);
}

/* Callees, each once and not for every call of it. */
struct callees {
	struct neighbours n;
	struct u64map seen;
	bool direct; /* these now, the others were there before */
};

static int add_callee(const struct edge *e, void *data)
{
	struct callees *c = data;

	if ((e->kind == EDGE_DIRECT) != c->direct ||
	    !u64map_add(&c->seen, (uint64_t)e->callee << 2 | e->kind, 1))
		return 0;
	return add_neighbour(e, &c->n);
}

/* What a reader does not see at once stands first: pointers and callbacks. */
static json_t *callees_value(struct explain *x, uint32_t fn)
{
	struct callees c = { .n.x = x };

	u64map_init(&c.seen);
	list_init(&c.n.list, x->max);
	edges_from(&x->w->edges, x->g, fn, add_callee, &c);
	c.direct = true;
	edges_from(&x->w->edges, x->g, fn, add_callee, &c);
	u64map_release(&c.seen);
	return list_value(&c.n.list);
}

static int has_call(const struct edge *e, void *data)
{
	return e->call == *(const uint32_t *)data;
}

/* Calls through a pointer of which it is not known where they go. */
static json_t *unresolved_value(struct explain *x, uint32_t fn)
{
	struct graph_call_range calls = graph_calls_from(x->g, fn);
	struct list list;
	uint32_t i;

	list_init(&list, x->max);
	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c = &calls.first[i];
		uint32_t number = graph_call_number(x->g, c), slot;
		json_t *object;
		char *callee;

		if (c->target.kind == VALUE_FUNC ||
		    edges_from(&x->w->edges, x->g, fn, has_call, &number) ||
		    !list_wants(&list))
			continue;
		slot = graph_path_slot(x->g,
				       graph_string(x->g, c->target.path));
		callee = call_spelling(x->g, c);
		object = site_value(x, fn, c->file, c->line, c->col);
		set_value(object, "callee", json_text(callee));
		set_value(object, "slot",
			  slot ? json_text(graph_string(x->g, slot))
			       : json_null());
		json_array_append_new(list.shown, object);
		free(callee);
	}
	return list_value(&list);
}

/* ---- probes that reach it ---- */

struct start {
	const struct probe *probe;
	uint32_t distance;
	const struct graph *g;
};

static int by_distance(const void *a, const void *b)
{
	const struct start *x = a, *y = b;
	const struct graph_symbol *s, *t;
	int ret;

	if (x->distance != y->distance)
		return x->distance < y->distance ? -1 : 1;
	s = graph_symbol(x->g, x->probe->fn);
	t = graph_symbol(y->g, y->probe->fn);
	ret = strcmp(graph_string(x->g, s->file), graph_string(y->g, t->file));
	if (!ret)
		ret = (s->line > t->line) - (s->line < t->line);
	return ret ? ret : (x->probe > y->probe) - (x->probe < y->probe);
}

static json_t *start_value(struct explain *x, const struct start *start,
			   const uint32_t *distance)
{
	struct path path;
	json_t *object;

	paths_descend(&x->space, distance, start->probe->fn, &path);
	object = path_value(x, &path);
	set_value(object, "probe", probe_value(x, start->probe));
	free(path.edges);
	return object;
}

static json_t *probes_value(struct explain *x, uint32_t fn)
{
	uint32_t *distance = paths_distances(&x->space, fn, GRAPH_NONE);
	struct start *starts = xcalloc(x->probes->nr + 1, sizeof(*starts));
	uint32_t nr = 0, i, last = GRAPH_NONE;
	struct list list;

	for (i = 0; i < x->probes->nr; i++) {
		const struct probe *p = &x->probes->list[i];

		/* the probe of several drivers is one function */
		if (p->fn == last || p->fn == fn || !distance[p->fn])
			continue;
		last = p->fn;
		starts[nr++] = (struct start){ p, distance[p->fn], x->g };
	}
	qsort(starts, nr, sizeof(*starts), by_distance);
	list_init(&list, x->max);
	for (i = 0; i < nr; i++)
		if (list_wants(&list))
			json_array_append_new(list.shown,
					      start_value(x, &starts[i],
							  distance));
	free(starts);
	free(distance);
	return list_value(&list);
}

json_t *answer_value(struct explain *x)
{
	json_t *object = json_object();

	set_value(object, "schema", json_string(EXPLAIN_SCHEMA));
	set_value(object, "config", json_text(graph_config(x->g)));
	set_value(object, "rule", json_text(x->rule->id));
	return object;
}

json_t *explain_function(struct explain *x, uint32_t fn)
{
	json_t *object = answer_value(x);

	edges_find_from(&x->w->edges, fn);
	set_value(object, "function", function_value(x, fn));
	set_value(object, "roles", roles_value(x, fn));
	set_value(object, "callers", callers_value(x, fn));
	set_value(object, "probes", probes_value(x, fn));
	set_value(object, "callees", callees_value(x, fn));
	set_value(object, "unresolved", unresolved_value(x, fn));
	set_value(object, "address", address_value(x, fn));
	return object;
}

json_t *explain_between(struct explain *x, uint32_t from, uint32_t to)
{
	json_t *object = answer_value(x);

	set_value(object, "from", function_value(x, from));
	set_value(object, "to", function_value(x, to));
	between_values(x, from, to, object);
	return object;
}
