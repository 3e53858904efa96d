// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is inferred once for all rules. Edges are the same whatever a rule asks;
 * registrars and callbacks are the same for rules that begin with the same
 * names, and most do.
 */
#include <string.h>

#include "rules/analysis.h"
#include "rules/walker.h"

struct walker *walker_new_least(const struct graph *g, enum confidence least)
{
	struct walker *w = xcalloc(1, sizeof(*w));

	w->g = g;
	w->least = least;
	resolver_init(&w->r, g);
	edges_begin(&w->edges, g, least);
	return w;
}

struct walker *walker_new(const struct graph *g)
{
	return walker_new_least(g, CONFIDENCE_MEDIUM);
}

void walker_free(struct walker *w)
{
	struct shared_model *model;
	struct shared_registrars *regs;
	struct shared_probes *probes;
	struct shared_adders *adders;

	if (!w)
		return;
	while ((model = w->models)) {
		w->models = model->next;
		driver_model_release(&model->model);
		free(model);
	}
	while ((regs = w->regs)) {
		w->regs = regs->next;
		registrars_release(&regs->regs);
		free(regs);
	}
	while ((probes = w->probes)) {
		w->probes = probes->next;
		probes_release(&probes->probes);
		free(probes);
	}
	while ((adders = w->adders)) {
		w->adders = adders->next;
		adders_release(&adders->adders);
		free(adders);
	}
	edges_release(&w->edges);
	resolver_release(&w->r);
	free(w);
}

void walker_show_paths(struct walker *w, uint32_t nr)
{
	w->nr_paths = nr;
}

void walker_name_cut(struct walker *w, struct string_list *fields, uint32_t *nr,
		     uint32_t *nr_given_up)
{
	edges_end(&w->edges);
	if (w->least == CONFIDENCE_LOW)
		edges_name_cut(&w->edges, fields);
	*nr += w->nr_cut;
	*nr_given_up += w->nr_given_up;
}

uint64_t walker_nr_steps(const struct walker *w)
{
	return w->nr_steps;
}

static bool same_list(const struct string_list *a, const struct string_list *b)
{
	size_t i;

	if (a->nr != b->nr)
		return false;
	for (i = 0; i < a->nr; i++)
		if (strcmp(a->item[i], b->item[i]))
			return false;
	return true;
}

struct shared_model *walker_model(struct walker *w, const struct rule *rule)
{
	struct shared_model *s;

	for (s = w->models; s; s = s->next)
		if (same_list(&s->rule->dispatch, &rule->dispatch))
			return s;
	s = xcalloc(1, sizeof(*s));
	s->rule = rule;
	driver_model_init(&s->model, w->g, rule);
	edges_set_driver(&w->edges, s->model.driver);
	s->next = w->models;
	w->models = s;
	return s;
}

const struct registrars *walker_registrars(struct walker *w,
					   const struct string_list *functions,
					   const struct driver_model *model)
{
	struct shared_registrars *s;

	for (s = w->regs; s; s = s->next)
		if (s->model == model && same_list(s->functions, functions))
			return &s->regs;
	s = xcalloc(1, sizeof(*s));
	s->functions = functions;
	s->model = model;
	registrars_infer(&s->regs, &w->r, &w->edges, functions, model);
	s->next = w->regs;
	w->regs = s;
	return &s->regs;
}

const struct probes *walker_probes(struct walker *w, const struct rule *rule,
				   const struct driver_model *model,
				   const struct registrars *regs)
{
	struct shared_probes *s;

	for (s = w->probes; s; s = s->next)
		if (s->model == model && s->regs == regs &&
		    same_list(&s->rule->callbacks, &rule->callbacks))
			return &s->probes;
	s = xcalloc(1, sizeof(*s));
	s->rule = rule;
	s->model = model;
	s->regs = regs;
	probes_infer(&s->probes, &w->r, rule, model, regs);
	s->next = w->probes;
	w->probes = s;
	return &s->probes;
}

const struct adders *walker_adders(struct walker *w,
				   const struct string_list *functions,
				   const struct driver_model *model)
{
	struct shared_adders *s;

	for (s = w->adders; s; s = s->next)
		if (s->model == model && same_list(s->functions, functions))
			return &s->adders;
	s = xcalloc(1, sizeof(*s));
	s->functions = functions;
	s->model = model;
	adders_infer(&s->adders, &w->r, &w->edges, functions, model);
	s->next = w->adders;
	w->adders = s;
	return &s->adders;
}
