// SPDX-License-Identifier: GPL-2.0-only
/*
 * From every start to every target it reaches, by the shortest way.
 *
 * First the functions that can reach a target at all are marked, going
 * backwards from the targets: few of a kernel's can. Then ways from starts are
 * looked for among these: walk-sure.c, walk-low.c.
 */
#include <string.h>

#include "rules/analysis.h"
#include "rules/walk-paths.h"
#include "rules/transitive.h"
#include "rules/walker.h"

enum confidence trace_confidence(const struct graph *g,
				 const struct trace *trace)
{
	enum confidence least = CONFIDENCE_HIGH;
	uint32_t i;

	for (i = 0; i < trace->nr; i++) {
		enum confidence c = path_edge_confidence(g, trace->edges[i]);

		if (c < least)
			least = c;
	}
	return least;
}

void trace_of(const struct edge *edges, uint32_t nr, struct trace *trace)
{
	uint32_t i;

	trace->nr = nr;
	trace->edges = xcalloc((size_t)nr + 1, sizeof(*trace->edges));
	for (i = 0; i < nr; i++)
		trace->edges[i] = &edges[i];
}

static void add_barriers(struct analysis *a, const struct string_list *names)
{
	uint32_t i;
	size_t n;

	for (n = 0; n < names->nr; n++) {
		struct graph_list list =
			graph_symbols_named(a->g, names->item[n]);

		for (i = 0; i < list.nr; i++)
			a->barrier[list.first[i]] = 1;
	}
}

static void add_target_barriers(struct analysis *a)
{
	const struct string_list *names = &a->rule->functions;
	uint32_t i;
	size_t n;

	for (n = 0; n < names->nr; n++) {
		struct graph_list list =
			graph_symbols_named(a->g, names->item[n]);

		for (i = 0; i < list.nr; i++)
			if (target_is_meant(a->g, list.first[i]))
				a->barrier[list.first[i]] = 1;
	}
}

/*
 * Not entered: what the rule names, and whoever calls the dispatch fields. The
 * driver core's own dispatch reaches every probe of every driver, so a walk
 * through it would find everything from everywhere.
 */
static void find_barriers(struct analysis *a)
{
	uint32_t i;

	a->barrier = xcalloc(graph_nr_symbols(a->g), 1);
	add_barriers(a, &a->rule->barriers);
	add_barriers(a, &a->rule->nested);
	/* what is called within a target is the target's own business */
	if (a->rule->to == TARGET_CALL)
		add_target_barriers(a);
	for (i = 0; i < a->probes->nr_dispatchers; i++)
		a->barrier[a->probes->dispatchers[i]] = 1;
}

struct queue {
	uint32_t *fn;
	uint32_t nr, at;
	size_t alloc;
};

static void enqueue(struct queue *q, uint32_t fn)
{
	ALLOC_GROW(q->fn, q->nr + 1, q->alloc);
	q->fn[q->nr++] = fn;
}

struct backwards {
	struct analysis *a;
	struct queue queue;
};

static int mark_caller(const struct edge *e, void *data)
{
	struct backwards *b = data;

	/* these are gone through by walk_low() */
	if (e->reach == REACH_TREE || edge_is_dispatch(e, b->a->starts))
		return 0;
	if (!b->a->reaches[e->caller]) {
		b->a->reaches[e->caller] = 1;
		enqueue(&b->queue, e->caller);
	}
	return 0;
}

static void mark_reaching(struct analysis *a)
{
	struct backwards b = { .a = a };
	uint32_t i;

	a->reaches = xcalloc(graph_nr_symbols(a->g), 1);
	for (i = 0; i < a->nr_targets; i++) {
		const struct edge start = {
			.caller = graph_call(a->g, a->targets[i].call)->caller,
		};

		mark_caller(&start, &b);
	}
	for (; b.queue.at < b.queue.nr; b.queue.at++) {
		uint32_t fn = b.queue.fn[b.queue.at];

		/* whoever calls a barrier does not get through it */
		if (!a->barrier[fn])
			edges_to(a->edges, a->g, fn, mark_caller, &b);
	}
	free(b.queue.fn);
}

static bool has_excepted_attr(const struct analysis *a,
			      const struct trace *trace, uint32_t start)
{
	uint32_t attrs = a->rule->except_attrs, i;

	if (graph_symbol(a->g, start)->attrs & attrs)
		return true;
	for (i = 0; i < trace->nr; i++)
		if (graph_symbol(a->g, trace->edges[i]->callee)->attrs & attrs)
			return true;
	return false;
}

/*
 * A call about another device is none of the rule's; one about a device that
 * cannot be told may be fine as well.
 */
static bool judge_device(struct analysis *a, const struct probe *probe,
			 const struct trace *trace, const struct target *target,
			 struct finding *f)
{
	if (!probe || target->device_arg < 0)
		return true;
	switch (target_device(a, probe, trace, target)) {
	case DEVICE_OTHER:
		return false;
	case DEVICE_UNKNOWN:
		f->confidence = CONFIDENCE_LOW;
		return true;
	case DEVICE_BUS:
		if (f->confidence > CONFIDENCE_MEDIUM)
			f->confidence = CONFIDENCE_MEDIUM;
		return true;
	case DEVICE_SELF:
		break;
	}
	return true;
}

/* Through a function that is called for few of the devices that there are. */
static bool is_unlikely(const struct analysis *a, const struct trace *trace)
{
	uint32_t i;

	for (i = 0; i < trace->nr; i++)
		if (string_list_has(&a->rule->unlikely,
				    graph_name(a->g, trace->edges[i]->callee)))
			return true;
	return false;
}

/* @most: it is not surer than this */
static void add_finding(struct analysis *a, const struct probe *probe,
			uint32_t start, const struct trace *trace,
			const struct target *target, enum confidence most)
{
	struct finding f = { .rule = a->rule };
	const struct graph_symbol *sym = graph_symbol(a->g, start);

	if (has_excepted_attr(a, trace, start) ||
	    rule_file_matches(&a->rule->except_tests,
			      graph_string(a->g, sym->file)))
		return;
	f.confidence = trace_confidence(a->g, trace);
	if (f.confidence > a->rule->confidence)
		f.confidence = a->rule->confidence;
	if (f.confidence > most)
		f.confidence = most;
	if (is_unlikely(a, trace))
		f.confidence = CONFIDENCE_LOW;
	if (graph_symbol(a->g, start)->ambiguous &&
	    f.confidence > CONFIDENCE_MEDIUM)
		f.confidence = CONFIDENCE_MEDIUM;
	if (((probe && probe->indirect) ||
	     (target->site && target->site->indirect)) &&
	    f.confidence > CONFIDENCE_MEDIUM)
		f.confidence = CONFIDENCE_MEDIUM;
	if (!judge_device(a, probe, trace, target, &f))
		return;
	finding_describe(a, probe, trace, target, &f);
	if (probe && a->nr_paths > 1)
		walk_add_paths(a, start, trace, target, &f);
	finding_judge(a, probe, target, &f);
	finding_qualify(a, probe, target, &f);
	findings_add(a->findings, &f);
}

/* By another way than a trace that is not possible, if there is one. */
static void add_by_detour(struct analysis *a, const struct probe *probe,
			  uint32_t start, const struct trace *trace,
			  const struct target *target)
{
	struct paths paths;
	struct trace other;

	switch (trace_detour(a, start, target, trace_confidence(a->g, trace),
			     &paths, &other)) {
	case DETOUR_FOUND:
		add_finding(a, probe, start, &other, target, CONFIDENCE_HIGH);
		free(other.edges);
		break;
	case DETOUR_UNKNOWN:
		add_finding(a, probe, start, trace, target, CONFIDENCE_HIGH);
		break;
	case DETOUR_NONE:
		/* the field may hold what was put there another time */
		add_finding(a, probe, start, trace, target, CONFIDENCE_LOW);
		break;
	}
	paths_release(&paths);
}

void walk_add_finding(struct analysis *a, const struct probe *probe,
		      uint32_t start, const struct trace *trace,
		      const struct target *target)
{
	/* of a way that is only a hint nothing is known */
	if (trace_confidence(a->g, trace) == CONFIDENCE_LOW ||
	    trace_is_possible(a, trace))
		add_finding(a, probe, start, trace, target, CONFIDENCE_HIGH);
	else
		add_by_detour(a, probe, start, trace, target);
}

static uint64_t pair_of(const struct analysis *a, const struct probe *probe,
			uint32_t fn)
{
	return (uint64_t)(probe - a->probes->list) << 32 | fn;
}

bool walk_is_reported(const struct analysis *a, const struct probe *probe,
		      uint32_t fn)
{
	return u64map_get(&a->reported, pair_of(a, probe, fn));
}

bool walk_report(struct analysis *a, const struct probe *probe, uint32_t fn)
{
	return u64map_add(&a->reported, pair_of(a, probe, fn), 1);
}

/* Targets beside the functions, whose numbers end long before. */
static uint64_t pair_with(const struct analysis *a, const struct probe *probe,
			  const struct target *target)
{
	return pair_of(a, probe, (target - a->targets) | 1u << 31);
}

bool walk_is_told(const struct analysis *a, const struct probe *probe,
		  const struct target *target)
{
	return u64map_get(&a->reported, pair_with(a, probe, target));
}

bool walk_tell(struct analysis *a, const struct probe *probe,
	       const struct target *target)
{
	return u64map_add(&a->reported, pair_with(a, probe, target), 1);
}

/* Those through fields that anybody sets are gone along by walk_low(). */
bool walk_is_followed(const struct analysis *a, const struct edge *e)
{
	return e->reach != REACH_TREE && !edge_is_dispatch(e, a->starts) &&
	       !a->barrier[e->callee];
}

static void walk_callbacks(struct analysis *a)
{
	walk_sure(a);
	if (a->least == CONFIDENCE_LOW)
		walk_low(a);
}

static void find_starts(struct analysis *a)
{
	uint32_t i;

	a->starts = xcalloc(graph_nr_symbols(a->g), 1);
	for (i = 0; i < a->probes->nr; i++)
		a->starts[a->probes->list[i].fn] = 1;
}

/* Which calls it matters of whether they can happen. */
static void find_mattering(struct analysis *a)
{
	uint32_t nr = graph_nr_symbols(a->g), i;

	a->matters = xcalloc(nr, 1);
	memcpy(a->matters, a->reaches, nr);
	for (i = 0; i < a->nr_targets; i++) {
		const struct graph_call *c =
			graph_call(a->g, a->targets[i].call);

		if (c->target.kind == VALUE_FUNC)
			a->matters[c->target.base] = 1;
	}
	givens_init(&a->givens, a->g, a->matters);
}

static void find_paths(struct analysis *a)
{
	targets_find(a);
	find_barriers(a);
	find_starts(a);
	u64map_init(&a->reported);
	mark_reaching(a);
	find_mattering(a);
	switch (a->rule->from) {
	case SOURCE_CALLBACK:
		walk_callbacks(a);
		break;
	case SOURCE_ANY:
		walk_any(a);
		break;
	}
	walk_forget_paths(a);
	joiner_free(a->joiner);
	free(a->targets);
	free(a->sites);
	givens_release(&a->givens);
	free(a->matters);
	free(a->reaches);
	free(a->barrier);
	free(a->starts);
	u64map_release(&a->reported);
}

/* May what one callback adds be what another one is called for? */
static bool may_have_chains(const struct rule *rule)
{
	return rule->to == TARGET_REGISTRATION && rule->nested.nr &&
	       rule->undo.nr;
}

void walker_walk(struct walker *w, const struct rule *rule,
		 struct findings *findings)
{
	struct analysis a = {
		.g = w->g,
		.rule = rule,
		.findings = findings,
		.r = &w->r,
		.edges = &w->edges,
		.nr_paths = w->nr_paths,
		.least = w->least,
	};

	a.model = &walker_model(w, rule)->model;
	if (rule->to == TARGET_REGISTRATION) {
		a.regs = walker_registrars(w, &rule->functions, a.model);
		a.undo = walker_registrars(w, &rule->undo, a.model);
		if (rule->undoes.nr)
			a.undoes = walker_registrars(w, &rule->undoes, a.model);
	}
	a.probes = walker_probes(w, rule, a.model, a.regs);
	if (may_have_chains(rule))
		a.adders = walker_adders(w, &rule->nested, a.model);
	/* up to here, what is inferred by lists was not asked for */
	edges_end(&w->edges);
	find_paths(&a);
	w->nr_cut += a.nr_cut;
	w->nr_given_up += a.nr_given_up;
	w->nr_steps += a.nr_steps;
}
