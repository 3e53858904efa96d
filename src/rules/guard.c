// SPDX-License-Identifier: GPL-2.0-only
/*
 * What decides whether a call on the way is made: static variables, whether
 * they are this code's own flags, and the lock that is held over test and call.
 */
#include <string.h>

#include "rules/analysis.h"
#include "rules/slot.h"

/* The struct type of a place that a pointer leads to, or NULL. */
static const char *pointed_type(const struct graph *g,
				const struct graph_value *v)
{
	const char *path = graph_string(g, v->path);

	if (v->kind != VALUE_GLOBAL || !v->addr || strpbrk(path, ">*<"))
		return NULL;
	if (!*path)
		return graph_string(g, graph_symbol(g, v->base)->type);
	return field_type(g, slot_of_path(g, path));
}

/* A lock is told by its type. */
static bool is_lock(struct analysis *a, const struct graph_value *v)
{
	const char *type = pointed_type(a->g, v);

	return type && string_list_has(&a->rule->locks, type);
}

/* Does a call after @line hand over the same lock: does it let go there? */
static bool is_held_after(struct analysis *a, uint32_t fn, uint32_t line,
			  const struct graph_value *lock)
{
	struct graph_call_range calls = graph_calls_from(a->g, fn);
	uint32_t i, k;

	for (i = 0; i < calls.nr; i++) {
		struct graph_arg_range args = graph_args(a->g, &calls.first[i]);

		for (k = 0; k < args.nr && calls.first[i].line > line; k++)
			if (is_lock(a, &args.first[k].value) &&
			    args.first[k].value.base == lock->base &&
			    args.first[k].value.path == lock->path)
				return true;
	}
	return false;
}

/* "registered_lock", "state.lock" */
static char *lock_name(struct analysis *a, const struct graph_value *v)
{
	struct place p = resolver_place(a->r, v);
	struct strbuf name = STRBUF_INIT;

	place_describe(a->r, &p, &name);
	return strbuf_detach(&name);
}

/*
 * The lock that a function has over a test and a call: it is taken before the
 * one and given back after the other, or (guard(mutex)) at the function's end.
 */
static char *lock_over(struct analysis *a, const struct graph_call *call,
		       uint32_t test_line)
{
	struct graph_call_range calls = graph_calls_from(a->g, call->caller);
	uint32_t i, k;

	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c = &calls.first[i];
		struct graph_arg_range args = graph_args(a->g, c);
		bool to_end = string_list_has(&a->rule->locks_to_end,
					      graph_string(a->g, c->macro));

		for (k = 0; k < args.nr && c->line < test_line; k++) {
			const struct graph_value *v = &args.first[k].value;

			if (is_lock(a, v) &&
			    (to_end ||
			     is_held_after(a, call->caller, call->line, v)))
				return lock_name(a, v);
		}
	}
	return NULL;
}

/*
 * Its address stands in an initialiser, as module_param() puts it there: it is
 * set from outside and is no flag of this code's.
 */
static bool is_parameter(const struct graph *g, uint32_t var)
{
	struct graph_list uses = graph_assigns_of(g, var);
	uint32_t i;

	for (i = 0; i < uses.nr; i++) {
		const struct graph_assign *a = graph_assign(g, uses.first[i]);

		if (a->func == GRAPH_NONE && a->rhs.addr)
			return true;
	}
	return false;
}

/*
 * The lock over a test: in its own function, or in one further up the trace,
 * over the call that leads there.
 */
static char *guard_lock(struct analysis *a, const struct trace *trace,
			uint32_t depth, const struct graph_call *c,
			uint32_t test_line)
{
	char *lock = lock_over(a, c, test_line);

	while (!lock && depth--) {
		c = graph_call(a->g, trace->edges[depth]->call);
		lock = lock_over(a, c, c->line);
	}
	return lock;
}

void guards_describe(struct analysis *a, const struct trace *trace,
		     uint32_t depth, uint32_t call, struct finding *f)
{
	const struct graph_call *c = graph_call(a->g, call);
	struct graph_guard_range guards = graph_guards(a->g, c);
	uint32_t i;
	size_t k;

	for (i = 0; i < guards.nr; i++) {
		const char *name = graph_name(a->g, guards.first[i].symbol);
		const char *dot = strrchr(name, '.');
		struct finding_guard guard = {
			.kind = xstrdup(
				is_parameter(a->g, guards.first[i].symbol)
					? "parameter"
					: "static-flag"),
			.variable = xstrdup(dot ? dot + 1 : name),
			.file = xstrdup(graph_string(a->g, c->file)),
			.line = guards.first[i].line,
			.lock = guard_lock(a, trace, depth, c,
					   guards.first[i].line),
		};
		bool known = false;

		for (k = 0; k < f->nr_guards; k++)
			known |= f->guards[k].line == guard.line &&
				 !strcmp(f->guards[k].variable,
					 guard.variable) &&
				 !strcmp(f->guards[k].file, guard.file);
		if (known) {
			free(guard.kind);
			free(guard.variable);
			free(guard.file);
			free(guard.lock);
			continue;
		}
		f->guards = xrealloc(f->guards,
				     (f->nr_guards + 1) * sizeof(*f->guards));
		f->guards[f->nr_guards++] = guard;
	}
}
