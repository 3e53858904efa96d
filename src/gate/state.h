/* SPDX-License-Identifier: GPL-2.0-only */
/* One state of a tree: a patch laid over it, and the database that has it. */
#ifndef PROBEWALK_GATE_STATE_H
#define PROBEWALK_GATE_STATE_H

#include "gate/analyse.h"

/* A configuration that is looked at. */
struct gate_config {
	uint32_t id;
	char *name, *tree, *kernel;
	bool changed; /* in some state it says something else than the database
		       */
};

/* What the states of one gate_analyse() share. */
struct gate_run {
	const struct gate_options *opt;
	struct gate_result *result; /* ->units_*, ->left_out, ->notes */
	char *dir; /* temporary, ours alone */
	int64_t deadline; /* of index_now_ms(), or 0 */
	/* of commits: what stands in the tree need not be what was indexed */
	bool is_range;
	int states_left; /* to be made after this one */
	int64_t walk_ms; /* the longest walk of a configuration, or 0 */
	struct gate_config *configs; /* by the first gate_state_make() */
	size_t nr, alloc;
	bool is_part; /* there are more of them in the database */
	/*
	 * The findings of a configuration before the patch, among others; NULL
	 * when they cannot be told. May take as long as a walk.
	 */
	const struct report *(*findings)(void *data,
					 struct gate_config *config);
	void *findings_data;
};

/**
 * gate_run_init() - make the directory of a run, and start its clock
 * @run: ->opt and ->result are set, all else is zero
 * @err: gets why there is no directory
 *
 * Return: 0, or -errno of making the directory. gate_run_release() is due
 * either way.
 */
int gate_run_init(struct gate_run *run, struct strbuf *err) __must_check;

/**
 * gate_run_release() - free the configurations, remove the directory
 * @run: after gate_run_init(), whatever that returned; what ->opt and ->result
 *	 point to stays
 */
void gate_run_release(struct gate_run *run);

/**
 * gate_state_make() - the database as it were with a patch
 * @store: gets a scratch store, also when it fails; to be closed
 *
 * Finds out which configurations it changes: run->configs[].changed.
 */
int gate_state_make(struct gate_run *run, const struct patch_set *set,
		    struct store **store, struct strbuf *err) __must_check;

struct overlay;

/**
 * gate_overlay_use() - see a tree with a patch from now on
 * @overlay: replaced by a new one; to be freed with overlay_free()
 * @tree: absolute path, as the commands name it
 */
int gate_overlay_use(struct overlay **overlay, const struct gate_run *run,
		     const struct patch_set *set, const char *tree,
		     struct strbuf *err) __must_check;

#endif
