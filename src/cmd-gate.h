/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to gate: what it was asked, and the work. */
#ifndef PROBEWALK_CMD_GATE_H
#define PROBEWALK_CMD_GATE_H

#include "gate/gate.h"

#include "cmd-check.h"

struct gate_command {
	struct check_options check; /* but for its format */
	const struct gate_format *format;
	const char *tree; /* NULL: as the database says */
	struct string_list patches;
	const char *range; /* instead of patches, or NULL */
	uint32_t max_units, seconds; /* 0: no limit */
	int unit_seconds;
	int jobs; /* 0: one a CPU */
};

/**
 * gate_command_run() - from patches to the last byte of the report
 *
 * Prints what goes wrong.
 *
 * Return: enum exit_status.
 */
int gate_command_run(const struct gate_command *c);

#endif
