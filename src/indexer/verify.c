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

static bool is_in_prefix(const struct index_job *job, uint32_t group,
			 uint64_t hash)
{
	for (; group != NO_GROUP; group = job->groups[group].parent)
		if (u64map_get(&job->groups[group].bodies, hash))
			return true;
	return false;
}

/* Each header body of the exact parse was seen one way or the other. */
static bool is_covered(const struct hashes *all, const struct hashes *some,
		       const struct index_job *job, uint32_t group)
{
	uint32_t i, j = 0;

	for (i = 0; i < all->nr; i++) {
		while (j < some->nr && some->v[j] < all->v[i])
			j++;
		if ((j == some->nr || some->v[j] != all->v[i]) &&
		    !is_in_prefix(job, group, all->v[i]))
			return false;
	}
	return true;
}

static bool headers_agree(const struct unit_facts *exact,
			  const struct unit_facts *prefix,
			  const struct index_job *job, uint32_t group)
{
	struct hashes all = collect(exact, true);
	struct hashes some = collect(prefix, true);
	bool ret = is_subset(&some, &all) &&
		   is_covered(&all, &some, job, group);

	free(all.v);
	free(some.v);
	return ret;
}

static bool units_agree(const struct unit_facts *exact,
			const struct unit_facts *prefix)
{
	struct hashes all = collect(exact, false);
	struct hashes some = collect(prefix, false);
	bool ret = some.nr == all.nr && is_subset(&some, &all);

	free(all.v);
	free(some.v);
	return ret;
}

bool facts_agree(const struct unit_facts *exact,
		 const struct unit_facts *prefix, const struct index_job *job,
		 uint32_t group)
{
	return exact->status == prefix->status && units_agree(exact, prefix) &&
	       headers_agree(exact, prefix, job, group);
}

void verify_remember(struct u64map *bodies, const struct unit_facts *facts)
{
	uint32_t i;

	for (i = 0; i < facts->nr_bodies; i++)
		u64map_put(bodies,
			   unit_facts_hash_body(facts, &facts->bodies[i]), 1);
}
