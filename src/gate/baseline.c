// SPDX-License-Identifier: GPL-2.0-only
/*
 * Accepted findings: which entry holds for which finding, and what becomes of
 * the list when the findings have changed.
 */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "gate/baseline-internal.h"

void baseline_entry_release(struct baseline_entry *e)
{
	free(e->rule);
	free(e->file);
	free(e->probe);
	free(e->registration);
	free(e->reason);
	free(e->expires);
	memset(e, 0, sizeof(*e));
}

void baseline_release(struct baseline *b)
{
	size_t i;

	for (i = 0; i < b->nr; i++)
		baseline_entry_release(&b->list[i]);
	free(b->list);
	memset(b, 0, sizeof(*b));
}

void baseline_add(struct baseline *b, struct baseline_entry *e)
{
	ALLOC_GROW(b->list, b->nr + 1, b->alloc);
	b->list[b->nr++] = *e;
	memset(e, 0, sizeof(*e));
}

static int cmp_names(const struct baseline_entry *a,
		     const struct baseline_entry *b)
{
	int ret = strcmp(a->rule, b->rule);

	if (!ret)
		ret = strcmp(a->file, b->file);
	if (!ret)
		ret = strcmp(a->probe, b->probe);
	return ret ? ret : strcmp(a->registration, b->registration);
}

static int cmp_entries(const void *x, const void *y)
{
	const struct baseline_entry *a = x, *b = y;
	int ret = cmp_names(a, b);

	return ret ? ret : (a->id > b->id) - (a->id < b->id);
}

void baseline_sort(struct baseline *b)
{
	if (b->nr)
		qsort(b->list, b->nr, sizeof(*b->list), cmp_entries);
}

/* "2027-01-31": a month has no 32nd day, which is enough to catch mistakes. */
bool baseline_is_day(const char *s)
{
	static const char form[] = "dddd-dd-dd";
	size_t i;
	int month, day;

	if (strlen(s) != strlen(form))
		return false;
	for (i = 0; form[i]; i++)
		if (form[i] == 'd' ? !isdigit((unsigned char)s[i])
				   : s[i] != form[i])
			return false;
	month = atoi(s + 5);
	day = atoi(s + 8);
	return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* ---- findings ---- */

static void describe(const struct finding *f, struct baseline_entry *e)
{
	*e = (struct baseline_entry){
		.id = f->id,
		.rule = xstrdup(f->rule->id),
		.file = xstrdup(f->probe.file),
		.probe = xstrdup(f->probe.function),
		.registration = xstrdup(finding_driver_key(f)),
		.verdict = f->verdict,
	};
}

void baseline_found(struct baseline *found, const struct findings *findings)
{
	struct baseline_entry e;
	size_t i;

	for (i = 0; i < findings->nr; i++) {
		describe(&findings->list[i], &e);
		baseline_add(found, &e);
	}
	baseline_sort(found);
}

/* "ID (RULE: PROBE() in FILE, DRIVER)" */
static char *name_of(const struct baseline_entry *e)
{
	return xasprintf("%016" PRIx64 " (%s: %s() in %s, %s)", e->id, e->rule,
			 e->probe, e->file, e->registration);
}

static void tell(struct string_list *list, const struct baseline_entry *e,
		 const char *what, const char *detail)
{
	char *name = name_of(e);
	char *text = xasprintf("%s %s%s", name, what, detail);

	string_list_add(list, text);
	free(text);
	free(name);
}

static bool is_over(const struct baseline_entry *e, const char *today)
{
	return e->expires && strcmp(e->expires, today) < 0;
}

static void accept(struct baseline_entry *e, struct finding *f,
		   const char *today, struct string_list *expired)
{
	e->used = true;
	if (is_over(e, today))
		tell(expired, e, "was accepted until ", e->expires);
	else if (verdict_gravity(f->verdict) > verdict_gravity(e->verdict))
		tell(expired, e, "was accepted when it was ",
		     verdict_name(e->verdict));
	else
		f->accepted = xstrdup(e->reason);
}

static bool same_names(const struct baseline_entry *e, const struct finding *f)
{
	return !strcmp(e->rule, f->rule->id) &&
	       !strcmp(e->file, f->probe.file) &&
	       !strcmp(e->probe, f->probe.function) &&
	       !strcmp(e->registration, finding_driver_key(f));
}

void baseline_apply(struct baseline *b, struct findings *findings,
		    const char *today, struct string_list *expired)
{
	bool *matched = xcalloc(findings->nr + 1, sizeof(*matched));
	struct u64map by_id;
	size_t i, k;

	u64map_init(&by_id);
	for (i = 0; i < b->nr; i++)
		u64map_add(&by_id, b->list[i].id, i + 1);
	for (i = 0; i < findings->nr; i++) {
		k = u64map_get(&by_id, findings->list[i].id);
		if (!k)
			continue;
		matched[i] = true;
		accept(&b->list[k - 1], &findings->list[i], today, expired);
	}
	for (k = 0; k < b->nr; k++) {
		for (i = 0; i < findings->nr && !b->list[k].used; i++) {
			if (matched[i] ||
			    !same_names(&b->list[k], &findings->list[i]))
				continue;
			matched[i] = true;
			accept(&b->list[k], &findings->list[i], today, expired);
		}
	}
	u64map_release(&by_id);
	free(matched);
}

void baseline_unused(const struct baseline *b, struct string_list *unused)
{
	size_t i;

	for (i = 0; i < b->nr; i++)
		if (!b->list[i].used)
			tell(unused, &b->list[i], "is not found", "");
}

/* ---- update ---- */

static struct baseline_entry *
find_same(struct baseline *b, const struct baseline_entry *e, bool by_id)
{
	size_t i;

	for (i = 0; i < b->nr; i++) {
		struct baseline_entry *have = &b->list[i];

		if (!have->used &&
		    (by_id ? have->id == e->id : !cmp_names(have, e)))
			return have;
	}
	return NULL;
}

/* An entry keeps its reason unless what it was given for has become worse. */
static void inherit(struct baseline_entry *e, struct baseline_entry *from)
{
	from->used = true;
	if (verdict_gravity(e->verdict) > verdict_gravity(from->verdict))
		return;
	e->reason = xstrdup(from->reason);
	e->expires = from->expires ? xstrdup(from->expires) : NULL;
}

static void inherit_all(struct baseline *b, struct baseline *found, bool by_id)
{
	size_t i;

	for (i = 0; i < found->nr; i++) {
		struct baseline_entry *e = &found->list[i], *from;

		if (e->used)
			continue;
		from = find_same(b, e, by_id);
		if (!from)
			continue;
		e->used = true;
		inherit(e, from);
	}
}

size_t baseline_update(struct baseline *b, struct baseline *found,
		       const char *reason, const char *expires)
{
	size_t i, nr = 0;

	for (i = 0; i < b->nr; i++)
		b->list[i].used = false;
	inherit_all(b, found, true);
	inherit_all(b, found, false);
	for (i = 0; i < found->nr; i++) {
		struct baseline_entry *e = &found->list[i];

		e->used = false;
		if (e->reason)
			continue;
		nr++;
		e->reason = xstrdup(reason);
		e->expires = expires ? xstrdup(expires) : NULL;
	}
	baseline_release(b);
	*b = *found;
	memset(found, 0, sizeof(*found));
	baseline_sort(b);
	return nr;
}
