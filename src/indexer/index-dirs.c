// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prefix headers for directories. What a subsystem's units have in common
 * beyond the kernel-wide headers costs more than all the rest of a parse:
 * <net/mac80211.h>, a driver's own "core.h". Which directories are worth one is
 * measured: a few units of each are parsed first, and what they had to read
 * tells.
 */
#include <string.h>

#include "indexer/index-internal.h"

enum {
	/* Units that a directory must have, or it goes with the one above. */
	MIN_UNITS = 6,
	/* Units of a directory that are tried. */
	TRIALS = 3,
	/*
	 * Bytes of headers that a prefix must save, over all units of the
	 * directory: building one costs about what parsing three units costs.
	 */
	MIN_BYTES = 2 << 20,
};

/* ---- which units stand together ---- */

struct placed {
	const char *name; /* of the unit */
	uint32_t unit;
};

static int by_name(const void *a, const void *b)
{
	const struct placed *l = a, *r = b;
	int ret = strcmp(l->name, r->name);

	if (ret)
		return ret;
	return l->unit < r->unit ? -1 : l->unit > r->unit;
}

/* Bytes of the path down to and with its @depth-th '/', or 0. */
static size_t dir_len(const char *name, uint32_t depth)
{
	const char *p = name;

	while (depth-- && (p = strchr(p, '/')))
		p++;
	return p ? p - name : 0;
}

struct dir_plan {
	struct index_job *job;
	uint32_t parent; /* group whose units these are */
	struct placed *rest; /* units that found no directory yet */
	uint32_t nr_rest;
};

static void make_group(struct dir_plan *plan, const struct placed *units,
		       uint32_t nr)
{
	uint32_t group = plan_add_group(plan->job, plan->parent), i;

	for (i = 0; i < nr; i++)
		plan_add_to_group(plan->job, group, units[i].unit);
}

/*
 * Units below one directory, sorted by name: those below each of its
 * directories first; what is left over there is taken together here.
 */
static void plan_below(struct dir_plan *plan, const struct placed *units,
		       uint32_t nr, uint32_t depth)
{
	uint32_t first = plan->nr_rest, i = 0;

	while (i < nr) {
		size_t len = dir_len(units[i].name, depth + 1);
		uint32_t from = i++;

		if (!len) {
			plan->rest[plan->nr_rest++] = units[from];
			continue;
		}
		while (i < nr && !strncmp(units[i].name, units[from].name, len))
			i++;
		plan_below(plan, units + from, i - from, depth + 1);
	}
	/* the tree as a whole is what the parent is for */
	if (!depth || plan->nr_rest - first < MIN_UNITS)
		return;
	make_group(plan, plan->rest + first, plan->nr_rest - first);
	plan->nr_rest = first;
}

static void plan_group(struct index_job *job, uint32_t group)
{
	uint32_t nr = job->groups[group].nr_units, i;
	struct placed *units = xcalloc(nr, sizeof(*units));
	struct dir_plan plan = { .job = job, .parent = group };

	for (i = 0; i < nr; i++) {
		units[i].unit = job->groups[group].units[i];
		units[i].name = job->units[units[i].unit].name;
	}
	qsort(units, nr, sizeof(*units), by_name);
	plan.rest = xcalloc(nr, sizeof(*plan.rest));
	plan_below(&plan, units, nr, 0);
	free(plan.rest);
	free(units);
}

void dirs_plan(struct index_job *job)
{
	uint32_t nr = job->nr_groups, i;

	for (i = 0; i < nr; i++)
		if (job->groups[i].built)
			plan_group(job, i);
}

/* ---- trials ---- */

static bool is_dir(const struct index_group *g)
{
	return g->parent != NO_GROUP;
}

uint32_t dirs_trials(struct index_job *job, uint32_t **units)
{
	uint32_t i, j, nr = 0;

	*units = xcalloc(job->nr_units + 1, sizeof(**units));
	for (i = 0; i < job->nr_groups; i++) {
		const struct index_group *g = &job->groups[i];

		for (j = 0; is_dir(g) && j < TRIALS; j++)
			(*units)[nr++] = g->units[(2 * j + 1) * g->nr_units /
						  (2 * TRIALS)];
	}
	return nr;
}

/* ---- decisions ---- */

static void decide(struct index_job *job, uint32_t group)
{
	const struct index_group *g = &job->groups[group];
	const struct index_trial *t = &g->trial;

	if (!t->nr)
		return;
	if ((t->harmed + t->broken) * 2 > t->nr) {
		plan_choose(job, group, PREFIX_LEAD, NO_GROUP);
		/* they begin in many ways: at least without foreign headers */
		if (!job->groups[group].prefix && t->broken)
			plan_choose(job, group, PREFIX_COMMON, NO_GROUP);
		return;
	}
	if (t->bytes / t->nr * g->nr_units >= MIN_BYTES)
		plan_choose(job, group, PREFIX_CHILD, g->parent);
}

void dirs_decide(struct index_job *job)
{
	uint32_t i;

	for (i = 0; i < job->nr_groups; i++)
		if (is_dir(&job->groups[i]))
			decide(job, i);
}

/* A directory whose prefix stands on none may have more in common. */
static void stack(struct index_job *job, uint32_t group)
{
	uint32_t nr = job->groups[group].nr_units, i;
	uint32_t child = plan_add_group(job, group);

	for (i = 0; i < nr; i++)
		plan_add_to_group(job, child, job->groups[group].units[i]);
	plan_choose(job, child, PREFIX_CHILD, group);
}

void dirs_stack(struct index_job *job)
{
	uint32_t nr = job->nr_groups, i;

	for (i = 0; i < nr; i++)
		if (job->groups[i].built && job->groups[i].trial.nr &&
		    !is_dir(&job->groups[i]))
			stack(job, i);
}
