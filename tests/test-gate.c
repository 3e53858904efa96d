// SPDX-License-Identifier: GPL-2.0-only
/* The comparison of two states: what is the same, and what is worse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gate-world.h"

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

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_better),
		cmocka_unit_test(test_renamed_file),
		cmocka_unit_test(test_group),
		cmocka_unit_test(test_one_to_one),
		cmocka_unit_test(test_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
