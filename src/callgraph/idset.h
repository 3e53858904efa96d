/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sets of ids as bytes: ascending, differences in base 128, lowest digit first.
 * A unit reads hundreds of files and sees thousands of declarations, most of
 * them numbered one after another: a byte each instead of a row each.
 */
#ifndef PROBEWALK_CALLGRAPH_IDSET_H
#define PROBEWALK_CALLGRAPH_IDSET_H

#include <stdbool.h>
#include <stdint.h>

#include "util/strbuf.h"

/**
 * idset_encode() - append a set
 * @out: where to
 * @ids: its members, none of them 0; sorted by this function, may repeat
 * @nr: how many
 */
void idset_encode(struct strbuf *out, uint32_t *ids, uint32_t nr);

struct idset_iter {
	const unsigned char *p, *end;
	uint32_t id;
};

static inline void idset_begin(struct idset_iter *it, const void *data,
			       size_t len)
{
	it->p = data;
	it->end = it->p + len;
	it->id = 0;
}

/*
 * False at the end; bytes cut off in the middle of a member are the end. Here,
 * because the sets of a kernel have ten million members.
 */
static inline bool idset_next(struct idset_iter *it, uint32_t *id)
{
	uint32_t diff = 0;
	unsigned int shift = 0;

	while (it->p < it->end && shift < 32) {
		unsigned char c = *it->p++;

		diff |= (uint32_t)(c & 0x7f) << shift;
		if (!(c & 0x80)) {
			*id = it->id += diff;
			return true;
		}
		shift += 7;
	}
	return false;
}

#endif
