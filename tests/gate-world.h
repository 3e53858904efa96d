/* SPDX-License-Identifier: GPL-2.0-only */
/* Two states and a patch between them, without a graph and without git. */
#ifndef PROBEWALK_TESTS_GATE_WORLD_H
#define PROBEWALK_TESTS_GATE_WORLD_H

#include "gate/gate.h"

#include "findings-by-hand.h"

struct world {
	struct gate_result result;
	struct patch_set patch;
	char dir[64];
};

void world_init(struct world *w);
void world_release(struct world *w);

/* @text: the new content; NULL: deleted. Its lines @first to @last are new. */
void change(struct world *w, const char *path, const char *old_path,
	    const char *text, uint32_t first, uint32_t last);

/* make_finding() in one configuration, and variants of it. */
struct finding base(void);
struct finding with_probe(const char *name);
void be_cross_bus(struct finding *f);

/* Takes over what @f holds. */
void add(struct report *report, struct finding f);

/**
 * expect() - compare the two states
 * @name: of the case, for when it fails
 * @expected: the kinds of the entries, each with a blank behind it, and with
 *	      why it is worse in parentheses
 */
void expect(struct world *w, const char *name, const char *expected);

#endif
