/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the file of a baseline and what it means. */
#ifndef PROBEWALK_GATE_BASELINE_INTERNAL_H
#define PROBEWALK_GATE_BASELINE_INTERNAL_H

#include "gate/baseline.h"

/* Takes over what @e holds. */
void baseline_add(struct baseline *b, struct baseline_entry *e);
void baseline_entry_release(struct baseline_entry *e);
void baseline_sort(struct baseline *b);

#endif
