// SPDX-License-Identifier: GPL-2.0-only
/* Findings that share their registration: see group.h. */
#include <string.h>

#include "report/group.h"

static uint64_t hash_string(const char *s, uint64_t seed)
{
	return s ? hash64(s, strlen(s) + 1, seed) : hash64_u64(0, seed);
}

uint64_t finding_group(const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;
	uint64_t h;

	h = hash_string(f->rule->id, 0);
	h = hash_string(reg->function, h);
	h = hash_string(reg->file, h);
	return hash_string(finding_driver_key(f), h);
}

static bool same_text(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

static bool same_hop(const struct finding_hop *a, const struct finding_hop *b)
{
	return a->line == b->line && a->col == b->col && a->edge == b->edge &&
	       same_text(a->file, b->file) &&
	       same_text(a->function, b->function) &&
	       same_text(a->callee, b->callee);
}

/*
 * How many hops at their ends are the same; and the first of these stands in
 * the same function, so what leads there is what differs.
 */
static size_t common_hops(const struct finding *a, const struct finding *b,
			  size_t most)
{
	size_t nr = 0;

	while (nr < most && nr < a->nr_path && nr < b->nr_path &&
	       same_hop(&a->path[a->nr_path - 1 - nr],
			&b->path[b->nr_path - 1 - nr]))
		nr++;
	return nr;
}

static int by_path(const void *x, const void *y)
{
	const struct finding *a = *(const struct finding *const *)x;
	const struct finding *b = *(const struct finding *const *)y;

	if (a->nr_path != b->nr_path)
		return a->nr_path < b->nr_path ? -1 : 1;
	return (a > b) - (a < b); /* one array, in order */
}

/* Two calls in one function share their group's id, and are two groups. */
static uint64_t place_key(const struct finding *f)
{
	uint64_t h = hash64_u64(f->registration.line, finding_group(f));

	return hash64_u64(f->registration.col, h);
}

static void finish(struct group *group)
{
	size_t i;

	qsort(group->members, group->nr, sizeof(*group->members), by_path);
	group->nr_common = group->members[0]->nr_path;
	for (i = 1; i < group->nr; i++)
		group->nr_common = common_hops(
			group->members[0], group->members[i], group->nr_common);
}

void groups_make(struct groups *groups, const struct findings *findings)
{
	struct u64map by_key;
	size_t i;

	memset(groups, 0, sizeof(*groups));
	groups->list = xcalloc(findings->nr + 1, sizeof(*groups->list));
	u64map_init(&by_key);
	for (i = 0; i < findings->nr; i++) {
		const struct finding *f = &findings->list[i];
		uint64_t key = place_key(f);
		struct group *group;

		if (f->accepted)
			continue;
		if (u64map_add(&by_key, key, groups->nr + 1))
			groups->nr++;
		group = &groups->list[u64map_get(&by_key, key) - 1];
		group->members =
			xrealloc(group->members,
				 (group->nr + 1) * sizeof(*group->members));
		group->members[group->nr++] = f;
	}
	u64map_release(&by_key);
	for (i = 0; i < groups->nr; i++)
		finish(&groups->list[i]);
}

void groups_release(struct groups *groups)
{
	size_t i;

	for (i = 0; i < groups->nr; i++)
		free(groups->list[i].members);
	free(groups->list);
	memset(groups, 0, sizeof(*groups));
}
