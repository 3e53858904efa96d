// SPDX-License-Identifier: GPL-2.0-only
/* Ids that outlive edits, and two findings that become one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "findings-by-hand.h"

static void do_nothing(struct finding *f)
{
	(void)f;
}

static void move_lines(struct finding *f)
{
	struct finding moved = make_finding(100, "x86_64/allyesconfig");

	finding_release(f);
	*f = moved;
}

static void change_verdict(struct finding *f)
{
	f->severity = SEVERITY_WARNING;
	f->confidence = CONFIDENCE_LOW;
	f->verdict = VERDICT_CROSS_BUS;
	replace(&f->message, "other words");
}

static void change_path(struct finding *f)
{
	drop_hops(f, 1);
}

static void rename_probe(struct finding *f)
{
	replace(&f->probe.function, "other_probe");
}

static void move_probe(struct finding *f)
{
	replace(&f->probe.file, "drivers/other.c");
}

static void rename_site(struct finding *f)
{
	replace(&f->registration.function, "other_init");
}

static void move_site(struct finding *f)
{
	replace(&f->registration.file, "drivers/other.c");
}

static void rename_driver(struct finding *f)
{
	replace(&f->registration.driver.name, "other_driver");
}

static void lose_driver(struct finding *f)
{
	replace(&f->registration.driver.name, NULL);
}

/* The same letters, split between two names in another way. */
static void shift_names(struct finding *f)
{
	replace(&f->registration.function, "inner_");
	replace(&f->registration.file, "initdrivers/inner.c");
}

static void change_callee(struct finding *f)
{
	replace(&f->registration.callee, "spelled_otherwise");
}

static void test_id(void **state)
{
	static const struct {
		const char *name;
		void (*change)(struct finding *f);
		bool same;
	} cases[] = {
		{ "nothing", do_nothing, true },
		{ "all lines moved", move_lines, true },
		{ "another verdict", change_verdict, true },
		{ "a shorter path", change_path, true },
		{ "another spelling of the call", change_callee, true },
		{ "another probe", rename_probe, false },
		{ "the probe in another file", move_probe, false },
		{ "another function registers", rename_site, false },
		{ "the site in another file", move_site, false },
		{ "another driver", rename_driver, false },
		{ "a driver without a name", lose_driver, false },
		{ "names run together", shift_names, false },
	};
	struct finding first = make_finding(0, "arm64/allyesconfig");
	uint64_t id = finding_hash(&first);
	size_t i;

	(void)state;
	/* Written down: an id in somebody's list of exceptions must stay. */
	assert_int_equal(id, 0x6769c774d7c6c953ull);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct finding f = make_finding(0, "arm64/allyesconfig");

		cases[i].change(&f);
		if ((finding_hash(&f) == id) != cases[i].same)
			fail_msg("%s", cases[i].name);
		finding_release(&f);
	}
	finding_release(&first);
}

/* Where no driver is named, what is called tells two findings apart. */
static void test_id_of_call(void **state)
{
	struct finding a = make_finding(0, "c"), b = make_finding(0, "c");

	(void)state;
	lose_driver(&a);
	lose_driver(&b);
	assert_true(finding_hash(&a) == finding_hash(&b));
	change_callee(&b);
	assert_true(finding_hash(&a) != finding_hash(&b));
	finding_release(&a);
	finding_release(&b);
}

static struct finding better_but_longer(void)
{
	return make_finding(0, "b");
}

static struct finding worse_but_shorter(void)
{
	struct finding f = make_finding(0, "a");

	f.confidence = CONFIDENCE_MEDIUM;
	drop_hops(&f, 1);
	return f;
}

static struct finding graver(void)
{
	struct finding f = make_finding(0, "b");

	f.severity = SEVERITY_ERROR;
	return f;
}

static struct finding less_grave_but_shorter(void)
{
	struct finding f = make_finding(0, "a");

	f.severity = SEVERITY_WARNING;
	drop_hops(&f, 1);
	return f;
}

static struct finding shorter(void)
{
	struct finding f = make_finding(0, "b");

	drop_hops(&f, 2);
	return f;
}

static struct finding longer(void)
{
	return make_finding(0, "a");
}

static struct finding earlier(void)
{
	return make_finding(0, "b");
}

static struct finding later(void)
{
	return make_finding(5, "a");
}

static void check_merge(const char *name, struct finding (*kept)(void),
			struct finding (*lost)(void), bool swap)
{
	struct findings list = FINDINGS_INIT;
	struct finding wanted = kept();
	struct finding first = swap ? lost() : kept();
	struct finding second = swap ? kept() : lost();
	const struct finding *f;

	findings_add(&list, &first);
	findings_add(&list, &second);
	assert_int_equal(list.nr, 1);
	f = &list.list[0];
	if (f->confidence != wanted.confidence ||
	    f->severity != wanted.severity || f->nr_path != wanted.nr_path ||
	    f->probe.line != wanted.probe.line)
		fail_msg("%s%s", name, swap ? ", the other way round" : "");
	assert_int_equal(f->configs.nr, 2);
	assert_string_equal(f->configs.item[0], "a");
	assert_string_equal(f->configs.item[1], "b");
	finding_release(&wanted);
	findings_release(&list);
}

/* A driver in allocated state is its field, whatever its pointer is called. */
static void test_id_of_field(void **state)
{
	static const struct {
		const char *name, *file;
		bool same;
	} cases[] = {
		{ "priv->drv", NULL, true },
		{ "state->drv", NULL, true },
		{ "priv->other", NULL, false },
		{ "global->drv", "drivers/inner.c", false },
		{ "drv", NULL, false },
	};
	uint64_t id = 0;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct finding f = make_finding(0, "arm64/allyesconfig");

		replace(&f.registration.driver.name, cases[i].name);
		replace(&f.registration.driver.file, cases[i].file);
		if (!i)
			id = finding_hash(&f);
		if ((finding_hash(&f) == id) != cases[i].same)
			fail_msg("%s", cases[i].name);
		finding_release(&f);
	}
}

static void test_merge(void **state)
{
	static const struct {
		const char *name;
		struct finding (*kept)(void), (*lost)(void);
	} cases[] = {
		{ "confidence before length", better_but_longer,
		  worse_but_shorter },
		{ "severity before length", graver, less_grave_but_shorter },
		{ "shorter path", shorter, longer },
		{ "then the place", earlier, later },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		check_merge(cases[i].name, cases[i].kept, cases[i].lost, false);
		check_merge(cases[i].name, cases[i].kept, cases[i].lost, true);
	}
}

static void test_same_config_once(void **state)
{
	struct findings list = FINDINGS_INIT;
	struct finding a = make_finding(0, "c"), b = make_finding(0, "c");

	(void)state;
	findings_add(&list, &a);
	assert_null(a.message); /* its members moved into the list */
	findings_add(&list, &b);
	assert_int_equal(list.nr, 1);
	assert_int_equal(list.list[0].configs.nr, 1);
	findings_release(&list);
}

static void test_sort(void **state)
{
	struct findings list = FINDINGS_INIT;
	struct finding a = make_finding(0, "c"), b = make_finding(30, "c");
	struct finding c = make_finding(0, "c"), d = make_finding(0, "c");

	(void)state;
	rename_probe(&b);
	move_probe(&c);
	rename_driver(&d);
	findings_add(&list, &c);
	findings_add(&list, &b);
	findings_add(&list, &a);
	findings_add(&list, &d);
	findings_sort(&list);
	assert_int_equal(list.nr, 4);
	assert_string_equal(list.list[0].probe.file, "drivers/other.c");
	assert_true(list.list[1].id < list.list[2].id);
	assert_int_equal(list.list[1].probe.line, 20);
	assert_int_equal(list.list[2].probe.line, 20);
	assert_int_equal(list.list[3].probe.line, 50);
	findings_release(&list);
}

static void test_names(void **state)
{
	static const char *const names[] = { "low", "medium", "high" };
	enum confidence c;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		assert_int_equal(confidence_parse(names[i], &c), 0);
		assert_string_equal(confidence_name(c), names[i]);
	}
	assert_true(confidence_parse("High", &c) < 0);
	assert_string_equal(verdict_name(VERDICT_SAME_BUS), "same-bus");
	assert_string_equal(verdict_name(VERDICT_TRANSITIVE), "transitive");
	assert_string_equal(verdict_name(VERDICT_CROSS_BUS), "cross-bus");
	assert_string_equal(verdict_name(VERDICT_UNKNOWN_BUS), "unknown-bus");
	assert_string_equal(verdict_name(VERDICT_REACHED), "reached");
	assert_string_equal(edge_name(EDGE_DIRECT), "direct");
	assert_string_equal(edge_name(EDGE_POINTER), "pointer");
	assert_string_equal(edge_name(EDGE_CALLBACK), "callback");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_id),
		cmocka_unit_test(test_id_of_field),
		cmocka_unit_test(test_id_of_call),
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_same_config_once),
		cmocka_unit_test(test_sort),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
