// SPDX-License-Identifier: GPL-2.0-only
/* A patch and findings that are made by hand: see gate-world.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gate-world.h"

void world_init(struct world *w)
{
	const char *tmp = getenv("TMPDIR");

	gate_result_init(&w->result);
	memset(&w->patch, 0, sizeof(w->patch));
	snprintf(w->dir, sizeof(w->dir), "%s/test-gate.XXXXXX",
		 tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	assert_non_null(mkdtemp(w->dir));
	w->result.patch = &w->patch;
}

static int by_path(const void *x, const void *y)
{
	const struct change *a = x, *b = y;

	return strcmp(a->path, b->path);
}

void change(struct world *w, const char *path, const char *old_path,
	    const char *text, uint32_t first, uint32_t last)
{
	struct patch_set *set = &w->patch;
	struct change *c;
	FILE *f;

	ALLOC_GROW(set->changes, set->nr + 1, set->alloc);
	c = &set->changes[set->nr++];
	*c = (struct change){
		.kind = old_path ? CHANGE_RENAMED
			: text	 ? CHANGE_MODIFIED
				 : CHANGE_DELETED,
		.path = xstrdup(path),
		.old_path = old_path ? xstrdup(old_path) : NULL,
	};
	if (text) {
		c->content = xasprintf("%s/%zu", w->dir, set->nr);
		f = fopen(c->content, "w");
		assert_non_null(f);
		fputs(text, f);
		assert_int_equal(fclose(f), 0);
	}
	if (first) {
		c->ranges = xcalloc(1, sizeof(*c->ranges));
		c->ranges[0] = (struct line_range){ first, last - first + 1 };
		c->nr_ranges = 1;
	}
	qsort(set->changes, set->nr, sizeof(*c), by_path);
}

void world_release(struct world *w)
{
	size_t i;

	gate_result_release(&w->result);
	for (i = 0; i < w->patch.nr; i++) {
		if (w->patch.changes[i].content)
			unlink(w->patch.changes[i].content);
		free(w->patch.changes[i].path);
		free(w->patch.changes[i].old_path);
		free(w->patch.changes[i].content);
		free(w->patch.changes[i].ranges);
	}
	free(w->patch.changes);
	assert_int_equal(rmdir(w->dir), 0);
}

void add(struct report *report, struct finding f)
{
	findings_add(&report->findings, &f);
	findings_sort(&report->findings);
}

struct finding base(void)
{
	return make_finding(0, "arm64/allyesconfig");
}

struct finding with_probe(const char *name)
{
	struct finding f = base();

	replace(&f.probe.function, name);
	replace(&f.path[0].function, name);
	return f;
}

void be_cross_bus(struct finding *f)
{
	f->verdict = VERDICT_CROSS_BUS;
	f->severity = SEVERITY_WARNING;
	replace(&f->probe.driver.bus, "acpi_bus_type");
}

static char *kinds(const struct gate_result *result)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	for (i = 0; i < result->nr; i++) {
		const struct gate_entry *e = &result->list[i];

		strbuf_addstr(&sb, gate_kind_name(e->kind));
		if (e->why)
			strbuf_addf(&sb, "(%s)", e->why);
		strbuf_addch(&sb, ' ');
	}
	return strbuf_detach(&sb);
}

void expect(struct world *w, const char *name, const char *expected)
{
	char *got;

	gate_compare(&w->result);
	got = kinds(&w->result);
	if (strcmp(got, expected))
		fail_msg("%s: '%s' instead of '%s'", name, got, expected);
	free(got);
}
