/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the walk: what is inferred for a rule, and what is found on the
 * way from a start to a target.
 */
#ifndef PROBEWALK_RULES_ANALYSIS_H
#define PROBEWALK_RULES_ANALYSIS_H

#include "rules/edges.h"
#include "rules/finding.h"
#include "rules/given.h"
#include "rules/probe.h"
#include "rules/registrar.h"
#include "rules/walk.h"

/* What must not be reached: a registration, or a call of a named function. */
struct target {
	uint32_t call; /* number of the call */
	const struct site *site; /* NULL unless a registration */
	int device_arg; /* the argument that names the device, or -1 */
};

struct adders;
struct joiner;
struct walk_paths;

struct analysis {
	const struct graph *g;
	const struct rule *rule;
	struct findings *findings;
	uint32_t nr_paths; /* that a finding is to show */
	/* the walker's, which other rules use as well */
	struct resolver *r;
	struct edges *edges;
	const struct driver_model *model;
	struct site
		*sites; /* the targets' own, where @regs' do not say enough */
	/* of TARGET_REGISTRATION; what @regs take back, or NULL */
	const struct registrars *regs, *undo, *undoes;
	const struct probes *probes;
	const struct adders *adders; /* NULL unless chains may be found */

	struct target *targets; /* ordered by call */
	uint32_t nr_targets, alloc_targets;
	uint8_t *reaches; /* by symbol: gets to some target, not by low edges */
	uint8_t *barrier; /* by symbol: is not entered */
	uint8_t *starts; /* by symbol: the walk starts there, too */
	struct givens givens;
	uint8_t *matters; /* by symbol: reaches some target, or is called there
			   */
	struct u64map reported; /* (start, function with a target) -> 1, and the
				 * same of a target that not all ways allow */
	uint32_t nr_cut; /* functions with targets that more probes get to */
	uint32_t nr_given_up; /* searches for ways that were ended */
	uint64_t nr_steps; /* edges looked at for ways that are sure */
	enum confidence least; /* of what is asked for */
	struct joiner *joiner; /* made when a finding needs it */
	struct walk_paths *paths; /* see walk-paths.c */
};

/* A way from a start to a target: edges in call order, the target's last. */
struct trace {
	const struct edge **edges;
	uint32_t nr;
};

/* How sure one is of a whole trace: as sure as of its weakest edge. */
enum confidence trace_confidence(const struct graph *g,
				 const struct trace *trace);

/* A trace of edges, which have to live on; ->edges is to be freed. */
void trace_of(const struct edge *edges, uint32_t nr, struct trace *trace);

/* walk.c: for what walks in another way */

/* Whether the targets in a function were reported for a start; the other says
 * so of them. */
bool walk_is_reported(const struct analysis *a, const struct probe *probe,
		      uint32_t fn);
bool walk_report(struct analysis *a, const struct probe *probe, uint32_t fn);
/* The same of one target: all in a function are on one way only as long as no
 * constant forbids some of them. */
bool walk_is_told(const struct analysis *a, const struct probe *probe,
		  const struct target *target);
bool walk_tell(struct analysis *a, const struct probe *probe,
	       const struct target *target);
/* Whether a walk goes along an edge, however sure it is. */
bool walk_is_followed(const struct analysis *a, const struct edge *e);
void walk_add_finding(struct analysis *a, const struct probe *probe,
		      uint32_t start, const struct trace *trace,
		      const struct target *target);

/* walk-given.c: where constants forbid something */

/* Whether a target can happen at the end of a way. */
bool walk_is_allowed(struct analysis *a, const struct trace *trace,
		     const struct target *target);

/**
 * walk_given() - tell of the targets in a function, by ways that are possible
 * @probe: where the ways start
 * @target: function with targets
 * @within: by symbol: 0 for what does not lead to @target
 * @least: edges that are less sure are not followed
 *
 * Return: whether all of them were told of, now or before.
 */
bool walk_given(struct analysis *a, const struct probe *probe, uint32_t target,
		const uint32_t *within, enum confidence least);

/* walk-any.c: from anywhere */
void walk_any(struct analysis *a);

/* walk-sure.c: by values, and through fields whose functions are known */
void walk_sure(struct analysis *a);

/* walk-low.c: what is left, through fields that anybody sets */
void walk_low(struct analysis *a);

/* targets.c */
void targets_find(struct analysis *a);
/*
 * Is a function that has the name of a target one? A static one of a C file is
 * that file's own, and only shares its name.
 */
bool target_is_meant(const struct graph *g, uint32_t fn);
/* Targets in a function: a run of a->targets. */
uint32_t targets_in(const struct analysis *a, uint32_t fn,
		    const struct target **first);

/* device-arg.c: is the device of a call the one that is being probed? */
enum device_kin {
	DEVICE_OTHER,
	DEVICE_UNKNOWN,
	DEVICE_BUS, /* all devices of its bus, of which some may be left out */
	DEVICE_SELF,
};

/**
 * target_device() - whose device a call is about
 * @probe: where the walk started, not NULL
 * @trace: way from there to the function of the target
 * @target: one with a device argument
 */
enum device_kin target_device(struct analysis *a, const struct probe *probe,
			      const struct trace *trace,
			      const struct target *target);

/* possible.c: do the calls of a trace that go through fields fit together? */
bool trace_is_possible(struct analysis *a, const struct trace *trace);

struct paths;

enum detour {
	DETOUR_NONE, /* there is no way that is possible */
	DETOUR_FOUND,
	DETOUR_UNKNOWN, /* none among those that were tried */
};

/**
 * trace_detour() - the shortest way that is possible, where one trace is not
 * @start: function it begins in
 * @target: the call it leads to
 * @least: ways that are less sure do not count
 * @paths: filled; what the trace is made of, released with paths_release()
 * @trace: filled with DETOUR_FOUND; ->edges is to be freed
 */
enum detour trace_detour(struct analysis *a, uint32_t start,
			 const struct target *target, enum confidence least,
			 struct paths *paths, struct trace *trace);

/* describe.c: facts to the words of a finding */
char *call_spelling(const struct graph *g, const struct graph_call *c);

/**
 * finding_describe() - fill a finding
 * @probe: where the walk started; NULL when at the target itself
 * @trace: way from there to the function of the target
 */
void finding_describe(struct analysis *a, const struct probe *probe,
		      const struct trace *trace, const struct target *target,
		      struct finding *f);

/* One more way from the probe to the target. */
void finding_add_path(struct analysis *a, const struct trace *trace,
		      const struct target *target, struct finding *f);
/* The same driver: one variable, or the same field of allocated state. */
bool site_undone_by(struct analysis *a, const struct site *site,
		    const struct site *undo);
/* A variable's own memory, and not what some pointer in it leads to. */
bool is_variable(struct analysis *a, const struct place *p);
/* The field of allocated state that is a site's driver, or GRAPH_NONE. */
uint32_t site_slot(struct analysis *a, const struct registrars *regs,
		   const struct site *site);

/* guard.c: add the guards of a call to a finding. @depth: how many edges of the
 * trace lead to the call. */
void guards_describe(struct analysis *a, const struct trace *trace,
		     uint32_t depth, uint32_t call, struct finding *f);

struct join;
/* The outer half of a chain, for a finding. */
struct finding_outer *finding_describe_outer(struct analysis *a,
					     const struct join *join);

/* qualify.c: what else a reviewer has to know, with its place */
void finding_qualify(struct analysis *a, const struct probe *probe,
		     const struct target *target, struct finding *f);

/* verdict.c */
void finding_judge(struct analysis *a, const struct probe *probe,
		   const struct target *target, struct finding *f);

#endif
