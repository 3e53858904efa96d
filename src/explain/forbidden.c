// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ways that there are in the graph, and that a constant forbids: a function on
 * them makes its call only when a parameter is something else than what it is
 * given there. A walk does not go them, and who looks for one in the source
 * finds it.
 */
#include "explain/internal.h"

/* As far as a way can be gone. */
struct going {
	uint32_t at; /* the hop whose call cannot happen */
	struct given_param cause; /* of the function that would make it */
};

/* False when nothing forbids it. */
static bool go(struct explain *x, const struct path *path, struct going *going)
{
	uint32_t given = NO_GIVEN, i;

	for (i = 0; i < path->nr; i++) {
		const struct edge *e = &path->edges[i];

		going->at = i;
		if (givens_forbid(&x->givens, given, e->call, &going->cause))
			return true;
		given = givens_enter(&x->givens, given, e);
	}
	return false;
}

static const struct graph_arg *argument(struct explain *x, const struct edge *e,
					uint32_t pos)
{
	struct graph_arg_range args =
		graph_args(x->g, graph_call(x->g, e->call));
	uint32_t i;

	for (i = 0; i < args.nr; i++)
		if (args.first[i].pos == pos)
			return &args.first[i];
	return NULL;
}

/* The hop that the constant stands at: others may only hand it on. */
static uint32_t find_origin(struct explain *x, const struct path *path,
			    uint32_t hop, uint32_t *pos)
{
	for (; hop; hop--) {
		const struct graph_arg *arg =
			argument(x, &path->edges[hop], *pos);

		if (!arg || arg->value.kind != VALUE_PARAM)
			break;
		*pos = arg->value.base;
	}
	return hop;
}

static json_t *forbidden_way(struct explain *x, const struct path *path,
			     const struct going *going)
{
	const struct given_param *cause = &going->cause;
	uint32_t pos = cause->param;
	/* the first hop is made by a function of which nothing is known */
	uint32_t from = find_origin(x, path, going->at - 1, &pos);
	json_t *object = json_object();

	set_value(object, "way", path_value(x, path));
	set_value(object, "call", edge_value(x, &path->edges[going->at]));
	set_value(object, "parameter", json_integer(cause->param + 1));
	set_value(object, "constant",
		  cause->value == GIVEN_OBJECT ? json_null()
					       : json_integer(cause->value));
	set_value(object, "given", edge_value(x, &path->edges[from]));
	set_value(object, "argument", json_integer(pos + 1));
	return object;
}

json_t *forbidden_value(struct explain *x, uint32_t from, uint32_t to)
{
	struct path_space space = x->space;
	json_t *array = json_array();
	struct paths paths;
	struct going going;
	uint32_t i;

	space.givens = NULL;
	paths_find(&space, from, to, x->max, &paths);
	for (i = 0; i < paths.nr; i++)
		if (go(x, &paths.list[i], &going))
			json_array_append_new(array,
					      forbidden_way(x, &paths.list[i],
							    &going));
	paths_release(&paths);
	return array;
}
