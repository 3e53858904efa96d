// SPDX-License-Identifier: GPL-2.0-only
/*
 * Callbacks that are packed into a struct on the stack:
 *
 *	struct each_dev_arg arg = { data, fn };
 *	return bus_for_each_dev(&usb_bus_type, NULL, &arg, __each_dev);
 *
 * with an __each_dev() that calls arg->fn. A struct on the stack keeps nothing
 * for later, so where what is handed the struct calls its field, or hands it to
 * a function that does, the callback has run when the function returns. Where
 * only a function that sits beside it calls the field (work_on_cpu(), whose
 * work item lies in the same struct), another thread runs it while this one
 * waits: it does not hold the locks, but whatever it waits for waits for them.
 */
#include <string.h>

#include "rules/edges-internal.h"

enum { MAX_DEPTH = 3 };

/* `local.field = callback` */
struct pack {
	uint32_t assign;
	bool done;
};

static uint64_t ran_key(const struct inference *in,
			const struct graph_assign *a)
{
	return (uint64_t)(a - graph_assign(in->r->g, 0)) + 1;
}

bool inference_ran(const struct inference *in, const struct graph_assign *a)
{
	return u64map_get(&in->ran, ran_key(in, a));
}

static bool is_callback(const struct inference *in, const struct graph_value *v)
{
	return (v->kind == VALUE_PARAM || v->kind == VALUE_FUNC) &&
	       !*graph_string(in->r->g, v->path);
}

/* A field of the local itself, and one that somebody calls. */
static bool is_pack(const struct inference *in, const struct graph_assign *a)
{
	const char *path;

	if (a->func == GRAPH_NONE || a->lhs.kind != VALUE_LOCAL ||
	    !is_callback(in, &a->rhs))
		return false;
	path = graph_string(in->r->g, a->lhs.path);
	return *path == '|' && !strpbrk(path, ">*[<") &&
	       graph_calls_through(in->r->g, a->slot).nr;
}

void packs_find(struct packs *packs, const struct inference *in)
{
	uint32_t nr = graph_nr_assigns(in->r->g), i;

	memset(packs, 0, sizeof(*packs));
	for (i = 0; i < nr; i++) {
		if (!is_pack(in, graph_assign(in->r->g, i)))
			continue;
		ALLOC_GROW(packs->list, (size_t)packs->nr + 1, packs->alloc);
		packs->list[packs->nr++] = (struct pack){ .assign = i };
	}
}

void packs_release(struct packs *packs)
{
	free(packs->list);
	memset(packs, 0, sizeof(*packs));
}

/* Does a call go through field @slot of what a parameter points to? */
static bool goes_through(struct inference *in, const struct graph_call *c,
			 uint32_t slot)
{
	struct places values = { 0 };
	bool found = false;
	uint32_t i;

	resolver_values(in->r, c->caller, resolver_place(in->r, &c->target),
			&values);
	for (i = 0; i < values.nr && !found; i++) {
		const char *path = place_path(in->r, &values.list[i]);

		found = values.list[i].kind == VALUE_PARAM && *path == '>' &&
			!strcmp(path + 1, graph_string(in->r->g, slot));
	}
	places_release(&values);
	return found;
}

/* May a function call a field of what it is handed, itself or by another? */
static bool calls_field(struct inference *in, uint32_t fn, uint32_t slot,
			int depth)
{
	struct graph_list through = graph_calls_through(in->r->g, slot);
	struct graph_call_range calls = graph_calls_from(in->r->g, fn);
	uint32_t i, k;

	for (i = 0; i < through.nr; i++) {
		const struct graph_call *c =
			graph_call(in->r->g, through.first[i]);

		if (c->caller == fn && goes_through(in, c, slot))
			return true;
	}
	for (i = 0; i < calls.nr && depth < MAX_DEPTH; i++) {
		const struct graph_call *c = &calls.first[i];
		struct graph_arg_range args = graph_args(in->r->g, c);

		for (k = 0; c->target.kind == VALUE_FUNC && k < args.nr; k++)
			if (args.first[k].value.kind == VALUE_PARAM &&
			    !*graph_string(in->r->g,
					   args.first[k].value.path) &&
			    calls_field(in, c->target.base, slot, depth + 1))
				return true;
	}
	return false;
}

static bool hands_struct(struct inference *in, const struct graph_call *c,
			 const struct graph_assign *a)
{
	struct graph_arg_range args = graph_args(in->r->g, c);
	const char *path = graph_string(in->r->g, a->lhs.path);
	uint32_t i;

	for (i = 0; i < args.nr; i++) {
		const struct graph_value *v = &args.first[i].value;
		const char *whole = graph_string(in->r->g, v->path);
		size_t len = strlen(whole);

		if (v->kind == VALUE_LOCAL && v->addr &&
		    v->base == a->lhs.base && !strncmp(path, whole, len) &&
		    path[len] == '|' && !strchr(path + len + 1, '|'))
			return true;
	}
	return false;
}

/* Does a call that is handed the struct come to call the field? */
static bool runs(struct inference *in, const struct graph_call *c,
		 uint32_t slot, bool *unsure)
{
	struct graph_arg_range args = graph_args(in->r->g, c);
	uint32_t k;

	*unsure = false;
	if (c->target.kind != VALUE_FUNC)
		return false;
	if (calls_field(in, c->target.base, slot, 0))
		return true;
	for (k = 0; k < args.nr; k++)
		if (args.first[k].value.kind == VALUE_FUNC &&
		    inference_is_called(in, c->target.base, args.first[k].pos,
					unsure) &&
		    calls_field(in, args.first[k].value.base, slot, 0))
			return true;
	return false;
}

/* What is known of a pack by now: the call that runs it, and how surely. */
static bool is_run(struct inference *in, const struct graph_assign *a,
		   uint32_t *call, bool *unsure)
{
	struct graph_call_range calls = graph_calls_from(in->r->g, a->func);
	uint32_t i;

	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c = &calls.first[i];

		if (!hands_struct(in, c, a) || !runs(in, c, a->slot, unsure))
			continue;
		*call = graph_call_number(in->r->g, c);
		return true;
	}
	return false;
}

static bool has_call_through(const struct inference *in, uint32_t fn,
			     uint32_t slot)
{
	struct graph_list through = graph_calls_through(in->r->g, slot);
	uint32_t i;

	for (i = 0; i < through.nr; i++)
		if (graph_call(in->r->g, through.first[i])->caller == fn)
			return true;
	return false;
}

/*
 * Does the object that a callback is put into hold another one, as a work item
 * is, with a function that calls the callback?
 */
static bool has_runner(const struct inference *in, const struct graph_assign *a)
{
	struct graph_assign_range range = graph_assigns_in(in->r->g, a->func);
	uint32_t i;

	for (i = 0; i < range.nr; i++) {
		const struct graph_assign *b = &range.first[i];

		if (b->lhs.kind == a->lhs.kind && b->lhs.base == a->lhs.base &&
		    b->rhs.kind == VALUE_FUNC &&
		    strchr(graph_string(in->r->g, b->lhs.path), '|') &&
		    has_call_through(in, b->rhs.base, a->slot))
			return true;
	}
	return false;
}

/* On the stack: it finds the struct around that object, which is no copy. */
static bool is_waited_for(const struct inference *in,
			  const struct graph_assign *a)
{
	return a->rhs.kind == VALUE_PARAM && has_runner(in, a);
}

bool inference_is_deferred(const struct inference *in,
			   const struct graph_assign *a)
{
	return a->func != GRAPH_NONE && *graph_string(in->r->g, a->slot) &&
	       !inference_ran(in, a) && has_runner(in, a);
}

static void add_run(struct inference *in, const struct graph_assign *a,
		    uint32_t call, bool unsure)
{
	const struct called c = {
		.fn = a->func,
		.param = a->rhs.base,
		.unsure = unsure,
		.call = call,
		.slot = a->slot,
	};

	if (a->rhs.kind == VALUE_FUNC) {
		inference_add_edge(in, call, a->rhs.base, EDGE_CALLBACK,
				   unsure);
		return;
	}
	u64map_put(&in->ran, ran_key(in, a), 1);
	inference_add_called(in, &c);
}

void packs_infer(struct packs *packs, struct inference *in)
{
	uint32_t i, call;
	bool unsure;

	for (i = 0; i < packs->nr; i++) {
		struct pack *p = &packs->list[i];
		const struct graph_assign *a =
			graph_assign(in->r->g, p->assign);

		if (p->done)
			continue;
		p->done = true;
		if (is_run(in, a, &call, &unsure))
			add_run(in, a, call, unsure);
		else if (is_waited_for(in, a))
			add_run(in, a, GRAPH_NONE, true);
		else
			p->done = false;
	}
}
