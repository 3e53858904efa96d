// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whose device is it? A rule may be about what is done to the device that is
 * being probed, and the same call for its child is fine. The argument of the
 * call is followed up the trace, from parameters to what the caller passed,
 * until it is known what it stands for at the start of the walk.
 *
 * "Another device" must be proven. It is when the argument is the address of a
 * struct device inside a record that is not the one the callback was given: a
 * platform_device is no i2c_client. A pointer that was loaded from somewhere
 * may well lead back to the device itself.
 */
#include <string.h>

#include "rules/analysis.h"

struct device_search {
	struct analysis *a;
	const struct probe *probe;
	const struct trace *trace;
	bool self, bus, unknown, other;
};

static void follow(struct device_search *s, uint32_t fn, struct place p,
		   uint32_t level);

static enum device_kin kin(const struct device_search *s)
{
	/* `i ? own : other`, or one element of an array of both */
	if (s->self)
		return s->unknown || s->other ? DEVICE_UNKNOWN : DEVICE_SELF;
	if (s->bus)
		return DEVICE_BUS;
	return s->unknown || !s->other ? DEVICE_UNKNOWN : DEVICE_OTHER;
}

/* The end of a step of a path. */
static const char *step_end(const char *step)
{
	return step + 1 + strcspn(step + 1, ">|[*<");
}

/* Does a step lead into @record ("tag@dir/file.c" has dots of its own)? */
static bool step_is(const char *step, const char *record, size_t len)
{
	return !strncmp(step + 1, record, len) && step[1 + len] == '.' &&
	       !memchr(step + 2 + len, '.', step_end(step) - step - 2 - len);
}

/*
 * Is @record one that the callback's own device is part of? @path is some use
 * of its parameter; what it leads to behind another pointer is not.
 */
static bool path_enters(const char *path, const char *record, size_t len,
			bool *known)
{
	const char *step = path;

	while (*step == '>' || *step == '|' || *step == '<') {
		if (*step == '>' && step != path)
			break;
		*known = true;
		if (step_is(step, record, len))
			return true;
		step = step_end(step);
	}
	return false;
}

static bool value_enters(struct analysis *a, const struct graph_value *v,
			 const char *record, size_t len, bool *known)
{
	return v->kind == VALUE_PARAM && !v->base &&
	       path_enters(graph_string(a->g, v->path), record, len, known);
}

/* Is the callback's device known to stand in something else than @record? */
static bool is_foreign(struct device_search *s, const char *record, size_t len)
{
	const struct graph *g = s->a->g;
	struct graph_call_range calls = graph_calls_from(g, s->probe->fn);
	struct graph_assign_range sets = graph_assigns_in(g, s->probe->fn);
	bool known = false;
	uint32_t i, k;

	for (i = 0; i < calls.nr; i++) {
		struct graph_arg_range args = graph_args(g, &calls.first[i]);

		for (k = 0; k < args.nr; k++)
			if (value_enters(s->a, &args.first[k].value, record,
					 len, &known))
				return false;
	}
	for (i = 0; i < sets.nr; i++)
		if (value_enters(s->a, &sets.first[i].rhs, record, len,
				 &known) ||
		    value_enters(s->a, &sets.first[i].lhs, record, len, &known))
			return false;
	return known;
}

/* The callback's first parameter, or the struct device inside it. */
static bool is_own(struct device_search *s, const struct place *p)
{
	const char *path = place_path(s->a->r, p);

	if (p->kind != VALUE_PARAM || p->base ||
	    string_list_has(&s->a->rule->callbacks,
			    graph_string(s->a->g, s->probe->slot)))
		return false;
	if (!*path)
		return !p->addr;
	return p->addr && *path == '>' && !strpbrk(path + 1, ">[*<");
}

/* The address of a struct device inside a record that is not the callback's. */
static bool is_other(struct device_search *s, const struct place *p)
{
	const char *path = place_path(s->a->r, p), *step = NULL, *at, *dot;

	for (at = path; *at; at = step_end(at))
		step = at;
	if (!p->addr || !step || (*step != '>' && *step != '|'))
		return false;
	for (dot = step_end(step); dot > step && *dot != '.'; dot--)
		;
	return dot > step && is_foreign(s, step + 1, dot - step - 1);
}

/* All devices of a bus. */
static bool classify_bus(struct device_search *s, const struct place *p)
{
	const struct graph *g = s->a->g;

	if (p->kind != VALUE_GLOBAL || !p->addr || *place_path(s->a->r, p) ||
	    !s->a->model->bus ||
	    strcmp(graph_string(g, graph_symbol(g, p->base)->type),
		   s->a->model->bus))
		return false;
	if (s->probe->bus == GRAPH_NONE)
		s->unknown = true;
	else if (s->probe->bus == p->base)
		s->bus = true;
	else
		s->other = true;
	return true;
}

static void classify(struct device_search *s, const struct place *p)
{
	if (classify_bus(s, p))
		return;
	if (is_own(s, p))
		s->self = true;
	else if (is_other(s, p))
		s->other = true;
	else
		s->unknown = true;
}

/* What one call passes for a parameter. */
static void follow_arg(struct device_search *s, const struct place *p,
		       const struct edge *e, uint32_t level)
{
	const struct graph_call *c = graph_call(s->a->g, e->call);
	struct graph_arg_range args = graph_args(s->a->g, c);
	bool found = false;
	uint32_t i;

	/* a callback's arguments are those of a call elsewhere */
	for (i = 0; e->kind != EDGE_CALLBACK && i < args.nr; i++) {
		struct place arg;

		if (args.first[i].pos != p->base)
			continue;
		found = true;
		arg = resolver_place(s->a->r, &args.first[i].value);
		arg = resolver_compose(s->a->r, &arg, p->path, p->addr);
		follow(s, e->caller, arg, level - 1);
	}
	if (!found)
		s->unknown = true;
}

/* How much one of several calls says against the rule. */
static int gravity(const struct device_search *s)
{
	switch (kin(s)) {
	case DEVICE_SELF:
		return 3;
	case DEVICE_BUS:
		return 2;
	case DEVICE_UNKNOWN:
		return 1;
	case DEVICE_OTHER:
		break;
	}
	return 0;
}

/* One that leads from a function of a trace to the next. */
struct hop {
	const struct device_search *s;
	const struct place *param;
	uint32_t callee, level;
	struct device_search worst;
	bool any;
};

static int follow_call(const struct edge *e, void *data)
{
	struct hop *hop = data;
	struct device_search s = {
		.a = hop->s->a,
		.probe = hop->s->probe,
		.trace = hop->s->trace,
	};

	if (e->callee != hop->callee)
		return 0;
	follow_arg(&s, hop->param, e, hop->level);
	if (!hop->any || gravity(&s) > gravity(&hop->worst))
		hop->worst = s;
	hop->any = true;
	return 0;
}

/*
 * What the caller on the trace passed for a parameter: by the worst of its
 * calls, for a trace names the first only.
 */
static void follow_param(struct device_search *s, const struct place *p,
			 uint32_t level)
{
	const struct edge *e = s->trace->edges[level - 1];
	struct hop hop = {
		.s = s, .param = p, .callee = e->callee, .level = level
	};

	edges_from(s->a->edges, s->a->g, e->caller, follow_call, &hop);
	s->self |= hop.worst.self;
	s->bus |= hop.worst.bus;
	s->other |= hop.worst.other;
	s->unknown |= hop.worst.unknown || !hop.any;
}

/* @level: how many hops of the trace lead to @fn */
static void follow(struct device_search *s, uint32_t fn, struct place p,
		   uint32_t level)
{
	struct places values = { 0 };
	uint32_t i;

	resolver_values(s->a->r, fn, p, &values);
	for (i = 0; i < values.nr; i++) {
		if (values.list[i].kind == VALUE_PARAM && level)
			follow_param(s, &values.list[i], level);
		else
			classify(s, &values.list[i]);
	}
	places_release(&values);
}

enum device_kin target_device(struct analysis *a, const struct probe *probe,
			      const struct trace *trace,
			      const struct target *target)
{
	struct device_search s = { .a = a, .probe = probe, .trace = trace };
	const struct graph_call *c = graph_call(a->g, target->call);
	struct graph_arg_range args = graph_args(a->g, c);
	uint32_t i;

	for (i = 0; i < args.nr; i++)
		if (args.first[i].pos == target->device_arg)
			follow(&s, c->caller,
			       resolver_place(a->r, &args.first[i].value),
			       trace->nr);
	return kin(&s);
}
