/* SPDX-License-Identifier: GPL-2.0-only */
/* Buses of callbacks that stand in no driver: see probe-handed.c. */
#ifndef PROBEWALK_RULES_PROBE_HANDED_H
#define PROBEWALK_RULES_PROBE_HANDED_H

#include "rules/probe.h"

/**
 * probes_find_handed() - say of what bus plain callbacks are, where all agree
 * @probes: all there are, in any order; the bus is filled in
 * @g: graph they are of
 * @callbacks: fields of which the rule only says that they are called
 */
void probes_find_handed(struct probes *probes, const struct graph *g,
			const struct string_list *callbacks);

#endif
