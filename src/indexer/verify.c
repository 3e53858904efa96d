// SPDX-License-Identifier: GPL-2.0-only
/*
 * The same facts both ways? Diagnostics do not tell: a header that was changed
 * by what stands in front of it compiles either way. So the bodies are compared
 * by their content, as sets, because nothing depends on their order.
 */
#include <stdlib.h>

#include "indexer/index-internal.h"

struct hashes {
	uint64_t *v;
	uint32_t nr;
};

static int by_value(const void *a, const void *b)
{
	uint64_t l = *(const uint64_t *)a, r = *(const uint64_t *)b;

	return l < r ? -1 : l > r;
}

/* Hashes of the bodies in headers, or of those in the main file, sorted. */
static struct hashes collect(const struct unit_facts *facts, bool headers)
{
	struct hashes h = { xcalloc(facts->nr_bodies, sizeof(*h.v)), 0 };
	uint32_t i;

	for (i = 0; i < facts->nr_bodies; i++)
		if (facts->bodies[i].is_header == headers)
			h.v[h.nr++] =
				unit_facts_hash_body(facts, &facts->bodies[i]);
	if (h.nr)
		qsort(h.v, h.nr, sizeof(*h.v), by_value);
	return h;
}

/* Each of @some is in @all; both may hold a value more than once. */
static bool is_subset(const struct hashes *some, const struct hashes *all)
{
	uint32_t i, j = 0;

	for (i = 0; i < some->nr; i++) {
		while (j < all->nr && all->v[j] < some->v[i])
			j++;
		if (j == all->nr || all->v[j] != some->v[i])
			return false;
	}
	return true;
}

static bool bodies_agree(const struct unit_facts *exact,
			 const struct unit_facts *prefix, bool headers)
{
	struct hashes all = collect(exact, headers);
	struct hashes some = collect(prefix, headers);
	bool ret = is_subset(&some, &all);

	/* the main file's bodies are all there in both */
	if (!headers)
		ret = ret && some.nr == all.nr;
	free(all.v);
	free(some.v);
	return ret;
}

bool facts_agree(const struct unit_facts *exact,
		 const struct unit_facts *prefix)
{
	return exact->status == prefix->status &&
	       bodies_agree(exact, prefix, false) &&
	       bodies_agree(exact, prefix, true);
}
