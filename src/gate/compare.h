/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to the comparison: what the patch says of files, names and lines. */
#ifndef PROBEWALK_GATE_COMPARE_H
#define PROBEWALK_GATE_COMPARE_H

#include "gate/gate.h"

/* New texts of files, and names that were looked for in them. */
struct texts {
	struct string_list paths;
	char **content; /* one a path; NULL: cannot be read */
	struct u64map known; /* by file and name: 1 not there, 2 there */
};

/* Does a word stand in a file? One that cannot be read has none. */
bool texts_have(struct texts *texts, const char *path, const char *name);
void texts_release(struct texts *texts);

/* The path of a file after the patch. */
const char *gate_new_path(const struct patch_set *patch, const char *file);

/* Set ->file and ->line of an entry. */
void gate_find_place(const struct patch_set *patch, struct gate_entry *e);

#endif
