// SPDX-License-Identifier: GPL-2.0-only
/* Sets of ids as bytes, see idset.h. */
#include "callgraph/idset.h"

static int cmp_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

void idset_encode(struct strbuf *out, uint32_t *ids, uint32_t nr)
{
	uint32_t i, diff, last = 0;

	if (nr)
		qsort(ids, nr, sizeof(*ids), cmp_ids);
	for (i = 0; i < nr; i++) {
		diff = ids[i] - last;
		if (!diff)
			continue;
		last = ids[i];
		for (; diff >= 0x80; diff >>= 7)
			strbuf_addch(out, (char)(diff | 0x80));
		strbuf_addch(out, (char)diff);
	}
}

void idset_begin(struct idset_iter *it, const void *data, size_t len)
{
	it->p = data;
	it->end = it->p + len;
	it->id = 0;
}

bool idset_next(struct idset_iter *it, uint32_t *id)
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
