/* SPDX-License-Identifier: GPL-2.0-only */
/* Graphs in few words, and the findings of a walk over one. */
#ifndef PROBEWALK_TESTS_WALK_WORLD_H
#define PROBEWALK_TESTS_WALK_WORLD_H

#include "callgraph/graph.h"
#include "rules/rule.h"

struct world {
	struct graph *g;
	uint32_t line; /* every call and store stands on a line of its own */
	const char *macro; /* spelled at the sites of calls, or NULL */
};

struct world new_world(void);

/* All stand in drivers/a.c, where nothing else is said. */
uint32_t typed_symbol(struct world *w, uint8_t kind, const char *name,
		      const char *file, uint32_t attrs, const char *type);
uint32_t symbol(struct world *w, uint8_t kind, const char *name,
		const char *file, uint32_t attrs);
uint32_t typed_var(struct world *w, const char *name, const char *type);
uint32_t fn(struct world *w, const char *name);
uint32_t var(struct world *w, const char *name);

struct graph_value value(struct world *w, uint8_t kind, uint8_t addr,
			 uint32_t base, const char *path);
void call(struct world *w, uint32_t caller, uint32_t callee);
void call_arg(struct world *w, uint32_t caller, uint32_t callee,
	      struct graph_value arg);
void call_through(struct world *w, uint32_t caller, struct graph_value target);
/* @in: GRAPH_NONE for an initialiser. */
void set(struct world *w, uint32_t in, struct graph_value lhs,
	 struct graph_value rhs, const char *slot);
void field(struct world *w, const char *record, const char *name, uint8_t kind,
	   const char *type);

/*
 * A driver core of the smallest kind: struct drv holds a struct core, the bus's
 * probe dispatches to drv.probe, reg() registers a core, drv_reg() a drv.
 */
struct core {
	uint32_t reg, drv_reg, bus, other_bus, dispatch;
};

struct core add_core(struct world *w);
/* A driver variable whose probe is @probe. */
uint32_t add_driver(struct world *w, const char *name, uint32_t probe);
void register_driver(struct world *w, const struct core *c, uint32_t in,
		     uint32_t driver);

struct rule registration_rule(void);
void rule_free(struct rule *rule);
/*
 * What is found: "verdict confidence a -> b -> reg(driver); ..." in the order
 * of the findings. The graph is finished and freed, and so is the rule.
 */
void expect(struct world *w, struct rule *rule, const char *want);

#endif
