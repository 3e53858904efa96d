// SPDX-License-Identifier: GPL-2.0-only
/*
 * The comparison of two states, and what the renderers make of it, over
 * findings and a patch that are made by hand: no graph, no git.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gate/format.h"
#include "gate/gate.h"

#include "findings-by-hand.h"

#define CHECK_SCHEMA "tests/check-schema.sh"

/* ---- a patch ---- */

struct world {
	struct gate_result result;
	struct patch_set patch;
	char dir[64];
};

static void world_init(struct world *w)
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

/* @text: the new content; NULL: deleted. Its lines @first to @last are new. */
static void change(struct world *w, const char *path, const char *old_path,
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

static void world_release(struct world *w)
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

static void add(struct report *report, struct finding f)
{
	findings_add(&report->findings, &f);
	findings_sort(&report->findings);
}

static struct finding base(void)
{
	return make_finding(0, "arm64/allyesconfig");
}

/* ---- what a patch does to a finding ---- */

static void do_nothing(struct finding *f)
{
	(void)f;
}

static void move_lines(struct finding *f)
{
	finding_release(f);
	*f = make_finding(100, "arm64/allyesconfig");
}

static void rename_probe(struct finding *f)
{
	replace(&f->probe.function, "new_probe");
	replace(&f->path[0].function, "new_probe");
}

/* The old probe is a helper of the new one. */
static void wrap_probe(struct finding *f)
{
	replace(&f->probe.function, "new_probe");
	replace(&f->path[1].function, "outer_probe");
}

static void rename_driver(struct finding *f)
{
	replace(&f->registration.driver.name, "new_driver");
}

static void extract_helper(struct finding *f)
{
	replace(&f->registration.function, "inner_init_one");
	replace(&f->path[2].function, "inner_init_one");
}

static void rename_all(struct finding *f)
{
	rename_probe(f);
	rename_driver(f);
	extract_helper(f);
	replace(&f->probe.driver.name, "new_outer_driver");
}

static void rename_files(struct finding *f)
{
	replace(&f->probe.file, "drivers/new.c");
	replace(&f->probe.driver.file, "drivers/new.c");
	replace(&f->path[0].file, "drivers/new.c");
}

static void use_local(struct finding *f)
{
	replace(&f->registration.driver.name, "priv->drv");
	replace(&f->registration.driver.file, NULL);
}

static void use_other_local(struct finding *f)
{
	use_local(f);
	replace(&f->registration.driver.name, "state->drv");
}

static void use_other_field(struct finding *f)
{
	use_local(f);
	replace(&f->registration.driver.name, "priv->other");
}

static void be_cross_bus(struct finding *f)
{
	f->verdict = VERDICT_CROSS_BUS;
	f->severity = SEVERITY_WARNING;
	replace(&f->probe.driver.bus, "acpi_bus_type");
}

static void inner_elsewhere(struct finding *f)
{
	f->verdict = VERDICT_CROSS_BUS;
	f->severity = SEVERITY_WARNING;
	replace(&f->registration.driver.bus, "acpi_bus_type");
}

/* From acpi to platform, with new names for both probe and driver. */
static void convert(struct finding *f)
{
	rename_probe(f);
	replace(&f->probe.driver.name, "outer_platform_driver");
}

static void be_transitive(struct finding *f)
{
	f->verdict = VERDICT_TRANSITIVE;
	f->outer = xcalloc(1, sizeof(*f->outer));
	f->outer->probe.function = xstrdup("parent_probe");
	f->outer->probe.file = xstrdup("drivers/parent.c");
	f->outer->match = "bus";
	f->outer->nr_path = 1;
	f->outer->path = xcalloc(1, sizeof(*f->outer->path));
	set_hop(&f->outer->path[0], "parent_probe", "drivers/parent.c", 11, 2,
		"device_add");
}

static void be_certain(struct finding *f)
{
	f->hang = HANG_CERTAIN;
}

static void lock_enforced(struct finding *f)
{
	f->hang = HANG_LOCK_ENFORCED;
}

static void be_surer(struct finding *f)
{
	f->confidence = CONFIDENCE_HIGH;
}

static void be_less_sure(struct finding *f)
{
	f->confidence = CONFIDENCE_MEDIUM;
}

static void qualify(struct finding *f, enum qualifier_kind kind)
{
	f->qualifiers = xrealloc(f->qualifiers, (f->nr_qualifiers + 1) *
							sizeof(*f->qualifiers));
	f->qualifiers[f->nr_qualifiers++] = (struct finding_qualifier){
		.kind = kind,
		.function = xstrdup("inner_init"),
		.file = xstrdup("drivers/inner.c"),
		.line = 12,
	};
}

static void guard(struct finding *f)
{
	add_guard(f, "registered", 11);
	qualify(f, QUALIFIER_ONCE_GUARD);
}

static void guard_under_lock(struct finding *f)
{
	add_guard(f, "registered", 11);
	f->guards[0].lock = xstrdup("inner_lock");
}

static void each_device(struct finding *f)
{
	qualify(f, QUALIFIER_PER_INSTANCE);
}

static void unregister(struct finding *f)
{
	add_unregister(f, "inner_exit", 80);
}

static void unregister_in_remove(struct finding *f)
{
	add_unregister(f, "inner_remove", 80);
	qualify(f, QUALIFIER_UNREGISTER_IN_REMOVE);
}

static void never_unregister(struct finding *f)
{
	qualify(f, QUALIFIER_NO_UNREGISTER);
}

static void ignore_result(struct finding *f)
{
	qualify(f, QUALIFIER_RETURN_IGNORED);
}

/* ---- matching ---- */

#define BOTH_NAMES "outer_probe outer_driver inner_driver inner_init\n"

/*
 * What the new texts of drivers/outer.c and drivers/inner.c hold; NULL: the
 * patch does not touch the file.
 */
static const struct pair {
	const char *name;
	void (*before)(struct finding *f), (*after)(struct finding *f);
	const char *outer, *inner;
	const char *expected; /* kinds, and why it is worse */
} pairs[] = {
	{ "nothing", do_nothing, do_nothing, NULL, NULL, "" },
	{ "lines", do_nothing, move_lines, BOTH_NAMES, BOTH_NAMES, "" },
	{ "the probe renamed", do_nothing, rename_probe, "new_probe", NULL,
	  "" },
	{ "another probe of the file, the old one is there", do_nothing,
	  rename_probe, "outer_probe new_probe outer_driver", NULL,
	  "added mended " },
	{ "another probe, its file is not touched", do_nothing, rename_probe,
	  NULL, "x", "added mended " },
	{ "part of a longer name is not the name", do_nothing, rename_probe,
	  "new_probe outer_probe_old outer_driver", NULL, "" },
	{ "the probe called by a new one", do_nothing, wrap_probe, BOTH_NAMES,
	  NULL, "" },
	{ "the driver's variable renamed", do_nothing, rename_driver, NULL,
	  "new_driver", "" },
	{ "another driver, the old one is there", do_nothing, rename_driver,
	  NULL, "new_driver inner_driver", "added mended " },
	{ "a helper extracted", do_nothing, extract_helper, NULL, BOTH_NAMES,
	  "" },
	{ "a helper inlined", extract_helper, do_nothing, NULL, BOTH_NAMES,
	  "" },
	{ "all names of two files", do_nothing, rename_all, "new", "new", "" },
	{ "a local renamed", use_local, use_other_local, NULL, BOTH_NAMES, "" },
	{ "a field renamed", use_local, use_other_field, NULL, "other", "" },
	{ "another field", use_local, use_other_field, NULL, "drv other",
	  "added mended " },
	{ "acpi to platform", be_cross_bus, do_nothing, BOTH_NAMES, NULL,
	  "worsened(outer_probe() is a probe on platform_bus_type now, as "
	  "inner_driver is) " },
	{ "acpi to platform, with new names", be_cross_bus, convert,
	  "new_probe outer_platform_driver", NULL,
	  "worsened(new_probe() is a probe on platform_bus_type now, as "
	  "inner_driver is) " },
	{ "the inner driver's bus", inner_elsewhere, do_nothing, NULL,
	  BOTH_NAMES,
	  "worsened(inner_driver is on platform_bus_type now, as the probe "
	  "is) " },
	{ "cross-bus to transitive", be_cross_bus, be_transitive, NULL, NULL,
	  "worsened(parent_probe() on platform_bus_type adds its device "
	  "now) " },
	{ "transitive to same-bus", be_transitive, do_nothing, NULL, NULL,
	  "worsened(both are known to be on platform_bus_type now) " },
	{ "better, and there", do_nothing, be_cross_bus, BOTH_NAMES, NULL, "" },
	{ "surer", be_less_sure, be_surer, NULL, NULL, "" },
	{ "less sure", be_surer, be_less_sure, NULL, NULL, "" },
	{ "a hang that is certain", lock_enforced, be_certain, NULL, NULL,
	  "worsened(the new driver matches the device that is locked) " },
	{ "no hang any more", be_certain, lock_enforced, NULL, NULL, "" },
	{ "the flag gone", guard, each_device, NULL, NULL,
	  "worsened(no flag keeps it to one registration any more) " },
	{ "a flag added", each_device, guard, NULL, NULL, "" },
	{ "the lock gone", guard_under_lock, guard, NULL, NULL,
	  "worsened(no lock covers the test of registered any more) " },
	{ "the unregistration gone", unregister, never_unregister, NULL, NULL,
	  "worsened(nothing unregisters inner_driver any more) " },
	{ "an unregistration", never_unregister, unregister, NULL, NULL, "" },
	{ "from exit to remove", unregister, unregister_in_remove, NULL, NULL,
	  "worsened(inner_driver is unregistered from the driver's remove "
	  "now, with the device locked) " },
	{ "from never to remove", never_unregister, unregister_in_remove, NULL,
	  NULL, "" },
	{ "the result ignored", do_nothing, ignore_result, NULL, NULL,
	  "worsened(nobody looks at what it returns any more) " },
};

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

static void expect(struct world *w, const char *name, const char *expected)
{
	char *got;

	gate_compare(&w->result);
	got = kinds(&w->result);
	if (strcmp(got, expected))
		fail_msg("%s: '%s' instead of '%s'", name, got, expected);
	free(got);
}

static void test_pairs(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		const struct pair *p = &pairs[i];
		struct finding before = base(), after = base();
		struct world w;

		world_init(&w);
		p->before(&before);
		p->after(&after);
		add(&w.result.before, before);
		add(&w.result.after, after);
		if (p->outer)
			change(&w, "drivers/outer.c", NULL, p->outer, 0, 0);
		if (p->inner)
			change(&w, "drivers/inner.c", NULL, p->inner, 0, 0);
		expect(&w, p->name, p->expected);
		world_release(&w);
	}
}

/* Better and not gone: a note, so that nobody takes silence for a mend. */
static void test_better(void **state)
{
	struct finding after = base();
	struct world w;

	(void)state;
	world_init(&w);
	be_cross_bus(&after);
	add(&w.result.before, base());
	add(&w.result.after, after);
	expect(&w, "better", "");
	assert_int_equal(w.result.notes.nr, 1);
	assert_non_null(strstr(w.result.notes.item[0],
			       "is cross-bus now instead of same-bus"));
	world_release(&w);
}

static void test_renamed_file(void **state)
{
	struct finding after = base();
	struct world w;

	(void)state;
	world_init(&w);
	rename_files(&after);
	add(&w.result.before, base());
	add(&w.result.after, after);
	change(&w, "drivers/new.c", "drivers/outer.c", BOTH_NAMES, 0, 0);
	expect(&w, "renamed by the patch", "");
	world_release(&w);

	/* git did not see it as a rename: one deleted, one added */
	world_init(&w);
	after = base();
	rename_files(&after);
	add(&w.result.before, base());
	add(&w.result.after, after);
	change(&w, "drivers/outer.c", NULL, NULL, 0, 0);
	change(&w, "drivers/new.c", NULL, BOTH_NAMES, 1, 99);
	expect(&w, "deleted and added", "");
	world_release(&w);

	/* the old file is as it was: a copy is one more */
	world_init(&w);
	after = base();
	rename_files(&after);
	add(&w.result.before, base());
	add(&w.result.after, base());
	add(&w.result.after, after);
	change(&w, "drivers/new.c", NULL, BOTH_NAMES, 1, 99);
	expect(&w, "copied", "added ");
	world_release(&w);
}

static struct finding with_probe(const char *name)
{
	struct finding f = base();

	replace(&f.probe.function, name);
	replace(&f.path[0].function, name);
	return f;
}

/* Of a group one probe is mended, the others are nobody's business. */
static void test_group(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add(&w.result.before, with_probe("a_probe"));
	add(&w.result.before, with_probe("b_probe"));
	add(&w.result.before, with_probe("c_probe"));
	add(&w.result.after, with_probe("a_probe"));
	add(&w.result.after, with_probe("c_probe"));
	change(&w, "drivers/outer.c", NULL, "a_probe b_probe c_probe", 0, 0);
	expect(&w, "one of three", "mended ");
	assert_string_equal(w.result.list[0].before->probe.function, "b_probe");
	world_release(&w);
}

/* One to one: of two old ones only one can have become the new one. */
static void test_one_to_one(void **state)
{
	struct finding other = with_probe("second_probe");
	struct world w;

	(void)state;
	world_init(&w);
	replace(&other.probe.driver.name, "second_driver");
	add(&w.result.before, base());
	add(&w.result.before, other);
	add(&w.result.after, with_probe("new_probe"));
	change(&w, "drivers/outer.c", NULL, "new_probe outer_driver", 0, 0);
	expect(&w, "two to one", "mended ");
	/* the one that shares the driver's name was renamed */
	assert_string_equal(w.result.list[0].before->probe.function,
			    "second_probe");
	world_release(&w);
}

static void test_order(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add(&w.result.before, with_probe("gone_probe"));
	add(&w.result.before, base());
	each_device(&w.result.before.findings.list[0]);
	add(&w.result.after, with_probe("b_probe"));
	add(&w.result.after, with_probe("a_probe"));
	change(&w, "drivers/outer.c", NULL, "gone_probe outer_probe", 0, 0);
	expect(&w, "kinds in order", "added added mended mended ");
	world_release(&w);
}

/* ---- places ---- */

static const char outer_text[] = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n"
				 "14\n15\n16\n17\n18\n19\n"
				 "int outer_probe(void)\n" /* 20 */
				 "{\n"
				 "	impl_init();\n"
				 "}\n"
				 "24\n25\n26\n27\n28\n29\n30\n31\n32\n33\n34\n"
				 "35\n36\n37\n38\n39\n"
				 "struct platform_driver outer_driver = {\n"
				 "	.probe = outer_probe,\n"
				 "	.driver.name = \"outer\",\n"
				 "};\n"
				 "44\n";

static void test_places(void **state)
{
	static const struct {
		const char *name, *path;
		uint32_t first, last;
		const char *file;
		uint32_t line;
	} cases[] = {
		{ "the call", "drivers/inner.c", 12, 12, "drivers/inner.c",
		  12 },
		{ "the call in many lines", "drivers/inner.c", 1, 99,
		  "drivers/inner.c", 12 },
		{ "a hop", "drivers/outer.c", 22, 22, "drivers/outer.c", 22 },
		{ "the probe's name", "drivers/outer.c", 20, 20,
		  "drivers/outer.c", 20 },
		{ "the probe's body", "drivers/outer.c", 21, 21,
		  "drivers/outer.c", 21 },
		{ "the driver's initialiser", "drivers/outer.c", 42, 42,
		  "drivers/outer.c", 42 },
		{ "behind the driver", "drivers/outer.c", 44, 44, NULL, 0 },
		{ "before the probe", "drivers/outer.c", 3, 19, NULL, 0 },
		{ "another file", "include/foo.h", 1, 99, NULL, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct gate_entry *e;
		struct world w;

		world_init(&w);
		add(&w.result.after, base());
		change(&w, cases[i].path, NULL, outer_text, cases[i].first,
		       cases[i].last);
		expect(&w, cases[i].name, "added ");
		e = &w.result.list[0];
		if (!e->file != !cases[i].file ||
		    (e->file && strcmp(e->file, cases[i].file)) ||
		    e->line != cases[i].line)
			fail_msg("%s: %s:%u", cases[i].name,
				 e->file ? e->file : "(none)", e->line);
		world_release(&w);
	}
}

static void test_mended_place(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add(&w.result.before, base());
	change(&w, "drivers/new.c", "drivers/inner.c", "x\n", 5, 7);
	expect(&w, "mended", "mended ");
	assert_string_equal(w.result.list[0].file, "drivers/new.c");
	assert_int_equal(w.result.list[0].line, 7);
	world_release(&w);
}

/* ---- renderers ---- */

static char *render(const struct gate_result *result, const char *name)
{
	const struct gate_format *format = gate_format_find(name);
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	assert_non_null(f);
	assert_non_null(format);
	assert_int_equal(format->render(result, f), 0);
	assert_int_equal(fclose(f), 0);
	return text;
}

static void leave_out(struct gate_result *result, const char *file,
		      const char *reason)
{
	result->left_out =
		xrealloc(result->left_out,
			 (result->nr_left_out + 1) * sizeof(*result->left_out));
	result->left_out[result->nr_left_out++] = (struct gate_left_out){
		.file = xstrdup(file),
		.config = xstrdup("arm64/allyesconfig"),
		.reason = xstrdup(reason),
	};
}

/* A reason that thousands have is told once, and a long list of them ends. */
static void test_left_out_lines(void **state)
{
	struct gate_result result;
	struct string_list lines = { 0 };
	char name[32], reason[32];
	int i;

	(void)state;
	gate_result_init(&result);
	leave_out(&result, "a.c", "does not parse");
	for (i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "b%d.c", i);
		leave_out(&result, name, "too many");
	}
	gate_left_out_lines(&result, &lines);
	assert_int_equal(lines.nr, 2);
	assert_string_equal(lines.item[0],
			    "a.c was not analysed again in "
			    "arm64/allyesconfig: does not parse");
	assert_string_equal(lines.item[1],
			    "5000 units were not analysed again in "
			    "arm64/allyesconfig: too many (b0.c, b1.c, b2.c, "
			    "...)");
	string_list_release(&lines);
	for (i = 0; i < 20; i++) {
		snprintf(reason, sizeof(reason), "reason %d", i);
		leave_out(&result, "c.c", reason);
	}
	gate_left_out_lines(&result, &lines);
	assert_int_equal(lines.nr, 11);
	assert_non_null(strstr(lines.item[10], "12 more were not"));
	string_list_release(&lines);
	gate_result_release(&result);
}

static void own_rules(struct report *report)
{
	size_t i;

	report->rules.nr = 1;
	report->rules.rules = xcalloc(1, sizeof(struct rule));
	report->rules.rules[0].id = xstrdup(the_rule.id);
	report->rules.rules[0].summary = xstrdup(the_rule.summary);
	report->rules.rules[0].help = xstrdup(the_rule.help);
	for (i = 0; i < report->findings.nr; i++)
		report->findings.list[i].rule = &report->rules.rules[0];
}

/* One of each kind, and all that stands beside. */
static void fill(struct world *w)
{
	struct gate_result *r = &w->result;
	struct finding worse = with_probe("worse_probe");
	struct finding accepted = with_probe("accepted_probe");

	be_cross_bus(&worse);
	add(&r->before, worse);
	add(&r->before, with_probe("mended_probe"));
	add(&r->after, with_probe("worse_probe"));
	add(&r->after, with_probe("added_probe"));
	accepted.accepted = xstrdup("waits for the next release");
	add(&r->after, accepted);
	own_rules(&r->before);
	own_rules(&r->after);
	r->after.kernel = xstrdup("6.12.1");
	string_list_add(&r->after.configs, "arm64/allyesconfig");
	r->units_affected = 3;
	r->units_parsed = 2;
	leave_out(r, "drivers/big.c", "over the limit");
	string_list_add(&r->notes, "One thing to know.");
	r->has_baseline = true;
	string_list_add(&r->unused, "one that is not found");
	string_list_add(&r->expired, "one whose time is up");
	change(w, "drivers/inner.c", NULL,
	       "worse_probe mended_probe inner_driver", 12, 12);
	change(w, "drivers/outer.c", NULL,
	       "worse_probe mended_probe inner_driver", 0, 0);
	gate_compare(r);
}

#define MESSAGE                                                                \
	"outer_probe() of outer_driver registers inner_driver on its own bus"
#define RULE " [driver-registration-in-probe]\n"

static void test_text(void **state)
{
	static const char *const expected[] = {
		"drivers/inner.c:12:9: error: added: " MESSAGE RULE
		"drivers/inner.c:12: note: the patch changes this line\n"
		"drivers/outer.c:20: note: added_probe() is the "
		"platform_driver.probe of outer_driver",
		"drivers/inner.c:12:9: note: added: " MESSAGE RULE
		"drivers/inner.c:12:9: note: accepted: waits for the next "
		"release\n",
		"drivers/inner.c:12:9: error: worsened: " MESSAGE
		": worse_probe() is a probe on platform_bus_type now, as "
		"inner_driver is" RULE,
		"drivers/inner.c:12: note: mended: " MESSAGE RULE,
		"probewalk: left out: drivers/big.c was not analysed again in "
		"arm64/allyesconfig: over the limit\n",
		"probewalk: note: One thing to know.\n",
		"probewalk: baseline: one that is not found\n"
		"probewalk: baseline: one whose time is up\n"
		"probewalk: 1 added, 1 worsened, 1 mended, 1 accepted; 3 units "
		"affected, 2 analysed again, 1 left out\n",
	};
	struct world w;
	const char *at;
	size_t i;
	char *text;

	(void)state;
	world_init(&w);
	fill(&w);
	at = text = render(&w.result, "text");
	for (i = 0; i < ARRAY_SIZE(expected); i++) {
		const char *found = strstr(text, expected[i]);

		if (!found)
			fail_msg("%s\nnot in\n%s", expected[i], text);
		at = found + strlen(expected[i]);
	}
	assert_int_equal(*at, '\0');
	free(text);
	world_release(&w);
}

static void test_counts(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	fill(&w);
	assert_int_equal(gate_count(&w.result, GATE_ADDED, SEVERITY_NOTE), 1);
	assert_int_equal(gate_count(&w.result, GATE_WORSENED, SEVERITY_ERROR),
			 1);
	assert_int_equal(gate_accepted(&w.result), 1);
	w.result.after.findings.list[0].severity = SEVERITY_NOTE;
	w.result.after.findings.list[1].severity = SEVERITY_NOTE;
	w.result.after.findings.list[2].severity = SEVERITY_NOTE;
	assert_int_equal(gate_count(&w.result, GATE_ADDED, SEVERITY_WARNING),
			 0);
	world_release(&w);
}

/* Each line a command of ours; what is in it is not. */
static void test_github(void **state)
{
	struct finding f = base();
	struct world w;
	char *text, *line, *rest;

	(void)state;
	world_init(&w);
	replace(&f.registration.file, "drivers/a,b:c%\r\n::error::.c");
	replace(&f.message, "50%\n::set-env name=x::y \x1b[2J");
	add(&w.result.after, f);
	own_rules(&w.result.after);
	leave_out(&w.result, "drivers/\n::error::x.c", "no");
	gate_compare(&w.result);
	text = render(&w.result, "github");
	assert_non_null(strstr(
		text,
		"::error file=drivers/a%2Cb%3Ac%25\\x0d\\x0a%3A%3Aerror"
		"%3A%3A.c,line=12,title=added%3A "
		"driver-registration-in-probe::added: 50%25\\x0a::set-env "
		"name=x::y \\x1b[2J%0A"));
	assert_non_null(
		strstr(text, "::warning title=probewalk::drivers/\\x0a"));
	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		assert_true(!strncmp(line, "::error file=", 13) ||
			    !strncmp(line, "::warning title=", 16) ||
			    !strcmp(line, "probewalk: 1 added, 0 worsened, 0 "
					  "mended"));
	free(text);
	world_release(&w);
}

static void test_gitlab(void **state)
{
	struct world w;
	char *text;

	(void)state;
	world_init(&w);
	fill(&w);
	text = render(&w.result, "gitlab");
	assert_non_null(strstr(text, "\"description\": \"added: " MESSAGE));
	assert_non_null(strstr(text, "\"severity\": \"critical\""));
	assert_non_null(strstr(text, "\"path\": \"drivers/inner.c\""));
	assert_non_null(strstr(text, "\"begin\": 12"));
	assert_non_null(
		strstr(text, "\"check_name\": \"driver-registration-in-probe"));
	/* neither what is mended nor what is accepted is a problem */
	assert_null(strstr(text, "mended"));
	assert_null(strstr(text, "accepted"));
	free(text);
	world_release(&w);
}

static void forget_file(struct world *w)
{
	free(w->result.after.findings.list[0].registration.file);
	w->result.after.findings.list[0].registration.file = NULL;
}

/* Of a registration that a macro of the command line makes, say. */
static void test_no_file(void **state)
{
	static const struct {
		const char *format, *place;
	} rows[] = {
		{ "text", "(unknown):12:" },
		{ "sarif", "\"unknown\"" },
		{ "github", "::error file=(unknown),line=12," },
		{ "gitlab", "\"path\": \"(unknown)\"" },
	};
	struct world w;
	size_t i;

	(void)state;
	world_init(&w);
	add(&w.result.after, base());
	own_rules(&w.result.after);
	gate_compare(&w.result);
	forget_file(&w);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		char *text = render(&w.result, rows[i].format);

		if (!strstr(text, rows[i].place))
			fail_msg("%s: %s", rows[i].format, text);
		free(text);
	}
	world_release(&w);
}

/* What a stranger writes, in every format: no byte steers anything. */
static void test_plain(void **state)
{
	static const char evil[] = "\x1b]0;x\x07 \xe2\x80\xae <script> \x7f "
				   "##[error] \r\n::error::";
	static const char *const names[] = { "text", "json", "sarif", "github",
					     "gitlab" };
	struct finding f = base();
	struct world w;
	size_t i;

	(void)state;
	world_init(&w);
	replace(&f.registration.file, evil);
	replace(&f.message, evil);
	replace(&f.path[1].function, evil);
	replace(&f.registration.driver.name, evil);
	add(&w.result.after, f);
	own_rules(&w.result.after);
	leave_out(&w.result, evil, evil);
	string_list_add(&w.result.notes, evil);
	gate_compare(&w.result);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		char *text = render(&w.result, names[i]), *p;

		for (p = text; *p; p++) {
			if (*p != '\n' && (*p < ' ' || *p > '~') &&
			    (*p != 0x7f || strcmp(names[i], "json")))
				fail_msg("%s: byte %02x", names[i],
					 (unsigned char)*p);
			if (strcmp(names[i], "json") && !strncmp(p, "##[", 3))
				fail_msg("%s: ##[", names[i]);
			if (strcmp(names[i], "github") &&
			    !strncmp(p, "\n::", 3))
				fail_msg("%s: a command", names[i]);
		}
		free(text);
	}
	world_release(&w);
}

static void write_to(const struct world *w, const char *format,
		     const char *name)
{
	char *text = render(&w->result, format);
	char *path = xasprintf("%s/%s", w->dir, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	free(path);
	free(text);
}

static void test_schema(void **state)
{
	struct world w;
	char *cmd;
	int ret;

	(void)state;
	if (access(CHECK_SCHEMA, X_OK))
		skip(); /* not run from the top of the source */
	world_init(&w);
	fill(&w);
	write_to(&w, "json", "full.json");
	write_to(&w, "sarif", "full.sarif");
	gate_result_release(&w.result);
	write_to(&w, "json", "empty.json");
	write_to(&w, "sarif", "empty.sarif");
	cmd = xasprintf(CHECK_SCHEMA " '%s'/*.json '%s'/*.sarif >&2; ret=$?; "
				     "rm '%s'/*.json '%s'/*.sarif; exit $ret",
			w.dir, w.dir, w.dir, w.dir);
	ret = system(cmd);
	free(cmd);
	assert_int_equal(ret, 0);
	world_release(&w);
}

static void test_full_disk(void **state)
{
	static const char *const names[] = { "text", "json", "sarif", "github",
					     "gitlab" };
	struct world w;
	size_t i;

	(void)state;
	world_init(&w);
	fill(&w);
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		FILE *f = fopen("/dev/full", "w");

		assert_non_null(f);
		setvbuf(f, NULL, _IONBF, 0);
		assert_true(gate_format_find(names[i])->render(&w.result, f) <
			    0);
		fclose(f);
	}
	world_release(&w);
}

static void test_formats(void **state)
{
	(void)state;
	assert_null(gate_format_find("xml"));
	assert_string_equal(gate_format_names(),
			    "text, json, sarif, github, gitlab");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_left_out_lines),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_better),
		cmocka_unit_test(test_renamed_file),
		cmocka_unit_test(test_group),
		cmocka_unit_test(test_one_to_one),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_mended_place),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_github),
		cmocka_unit_test(test_gitlab),
		cmocka_unit_test(test_no_file),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_schema),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_formats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
