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
