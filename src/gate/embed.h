/* SPDX-License-Identifier: GPL-2.0-only */
/* Sources that would have the compiler read any file there is. */
#ifndef PROBEWALK_GATE_EMBED_H
#define PROBEWALK_GATE_EMBED_H

#include <stdbool.h>
#include <stddef.h>

/**
 * embeds_file() - may a text have an #embed?
 *
 * Newer compilers take it in C, too, and the list of files that a unit read
 * does not name what it reads: so it has to be found beforehand. What cannot be
 * told for sure is taken for one; the kernel has none.
 */
bool embeds_file(const char *text, size_t len);

#endif
