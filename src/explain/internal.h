/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files that make an answer. */
#ifndef PROBEWALK_EXPLAIN_INTERNAL_H
#define PROBEWALK_EXPLAIN_INTERNAL_H

#include "explain/explain.h"
#include "rules/paths.h"
#include "rules/walker.h"

struct explain {
	const struct graph *g;
	const struct rule *rule;
	uint32_t max;
	struct walker *w;
	const struct driver_model *model;
	const struct registrars *regs;
	const struct probes *probes;
	uint8_t *barrier; /* by symbol */
	uint8_t *starts; /* by symbol: is a probe */
	struct givens givens;
	struct path_space space;
};

/* ---- function.c ---- */

/* What every answer begins with: by what it was made. */
json_t *answer_value(struct explain *x);

/* ---- value.c: facts as JSON ---- */

void set_value(json_t *object, const char *name, json_t *value);
/* Function, file and line of where something happens. */
json_t *site_value(struct explain *x, uint32_t fn, uint32_t file, uint32_t line,
		   uint32_t col);
/* A function and where it is defined. */
json_t *function_value(struct explain *x, uint32_t fn);
json_t *edge_value(struct explain *x, const struct edge *e);
json_t *path_value(struct explain *x, const struct path *path);
json_t *probe_value(struct explain *x, const struct probe *probe);

/* A list of which only the first are shown: { "total", "shown" }. */
struct list {
	json_t *shown;
	uint32_t total, max;
};
void list_init(struct list *list, uint32_t max);
/* Whether it is still shown: then @value is to be appended to ->shown. */
bool list_wants(struct list *list);
json_t *list_value(struct list *list);

/* Functions that the driver core calls, as elements of ->probes: the run of
 * those that are @fn. */
uint32_t probes_of(const struct explain *x, uint32_t fn,
		   const struct probe **first);

/* ---- role.c ---- */
json_t *roles_value(struct explain *x, uint32_t fn);

/* ---- address.c ---- */

/* Where a function puts a parameter, itself or by another: a field or a
 * variable, or NULL. To be freed. */
char *kept_in(struct explain *x, uint32_t fn, uint32_t param, int depth);

/* Is an assignment only there for EXPORT_SYMBOL()? */
bool is_export(struct explain *x, uint32_t assign);
json_t *address_value(struct explain *x, uint32_t fn);
/* One use as an argument or on the right of an assignment. */
json_t *passing_value(struct explain *x, uint32_t call, uint32_t fn);
json_t *storing_value(struct explain *x, uint32_t assign, uint32_t fn);

/* ---- between.c ---- */

/* Sets "paths", and when there is none "gap". */
void between_values(struct explain *x, uint32_t from, uint32_t to,
		    json_t *object);

/* ---- forbidden.c ---- */

/* Ways that only a constant forbids, the shortest first. */
json_t *forbidden_value(struct explain *x, uint32_t from, uint32_t to);

#endif
