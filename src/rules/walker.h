/* SPDX-License-Identifier: GPL-2.0-only */
/* What rules have in common: lists of what was inferred, and from what. */
#ifndef PROBEWALK_RULES_WALKER_H
#define PROBEWALK_RULES_WALKER_H

#include "rules/adders.h"
#include "rules/edges.h"
#include "rules/probe.h"
#include "rules/registrar.h"

/* Rules outlive the walker, so their lists of names are not copied. */
struct shared_model {
	struct shared_model *next;
	const struct rule *rule; /* its dispatch fields */
	struct driver_model model;
	bool told_unseen; /* by walker_unseen() */
};

struct shared_registrars {
	struct shared_registrars *next;
	const struct string_list *functions;
	const struct driver_model *model;
	struct registrars regs;
};

struct shared_probes {
	struct shared_probes *next;
	const struct rule *rule; /* its callbacks */
	const struct driver_model *model; /* which stands for the dispatch */
	const struct registrars *regs; /* NULL: no bus of a registration */
	struct probes probes;
};

struct shared_adders {
	struct shared_adders *next;
	const struct string_list *functions;
	const struct driver_model *model;
	struct adders adders;
};

struct walker {
	const struct graph *g;
	struct resolver r;
	struct edges edges;
	uint32_t nr_paths; /* that a finding shows */
	struct shared_model *models;
	struct shared_registrars *regs;
	struct shared_probes *probes;
	struct shared_adders *adders;
	enum confidence least; /* of what is asked for */
	uint32_t nr_cut; /* searches that ended early, in all rules */
	uint32_t nr_given_up; /* and for more ways than one */
	uint64_t nr_steps; /* see walker_nr_steps() */
};

/* Made when the first rule asks. */
struct shared_model *walker_model(struct walker *w, const struct rule *rule);
const struct registrars *walker_registrars(struct walker *w,
					   const struct string_list *functions,
					   const struct driver_model *model);
const struct probes *walker_probes(struct walker *w, const struct rule *rule,
				   const struct driver_model *model,
				   const struct registrars *regs);
const struct adders *walker_adders(struct walker *w,
				   const struct string_list *functions,
				   const struct driver_model *model);

#endif
