/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How far it is to a function, found backwards and level by level: whoever
 * wants the shortest ways from somewhere near need not go back from the whole
 * kernel.
 */
#ifndef PROBEWALK_RULES_DISTANCES_H
#define PROBEWALK_RULES_DISTANCES_H

#include "rules/paths.h"

struct distances {
	const struct path_space *space;
	uint32_t to;
	uint32_t keep; /* a barrier that is reached all the same, or NONE */
	uint32_t *of; /* by symbol, calls on the way plus one; 0: not met */
	/*
	 * All functions that are as near were gone back from. So what is met is
	 * one level more, and whatever is not met is further away than that.
	 */
	uint32_t level;
	uint32_t *queue; /* in the order in which they were met */
	uint32_t nr, at; /* when these are the same, all is met */
	size_t alloc;
};

void distances_init(struct distances *d, const struct path_space *space,
		    uint32_t to, uint32_t keep);
void distances_release(struct distances *d);

/* Go back one level more. Return: whether there is another one then. */
bool distances_go_back(struct distances *d);

/**
 * distances_find_from() - paths_find() to the function that these lead to
 * @d: with no @keep, and of a space with the same edges; goes back as far as it
 *     needs, and may be used for the next start
 * @space: what is followed, and to what end
 * @from: no barrier
 */
void distances_find_from(struct distances *d, const struct path_space *space,
			 uint32_t from, uint32_t max, struct paths *out);

#endif
