/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One registration that many probes reach (a helper that a dozen drivers call)
 * is one thing to mend: findings that share it are a group.
 */
#ifndef PROBEWALK_REPORT_GROUP_H
#define PROBEWALK_REPORT_GROUP_H

#include "rules/finding.h"

/* Stable under line moves, the same for all findings of a group. */
uint64_t finding_group(const struct finding *f);

struct group {
	/* The shortest path first, then in the order of the findings. */
	const struct finding **members;
	size_t nr;
	size_t nr_common; /* last hops that all members have in common */
};

struct groups {
	struct group *list; /* in the order of their first findings */
	size_t nr;
};

/**
 * groups_make() - bring together what belongs together
 * @groups: filled; released with groups_release()
 * @findings: sorted; the groups point into them; those that are accepted are
 *	      in none
 */
void groups_make(struct groups *groups, const struct findings *findings);
void groups_release(struct groups *groups);

#endif
