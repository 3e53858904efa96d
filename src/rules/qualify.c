// SPDX-License-Identifier: GPL-2.0-only
/*
 * What makes a finding better or worse than its verdict says: how often the
 * driver is registered, whether it ever goes, whether a failure is noticed.
 * Each has a place in the source, so that a reviewer can disagree.
 */
#include <string.h>

#include "rules/analysis.h"
#include "rules/reach.h"

static void add_qualifier(struct finding *f, enum qualifier_kind kind,
			  const char *function, const char *file, uint32_t line,
			  const char *detail)
{
	f->qualifiers = xrealloc(f->qualifiers, (f->nr_qualifiers + 1) *
							sizeof(*f->qualifiers));
	f->qualifiers[f->nr_qualifiers++] = (struct finding_qualifier){
		.kind = kind,
		.function = xstrdup(function),
		.file = xstrdup(file),
		.line = line,
		.detail = detail ? xstrdup(detail) : NULL,
	};
}

static void add_at_site(struct finding *f, enum qualifier_kind kind,
			const char *detail)
{
	const struct finding_registration *reg = &f->registration;

	add_qualifier(f, kind, reg->function, reg->file, reg->line, detail);
}

/* The function that a guard stands in: that of a hop in its file, at or below.
 */
static const char *guarded_function(const struct finding *f,
				    const struct finding_guard *guard)
{
	size_t i;

	for (i = 0; i < f->nr_path; i++)
		if (!strcmp(f->path[i].file, guard->file) &&
		    f->path[i].line >= guard->line)
			return f->path[i].function;
	return f->registration.function;
}

static bool is_flag(const struct finding_guard *guard)
{
	return !strcmp(guard->kind, "static-flag");
}

static bool has_flag(const struct finding *f)
{
	size_t i;

	for (i = 0; i < f->nr_guards; i++)
		if (is_flag(&f->guards[i]))
			return true;
	return false;
}

static void qualify_guards(struct finding *f)
{
	size_t i;

	for (i = 0; i < f->nr_guards; i++) {
		const struct finding_guard *guard = &f->guards[i];

		if (is_flag(guard) && !guard->lock)
			add_qualifier(f, QUALIFIER_ONCE_GUARD,
				      guarded_function(f, guard), guard->file,
				      guard->line, guard->variable);
	}
}

/*
 * A callback of the driver whose probe it is, other than the probe itself, that
 * gets to a call: the field it sits in, or GRAPH_NONE.
 */
static uint32_t callback_reaching(struct analysis *a, const struct probe *probe,
				  const struct reach *reach)
{
	struct graph_list list;
	uint32_t i;

	if (!probe || probe->holder.kind != VALUE_GLOBAL)
		return GRAPH_NONE;
	list = graph_assigns_to_global(a->g, probe->holder.base);
	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *as =
			graph_assign(a->g, list.first[i]);

		if (as->rhs.kind == VALUE_FUNC && as->slot != probe->slot &&
		    as->rhs.base != probe->fn &&
		    reach_find(reach, as->rhs.base))
			return as->slot;
	}
	return GRAPH_NONE;
}

static void qualify_undo(struct analysis *a, const struct probe *probe,
			 const struct site *undo, struct finding *f)
{
	const struct graph_call *c = graph_call(a->g, undo->call);
	struct reach reach;
	uint32_t slot;

	reach_init(&reach);
	reach_add(&reach, a->g, undo->call);
	reach_spread(&reach, a->g, a->edges, a->barrier);
	slot = callback_reaching(a, probe, &reach);
	if (slot != GRAPH_NONE)
		add_qualifier(f, QUALIFIER_UNREGISTER_IN_REMOVE,
			      graph_name(a->g, c->caller),
			      graph_string(a->g, c->file), c->line,
			      graph_string(a->g, slot));
	reach_release(&reach);
}

static void qualify_undos(struct analysis *a, const struct probe *probe,
			  const struct target *target, struct finding *f)
{
	uint32_t i;

	for (i = 0; i < a->undo->nr_sites; i++)
		if (site_undone_by(a, target->site, &a->undo->sites[i]))
			qualify_undo(a, probe, &a->undo->sites[i], f);
}

static void qualify_instance(struct analysis *a, const struct site *site,
			     struct finding *f)
{
	if (is_variable(a, &site->driver)) {
		if (!has_flag(f))
			add_at_site(f, QUALIFIER_PER_INSTANCE, "static");
	} else if (site->driver.kind != VALUE_GLOBAL &&
		   site_slot(a, a->regs, site) != GRAPH_NONE) {
		add_at_site(f, QUALIFIER_PER_INSTANCE, "allocated");
	}
}

/* Somebody looks at what the function returns, so it does return something. */
static bool returns_value(const struct graph *g, uint32_t fn)
{
	struct graph_list calls = graph_calls_to(g, fn);
	uint32_t i;

	for (i = 0; i < calls.nr; i++)
		if (!graph_call(g, calls.first[i])->result_ignored)
			return true;
	return false;
}

static void qualify_result(struct analysis *a, const struct target *target,
			   struct finding *f)
{
	const struct graph_call *c = graph_call(a->g, target->call);

	if (c->result_ignored && c->target.kind == VALUE_FUNC &&
	    returns_value(a->g, c->target.base))
		add_at_site(f, QUALIFIER_RETURN_IGNORED, NULL);
}

void finding_qualify(struct analysis *a, const struct probe *probe,
		     const struct target *target, struct finding *f)
{
	/* what is unregistered is no registration to be qualified */
	if (!target->site || !a->rule->undo.nr)
		return;
	qualify_guards(f);
	if (a->rule->undo.nr && f->registration.driver.name &&
	    !f->nr_unregisters && !f->unregister_unknown)
		add_at_site(f, QUALIFIER_NO_UNREGISTER, NULL);
	qualify_undos(a, probe, target, f);
	qualify_instance(a, target->site, f);
	qualify_result(a, target, f);
}
