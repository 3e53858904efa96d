/* SPDX-License-Identifier: GPL-2.0-only */
/* The formats of the gate: one a file, each with its struct at the foot. */
#ifndef PROBEWALK_GATE_FORMAT_H
#define PROBEWALK_GATE_FORMAT_H

#include "gate/gate.h"

extern const struct gate_format gate_text, gate_json, gate_sarif, gate_github,
	gate_gitlab;

/* What to say of an entry: the message of its finding, and why it is worse. */
void gate_message(const struct gate_entry *entry, struct strbuf *out);

/* "the build directory's a.c is not analysed again in arm64: too many" */
void gate_left_out_text(const struct gate_left_out *left, struct strbuf *out);

/* Where it is shown: the place that the patch touches, else the site. */
void gate_place(const struct gate_entry *entry, const char **file,
		uint32_t *line);

#endif
