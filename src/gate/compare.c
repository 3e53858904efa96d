// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is in one list of findings and not in the other, and what has become
 * worse. Most findings are told by their ids; the few that a patch moved or
 * renamed are matched by how much they have in common: see gate.h.
 */
#include <string.h>

#include "gate/compare.h"

/* How much of a part two findings have in common. */
enum likeness { OTHER, FOLLOWED, SAME };

/* A finding that has no match yet. */
struct loose {
	const struct finding *f;
	bool matched;
};

struct loose_list {
	struct loose *list;
	size_t nr;
};

struct pair {
	size_t before, after; /* in their lists of loose ones */
	unsigned int score;
};

struct matcher {
	struct gate_result *result;
	struct loose_list before, after;
	struct pair *pairs;
	size_t nr_pairs, alloc_pairs;
	struct texts texts;
};

static bool same_text(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

/* ---- what the patch did to files and names ---- */

static const char *new_file(struct matcher *m, const char *file)
{
	return gate_new_path(m->result->patch, file);
}

static bool same_file(struct matcher *m, const char *before, const char *after)
{
	if (!before || !after)
		return !before && !after;
	return !strcmp(new_file(m, before), after);
}

/* Without a patch (two reports) any name may have gone. */
static bool is_gone(struct matcher *m, const char *file, const char *name)
{
	const struct change *change;

	if (!file || !name || !m->result->patch)
		return true;
	change = patch_find(m->result->patch, new_file(m, file));
	if (!change)
		return false;
	return change->kind == CHANGE_DELETED ||
	       !texts_have(&m->texts, change->content, name);
}

static bool is_on_path(const struct finding *f, const char *function)
{
	size_t i;

	for (i = 0; i < f->nr_path; i++)
		if (!strcmp(f->path[i].function, function))
			return true;
	return false;
}

/* ---- the three parts ---- */

static enum likeness like_probe(struct matcher *m, const struct finding *b,
				const struct finding *a)
{
	const struct finding_probe *x = &b->probe, *y = &a->probe;
	bool file = same_file(m, x->file, y->file);
	bool name = same_text(x->function, y->function);

	if (file && name)
		return SAME;
	if (!file && !name)
		return OTHER;
	if (is_on_path(a, x->function) || is_gone(m, x->file, x->function) ||
	    (x->driver.file && !same_text(x->driver.name, y->driver.name) &&
	     is_gone(m, x->driver.file, x->driver.name)))
		return FOLLOWED;
	return OTHER;
}

static enum likeness like_site(struct matcher *m, const struct finding *b,
			       const struct finding *a)
{
	const struct finding_registration *x = &b->registration;
	const struct finding_registration *y = &a->registration;

	if (same_file(m, x->file, y->file) &&
	    same_text(x->function, y->function))
		return SAME;
	return FOLLOWED;
}

static enum likeness like_driver(struct matcher *m, const struct finding *b,
				 const struct finding *a)
{
	const struct finding_driver *x = &b->registration.driver;
	const struct finding_driver *y = &a->registration.driver;
	bool file = same_file(m, x->file, y->file);
	bool name = same_text(finding_driver_key(b), finding_driver_key(a));

	if (file && name)
		return SAME;
	if (name)
		return FOLLOWED;
	if (!x->name || !y->name) /* what is called is spelled otherwise */
		return !x->name && !y->name ? FOLLOWED : OTHER;
	if (!file)
		return OTHER;
	/* a field of allocated state has no place but where it is used */
	if (!x->file)
		return is_gone(m, b->registration.file, finding_driver_key(b))
			       ? FOLLOWED
			       : OTHER;
	return is_gone(m, x->file, x->name) ? FOLLOWED : OTHER;
}

/*
 * 0: two findings. The parts first, then what else is the same, for the choice
 * between several.
 */
static unsigned int alike(struct matcher *m, const struct finding *b,
			  const struct finding *a)
{
	enum likeness driver, probe, site;

	if (b->rule != a->rule && strcmp(b->rule->id, a->rule->id))
		return 0;
	driver = like_driver(m, b, a);
	if (driver == OTHER)
		return 0;
	site = like_site(m, b, a);
	/* an unnamed driver in another function could be any */
	if (driver == FOLLOWED && site != SAME && !b->registration.driver.name)
		return 0;
	probe = like_probe(m, b, a);
	if (probe == OTHER)
		return 0;
	return 64 * (driver + probe + site) +
	       32 * same_text(b->registration.function,
			      a->registration.function) +
	       16 * same_text(b->probe.driver.name, a->probe.driver.name) +
	       8 * same_text(b->registration.callee, a->registration.callee) +
	       4 * same_text(b->registration.driver.bus,
			     a->registration.driver.bus) +
	       2 * (b->verdict == a->verdict) + 1;
}

/* ---- matching ---- */

static void keep_loose(struct loose_list *to, const struct findings *from,
		       const struct findings *other)
{
	struct u64map ids;
	size_t i;

	u64map_init(&ids);
	for (i = 0; i < other->nr; i++)
		u64map_add(&ids, other->list[i].id, 1);
	to->list = xcalloc(from->nr + 1, sizeof(*to->list));
	for (i = 0; i < from->nr; i++)
		if (!u64map_get(&ids, from->list[i].id))
			to->list[to->nr++].f = &from->list[i];
	u64map_release(&ids);
}

static int cmp_pairs(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	if (a->before != b->before)
		return a->before < b->before ? -1 : 1;
	return (a->after > b->after) - (a->after < b->after);
}

static void find_pairs(struct matcher *m)
{
	size_t i, k;

	for (i = 0; i < m->before.nr; i++) {
		for (k = 0; k < m->after.nr; k++) {
			unsigned int score = alike(m, m->before.list[i].f,
						   m->after.list[k].f);

			if (!score)
				continue;
			ALLOC_GROW(m->pairs, m->nr_pairs + 1, m->alloc_pairs);
			m->pairs[m->nr_pairs++] = (struct pair){ i, k, score };
		}
	}
	if (m->nr_pairs)
		qsort(m->pairs, m->nr_pairs, sizeof(*m->pairs), cmp_pairs);
}

/* ---- entries ---- */

static void add_entry(struct gate_result *result, enum gate_kind kind,
		      const struct finding *before, const struct finding *after,
		      char *why)
{
	struct gate_entry *e;

	ALLOC_GROW(result->list, result->nr + 1, result->alloc);
	e = &result->list[result->nr++];
	*e = (struct gate_entry){
		.kind = kind, .before = before, .after = after, .why = why
	};
	gate_find_place(result->patch, e);
}

static void note_better(struct gate_result *result,
			const struct finding *before,
			const struct finding *after)
{
	char *text;

	if (verdict_gravity(after->verdict) >=
		    verdict_gravity(before->verdict) ||
	    after->verdict == VERDICT_UNKNOWN_BUS)
		return;
	text = xasprintf("%s() still reaches %s() for %s, and is %s now "
			 "instead of %s: better, and not mended.",
			 after->probe.function, after->registration.callee,
			 finding_driver_key(after),
			 verdict_name(after->verdict),
			 verdict_name(before->verdict));
	string_list_add(&result->notes, text);
	free(text);
}

static void compare_two(struct gate_result *result,
			const struct finding *before,
			const struct finding *after)
{
	char *why = gate_worse(before, after);

	if (why)
		add_entry(result, GATE_WORSENED, before, after, why);
	else
		note_better(result, before, after);
}

static void compare_same(struct gate_result *result)
{
	struct findings *after = &result->after.findings;
	struct u64map ids;
	size_t i, k;

	u64map_init(&ids);
	for (i = 0; i < after->nr; i++)
		u64map_add(&ids, after->list[i].id, i + 1);
	for (i = 0; i < result->before.findings.nr; i++) {
		const struct finding *f = &result->before.findings.list[i];

		k = u64map_get(&ids, f->id);
		if (k)
			compare_two(result, f, &after->list[k - 1]);
	}
	u64map_release(&ids);
}

static void compare_loose(struct matcher *m)
{
	struct loose *b, *a;
	size_t i;

	for (i = 0; i < m->nr_pairs; i++) {
		b = &m->before.list[m->pairs[i].before];
		a = &m->after.list[m->pairs[i].after];
		if (b->matched || a->matched)
			continue;
		b->matched = a->matched = true;
		compare_two(m->result, b->f, a->f);
	}
	for (i = 0; i < m->after.nr; i++)
		if (!m->after.list[i].matched)
			add_entry(m->result, GATE_ADDED, NULL,
				  m->after.list[i].f, NULL);
	for (i = 0; i < m->before.nr; i++)
		if (!m->before.list[i].matched)
			add_entry(m->result, GATE_MENDED, m->before.list[i].f,
				  NULL, NULL);
}

/* Both lists are sorted, and entries point into them. */
static int cmp_entries(const void *x, const void *y)
{
	const struct gate_entry *a = x, *b = y;
	const struct finding *f = gate_entry_finding(a);
	const struct finding *g = gate_entry_finding(b);

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return (f > g) - (f < g);
}

void gate_compare(struct gate_result *result)
{
	struct matcher m = { .result = result };

	keep_loose(&m.before, &result->before.findings,
		   &result->after.findings);
	keep_loose(&m.after, &result->after.findings, &result->before.findings);
	find_pairs(&m);
	compare_same(result);
	compare_loose(&m);
	if (result->nr)
		qsort(result->list, result->nr, sizeof(*result->list),
		      cmp_entries);
	string_list_sort_unique(&result->notes);
	texts_release(&m.texts);
	free(m.before.list);
	free(m.after.list);
	free(m.pairs);
}
