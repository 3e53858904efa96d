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
	uint64_t nr_steps; /* edges looked at */
	uint32_t *queue; /* in the order in which they were met */
	uint32_t nr, at;
	size_t alloc;
};

void distances_init(struct distances *d, const struct path_space *space,
		    uint32_t to, uint32_t keep);
void distances_release(struct distances *d);

/**
 * distances_go_back() - go back one level more
 * @max_steps: edges at which to stop, even amid a level; 0: never
 *
 * Return: whether the level is complete and there is another one. When it is
 * not, @d->at tells why: at the end of the queue all is met.
 */
bool distances_go_back(struct distances *d, uint64_t max_steps);

/* Everything that reaches the function was met. */
static inline bool distances_all(const struct distances *d)
{
	return d->at == d->nr;
}

#endif
