/* SPDX-License-Identifier: GPL-2.0-only */
/* Reports for the renderers, that no graph and no parser made. */
#ifndef PROBEWALK_TESTS_REPORT_BY_HAND_H
#define PROBEWALK_TESTS_REPORT_BY_HAND_H

#include "report/report.h"

#include "findings-by-hand.h"

/* The bytes of a format; for free(). */
char *render(const struct report *report, const char *name);

/* Two units of one configuration, and nothing found. */
struct report empty_report(void);
/* Takes over what @f holds. */
void add(struct report *report, struct finding f);
/* A unit that was not analysed, or only partly. */
void add_unit(struct report *report, const char *file, const char *status,
	      const char *reason);

/* For ->outer of a transitive finding, which frees it. */
struct finding_outer *make_outer(void);
/* Three kinds, into a finding that has none. */
void set_qualifiers(struct finding *f);
/* One of which hardly anything is known. */
struct finding unknown_finding(void);

#endif
