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

void idset_begin(struct idset_iter *it, const void *data, size_t len);
/* False at the end; bytes cut off in the middle of a member are the end. */
bool idset_next(struct idset_iter *it, uint32_t *id);

#endif
