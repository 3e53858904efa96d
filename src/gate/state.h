/* SPDX-License-Identifier: GPL-2.0-only */
/* One state of a tree: a patch laid over it, and the database that has it. */
#ifndef PROBEWALK_GATE_STATE_H
#define PROBEWALK_GATE_STATE_H

#include "gate/analyse.h"

/* What the states of one gate_analyse() share. */
struct gate_run {
	const struct gate_options *opt;
	struct gate_result *result; /* ->units_*, ->left_out, ->notes */
	char *dir; /* temporary, ours alone */
	int64_t deadline; /* of index_now_ms(), or 0 */
	/* Waits for the findings before the patch; NULL: not there yet. */
	const struct report *(*findings)(void *data);
	void *findings_data;
};

int gate_run_init(struct gate_run *run, struct strbuf *err) __must_check;
void gate_run_release(struct gate_run *run);

/**
 * gate_state_make() - the database as it were with a patch
 * @store: gets a scratch store, also when it fails; to be closed
 */
int gate_state_make(struct gate_run *run, const struct patch_set *set,
		    struct store **store, struct strbuf *err) __must_check;

#endif
