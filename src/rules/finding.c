// SPDX-License-Identifier: GPL-2.0-only
/*
 * Findings: their names, their ids, and how two that are the same become one.
 * The same source in two configurations gives the same finding twice; a reader
 * wants it once, with the clearer evidence of the two, whichever came first.
 */
#include <errno.h>
#include <string.h>

#include "util/hash.h"

#include "rules/finding.h"

static const char *const verdict_names[] = {
	[VERDICT_SAME_BUS] = "same-bus",
	[VERDICT_TRANSITIVE] = "transitive",
	[VERDICT_CROSS_BUS] = "cross-bus",
	[VERDICT_UNKNOWN_BUS] = "unknown-bus",
	[VERDICT_REACHED] = "reached",
};

static const char *const qualifier_names[] = {
	[QUALIFIER_ONCE_GUARD] = "once-guard",
	[QUALIFIER_NO_UNREGISTER] = "no-unregister",
	[QUALIFIER_UNREGISTER_IN_REMOVE] = "unregister-in-remove",
	[QUALIFIER_PER_INSTANCE] = "per-instance",
	[QUALIFIER_RETURN_IGNORED] = "return-ignored",
};

static const char *const hang_names[] = {
	[HANG_NOT_JUDGED] = "not-judged",
	[HANG_CERTAIN] = "certain",
	[HANG_LOCK_ENFORCED] = "lock-enforced",
	[HANG_NONE] = "none",
	[HANG_UNKNOWN] = "unknown",
};

static const char *const edge_names[] = {
	[EDGE_DIRECT] = "direct",
	[EDGE_POINTER] = "pointer",
	[EDGE_CALLBACK] = "callback",
};

const char *verdict_name(enum verdict verdict)
{
	return verdict_names[verdict];
}

int verdict_gravity(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_SAME_BUS:
		return 3;
	case VERDICT_TRANSITIVE:
		return 2;
	case VERDICT_CROSS_BUS:
	case VERDICT_UNKNOWN_BUS:
		return 1;
	case VERDICT_REACHED:
		break;
	}
	return 0;
}

int verdict_parse(const char *name, enum verdict *verdict)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(verdict_names); i++) {
		if (strcmp(name, verdict_names[i]))
			continue;
		*verdict = i;
		return 0;
	}
	return -EINVAL;
}

const char *qualifier_name(enum qualifier_kind kind)
{
	return qualifier_names[kind];
}

const char *hang_name(enum hang hang)
{
	return hang_names[hang];
}

const char *edge_name(enum edge_kind edge)
{
	return edge_names[edge];
}

/* ---- identity ---- */

/* With a mark for "none", so that no string runs into its neighbour. */
static uint64_t hash_string(const char *s, uint64_t seed)
{
	return s ? hash64(s, strlen(s) + 1, seed) : hash64_u64(0, seed);
}

/* A variable of the function may be renamed; one with a place has a name. */
const char *finding_driver_key(const struct finding *f)
{
	const struct finding_driver *driver = &f->registration.driver;
	const char *arrow;

	if (!driver->name)
		return f->registration.callee;
	arrow = driver->file ? NULL : strstr(driver->name, "->");
	return arrow ? arrow : driver->name;
}

uint64_t finding_hash(const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;
	uint64_t h;

	h = hash_string(f->rule->id, 0);
	h = hash_string(f->probe.function, h);
	h = hash_string(f->probe.file, h);
	h = hash_string(reg->function, h);
	h = hash_string(reg->file, h);
	return hash_string(finding_driver_key(f), h);
}

/* ---- order ---- */

static int cmp_strings(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int cmp_numbers(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int cmp_hops(const struct finding_hop *a, const struct finding_hop *b)
{
	int ret = cmp_strings(a->file, b->file);

	if (!ret)
		ret = cmp_numbers(a->line, b->line);
	if (!ret)
		ret = cmp_numbers(a->col, b->col);
	if (!ret)
		ret = cmp_strings(a->function, b->function);
	return ret ? ret : cmp_strings(a->callee, b->callee);
}

static int cmp_paths(const struct finding_hop *a, size_t nr_a,
		     const struct finding_hop *b, size_t nr_b)
{
	int ret = cmp_numbers(nr_a, nr_b);
	size_t i;

	for (i = 0; !ret && i < nr_a; i++)
		ret = cmp_hops(&a[i], &b[i]);
	return ret;
}

/* The surer one first, then the shorter one; none is last. */
static int cmp_outers(const struct finding_outer *a,
		      const struct finding_outer *b)
{
	int ret = cmp_numbers(!a, !b);

	if (ret || !a)
		return ret;
	ret = cmp_numbers(b->confidence, a->confidence);
	if (!ret)
		ret = cmp_paths(a->path, a->nr_path, b->path, b->nr_path);
	return ret ? ret
		   : cmp_strings(a->probe.driver.name, b->probe.driver.name);
}

static int cmp_qualifiers(const struct finding *a, const struct finding *b)
{
	int ret = cmp_numbers(b->nr_qualifiers, a->nr_qualifiers);
	size_t i;

	for (i = 0; !ret && i < a->nr_qualifiers; i++) {
		const struct finding_qualifier *x = &a->qualifiers[i];
		const struct finding_qualifier *y = &b->qualifiers[i];

		ret = cmp_numbers(x->kind, y->kind);
		if (!ret)
			ret = cmp_strings(x->file, y->file);
		if (!ret)
			ret = cmp_numbers(x->line, y->line);
	}
	return ret;
}

static int cmp_evidence(const struct finding *a, const struct finding *b)
{
	int ret = cmp_numbers(b->confidence, a->confidence);

	if (!ret)
		ret = cmp_numbers(b->severity, a->severity);
	if (!ret)
		ret = cmp_numbers(a->verdict, b->verdict);
	if (!ret)
		ret = cmp_paths(a->path, a->nr_path, b->path, b->nr_path);
	if (!ret)
		ret = cmp_outers(a->outer, b->outer);
	if (!ret)
		ret = cmp_strings(a->probe.driver.name, b->probe.driver.name);
	if (!ret)
		ret = cmp_numbers(b->nr_guards, a->nr_guards);
	if (!ret)
		ret = cmp_numbers(b->nr_unregisters, a->nr_unregisters);
	if (!ret)
		ret = cmp_qualifiers(a, b);
	return ret ? ret : cmp_strings(a->message, b->message);
}

/* What always runs before what was asked for: that is what one came for. */
static int cmp_rules(const struct rule *a, const struct rule *b)
{
	if (a->enabled != b->enabled)
		return a->enabled ? -1 : 1;
	return strcmp(a->id, b->id);
}

static int cmp_findings(const void *x, const void *y)
{
	const struct finding *a = x, *b = y;
	int ret = cmp_rules(a->rule, b->rule);

	if (!ret)
		ret = cmp_strings(a->probe.file, b->probe.file);
	if (!ret)
		ret = cmp_numbers(a->probe.line, b->probe.line);
	return ret ? ret : cmp_numbers(a->id, b->id);
}

void findings_sort(struct findings *list)
{
	if (list->nr)
		qsort(list->list, list->nr, sizeof(*list->list), cmp_findings);
	u64map_release(&list->by_id);
}

/* ---- lists ---- */

static void unite_configs(struct finding *f, const struct finding *other)
{
	size_t i;

	for (i = 0; i < other->configs.nr; i++)
		string_list_add(&f->configs, other->configs.item[i]);
	string_list_sort_unique(&f->configs);
}

static void merge(struct finding *kept, struct finding *f)
{
	struct finding worse = *f;

	if (cmp_evidence(f, kept) < 0) {
		worse = *kept;
		*kept = *f;
	}
	unite_configs(kept, &worse);
	finding_release(&worse);
}

static void index_findings(struct findings *list)
{
	size_t i;

	u64map_init(&list->by_id);
	for (i = 0; i < list->nr; i++)
		u64map_put(&list->by_id, list->list[i].id, i + 1);
}

void findings_add(struct findings *list, struct finding *f)
{
	uint32_t have;

	f->id = finding_hash(f);
	string_list_sort_unique(&f->configs);
	if (!list->by_id.nr_slots)
		index_findings(list);
	have = u64map_get(&list->by_id, f->id);
	if (have) {
		merge(&list->list[have - 1], f);
	} else {
		ALLOC_GROW(list->list, list->nr + 1, list->alloc);
		list->list[list->nr++] = *f;
		u64map_put(&list->by_id, f->id, list->nr);
	}
	memset(f, 0, sizeof(*f));
}

static void driver_release(struct finding_driver *driver)
{
	free(driver->name);
	free(driver->file);
	free(driver->bus);
}

static void probe_release(struct finding_probe *probe)
{
	free(probe->function);
	free(probe->file);
	free(probe->slot);
	driver_release(&probe->driver);
}

static void path_release(struct finding_hop *path, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		free(path[i].function);
		free(path[i].file);
		free(path[i].callee);
	}
	free(path);
}

static void outer_release(struct finding_outer *outer)
{
	if (!outer)
		return;
	probe_release(&outer->probe);
	path_release(outer->path, outer->nr_path);
	free(outer->name);
	free(outer);
}

static void registration_release(struct finding_registration *reg)
{
	free(reg->callee);
	free(reg->function);
	free(reg->file);
	driver_release(&reg->driver);
}

void finding_release(struct finding *f)
{
	size_t i;

	probe_release(&f->probe);
	registration_release(&f->registration);
	path_release(f->path, f->nr_path);
	for (i = 0; i < f->nr_other_paths; i++)
		path_release(f->other_paths[i].hops, f->other_paths[i].nr);
	free(f->other_paths);
	outer_release(f->outer);
	for (i = 0; i < f->nr_guards; i++) {
		free(f->guards[i].kind);
		free(f->guards[i].variable);
		free(f->guards[i].file);
		free(f->guards[i].lock);
	}
	free(f->guards);
	for (i = 0; i < f->nr_unregisters; i++) {
		free(f->unregisters[i].function);
		free(f->unregisters[i].file);
	}
	free(f->unregisters);
	for (i = 0; i < f->nr_qualifiers; i++) {
		free(f->qualifiers[i].function);
		free(f->qualifiers[i].file);
		free(f->qualifiers[i].detail);
	}
	free(f->qualifiers);
	string_list_release(&f->configs);
	free(f->accepted);
	free(f->message);
	memset(f, 0, sizeof(*f));
}

void findings_release(struct findings *list)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		finding_release(&list->list[i]);
	free(list->list);
	u64map_release(&list->by_id);
	memset(list, 0, sizeof(*list));
}
