// SPDX-License-Identifier: GPL-2.0-only
/* Baselines: what is one, which finding an entry holds for, what an update
 * keeps. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gate/baseline.h"

#include "findings-by-hand.h"
#include "small-tree.h"

#define ID    "6769c774d7c6c953"
#define TODAY "2026-11-21"
#define MEMBERS                                                                \
	"\"rule\": \"driver-registration-in-probe\", "                         \
	"\"file\": \"drivers/outer.c\", \"probe\": \"outer_probe\", "          \
	"\"registration\": \"inner_driver\""
#define ENTRY(id, verdict, more)                                               \
	"{\"id\": \"" id "\", " MEMBERS ", \"verdict\": \"" verdict            \
	"\", \"reason\": \"why not\"" more "}"
#define FILE_OF(entries)                                                       \
	"{\"schema\": \"probewalk-baseline-1\", \"accepted\": [" entries "]}"

static char *path;

static int setup(void **state)
{
	(void)state;
	if (tree_make("test-baseline"))
		return -1;
	path = in_tree("baseline.json");
	return 0;
}

static int teardown(void **state)
{
	free(path);
	return tree_remove(state);
}

static void put(const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void load(struct baseline *b, const char *text)
{
	struct strbuf err = STRBUF_INIT;

	put(text);
	if (baseline_load(b, path, &err))
		fail_msg("%s: %s", text, err.buf);
	strbuf_release(&err);
}

static void test_mistakes(void **state)
{
	static const struct {
		const char *text, *word;
	} cases[] = {
		{ "", ":1:0:" },
		{ "[]", "schema" },
		{ "{\"schema\": \"probewalk-baseline-2\", \"accepted\": []}",
		  "probewalk-baseline-1" },
		{ "{\"schema\": \"probewalk-findings-1\"}", "baseline update" },
		{ "{\"schema\": \"probewalk-baseline-1\"}", "accepted" },
		{ FILE_OF("1"), "entry 1" },
		{ FILE_OF(ENTRY("xyz", "same-bus", "")), "hexadecimal" },
		{ FILE_OF(ENTRY(ID, "good", "")), "verdict" },
		{ FILE_OF(ENTRY(ID, "same-bus", ", \"more\": 1")),
		  "entry 1: its members" },
		{ FILE_OF(ENTRY(ID, "same-bus", ", \"expires\": \"soon\"")),
		  "last day" },
		{ FILE_OF(ENTRY(ID, "same-bus", "") "," ENTRY(ID, "same-bus",
							      "")),
		  "entry 2: its id has an entry" },
		{ FILE_OF("{\"id\": \"" ID "\", " MEMBERS
			  ", \"verdict\": \"same-bus\", \"reason\": \" \"}"),
		  "no reason" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct baseline b = BASELINE_INIT;
		struct strbuf err = STRBUF_INIT;

		put(cases[i].text);
		assert_int_equal(baseline_load(&b, path, &err), -EINVAL);
		if (!strstr(err.buf, cases[i].word) || !strstr(err.buf, path))
			fail_msg("%s: %s", cases[i].text, err.buf);
		strbuf_release(&err);
		baseline_release(&b);
	}
}

static void test_days(void **state)
{
	static const char *const bad[] = { "",		 "2027",
					   "2027-13-01", "2027-00-01",
					   "2027-01-32", "2027-1-1",
					   "27-01-01",	 "2027-01-011",
					   "2027/01/01", "+027-01-01" };
	size_t i;

	(void)state;
	assert_true(baseline_is_day("2027-01-31"));
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		if (baseline_is_day(bad[i]))
			fail_msg("%s", bad[i]);
}

static void do_nothing(struct finding *f)
{
	(void)f;
}

static void rename_site(struct finding *f)
{
	replace(&f->registration.function, "other_init");
}

static void rename_probe(struct finding *f)
{
	replace(&f->probe.function, "other_probe");
}

static void be_cross_bus(struct finding *f)
{
	f->verdict = VERDICT_CROSS_BUS;
}

static void test_apply(void **state)
{
	static const struct {
		const char *name;
		void (*change)(struct finding *f);
		const char *text;
		bool accepted, expired, unused;
	} cases[] = {
		{ "it", do_nothing, FILE_OF(ENTRY(ID, "same-bus", "")), true,
		  false, false },
		{ "on its last day", do_nothing,
		  FILE_OF(ENTRY(ID, "same-bus",
				", \"expires\": \"" TODAY "\"")),
		  true, false, false },
		{ "a day later", do_nothing,
		  FILE_OF(ENTRY(ID, "same-bus",
				", \"expires\": \"2026-11-20\"")),
		  false, true, false },
		{ "worse than it was", do_nothing,
		  FILE_OF(ENTRY(ID, "cross-bus", "")), false, true, false },
		{ "better than it was", be_cross_bus,
		  FILE_OF(ENTRY(ID, "same-bus", "")), true, false, false },
		{ "another id, the same names", rename_site,
		  FILE_OF(ENTRY(ID, "same-bus", "")), true, false, false },
		{ "another probe", rename_probe,
		  FILE_OF(ENTRY(ID, "same-bus", "")), false, false, true },
		{ "nothing accepted", do_nothing, FILE_OF(""), false, false,
		  false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct string_list expired = { 0 }, unused = { 0 };
		struct baseline b = BASELINE_INIT;
		struct findings list = FINDINGS_INIT;
		struct finding f = make_finding(7, "x");

		cases[i].change(&f);
		findings_add(&list, &f);
		load(&b, cases[i].text);
		baseline_apply(&b, &list, TODAY, &expired);
		baseline_unused(&b, &unused);
		if (cases[i].accepted != !!list.list[0].accepted ||
		    expired.nr != cases[i].expired ||
		    unused.nr != cases[i].unused)
			fail_msg("%s", cases[i].name);
		string_list_release(&expired);
		string_list_release(&unused);
		findings_release(&list);
		baseline_release(&b);
	}
}

/* An entry that has its own finding holds for no other of the same names. */
static void test_apply_once(void **state)
{
	struct finding first = make_finding(0, "x");
	struct finding second = make_finding(0, "x");
	struct string_list expired = { 0 };
	struct findings list = FINDINGS_INIT;
	struct baseline b = BASELINE_INIT;
	size_t i, nr = 0;

	(void)state;
	rename_site(&second);
	findings_add(&list, &second);
	findings_add(&list, &first);
	load(&b, FILE_OF(ENTRY(ID, "same-bus", "")));
	baseline_apply(&b, &list, TODAY, &expired);
	for (i = 0; i < list.nr; i++)
		nr += list.list[i].accepted != NULL;
	assert_int_equal(nr, 1);
	assert_null(list.list[0].accepted);
	assert_string_equal(list.list[1].accepted, "why not");
	string_list_release(&expired);
	findings_release(&list);
	baseline_release(&b);
}

static struct baseline found_of(struct finding f)
{
	struct findings list = FINDINGS_INIT;
	struct baseline found = BASELINE_INIT;

	findings_add(&list, &f);
	baseline_found(&found, &list);
	findings_release(&list);
	return found;
}

static void test_update(void **state)
{
	struct finding f = make_finding(0, "x");
	struct baseline b = BASELINE_INIT, found;

	(void)state;
	/* kept with what was said of it */
	load(&b,
	     FILE_OF(ENTRY(ID, "same-bus", ", \"expires\": \"2027-01-31\"")));
	found = found_of(make_finding(3, "y"));
	assert_int_equal(baseline_update(&b, &found, "new", NULL), 0);
	assert_int_equal(b.nr, 1);
	assert_string_equal(b.list[0].reason, "why not");
	assert_string_equal(b.list[0].expires, "2027-01-31");

	/* under another id: still the same */
	rename_site(&f);
	found = found_of(f);
	assert_int_equal(baseline_update(&b, &found, "new", NULL), 0);
	assert_string_equal(b.list[0].reason, "why not");

	/* another one: the old goes */
	f = make_finding(0, "x");
	rename_probe(&f);
	found = found_of(f);
	assert_int_equal(baseline_update(&b, &found, "new", "2028-01-01"), 1);
	assert_int_equal(b.nr, 1);
	assert_string_equal(b.list[0].probe, "other_probe");
	assert_string_equal(b.list[0].reason, "new");
	assert_string_equal(b.list[0].expires, "2028-01-01");
	baseline_release(&b);
	baseline_release(&found);

	/* what has become worse wants a new reason */
	load(&b, FILE_OF(ENTRY(ID, "cross-bus", "")));
	found = found_of(make_finding(0, "x"));
	assert_int_equal(baseline_update(&b, &found, "new", NULL), 1);
	assert_string_equal(b.list[0].reason, "new");
	baseline_release(&b);
}

/* Equal entries, equal bytes, whatever order they were in. */
static void test_write(void **state)
{
	static const char other[] = "0000000000000001";
	struct strbuf err = STRBUF_INIT, first = STRBUF_INIT,
		      second = STRBUF_INIT;
	struct baseline b = BASELINE_INIT;

	(void)state;
	load(&b, FILE_OF(ENTRY(ID, "same-bus", "") "," ENTRY("0000000000000001",
							     "same-bus", "")));
	assert_int_equal(baseline_write(&b, path, &err), 0);
	assert_int_equal(strbuf_read_file(&first, path), 0);
	assert_true(strstr(first.buf, other) < strstr(first.buf, ID));
	baseline_release(&b);
	assert_int_equal(baseline_load(&b, path, &err), 0);
	assert_int_equal(b.nr, 2);
	assert_int_equal(baseline_write(&b, path, &err), 0);
	assert_int_equal(strbuf_read_file(&second, path), 0);
	assert_string_equal(first.buf, second.buf);
	strbuf_release(&first);
	strbuf_release(&second);
	strbuf_release(&err);
	baseline_release(&b);
}

static void test_report(void **state)
{
	struct strbuf err = STRBUF_INIT;
	struct baseline b = BASELINE_INIT;

	(void)state;
	put("{\"schema\": \"probewalk-findings-1\", \"findings\": [{\"id\": "
	    "\"" ID "\", \"rule\": \"r\", \"verdict\": \"same-bus\", "
	    "\"probe\": {\"function\": \"p\", \"file\": \"f.c\"}, "
	    "\"registration\": {\"callee\": \"reg\", \"driver\": "
	    "\"priv->drv\"}}]}");
	assert_int_equal(baseline_found_json(&b, path, &err), 0);
	assert_int_equal(b.nr, 1);
	assert_string_equal(b.list[0].registration, "->drv");
	baseline_release(&b);
	put("{\"schema\": \"probewalk-findings-1\", \"findings\": [{}]}");
	assert_int_equal(baseline_found_json(&b, path, &err), -EINVAL);
	assert_non_null(strstr(err.buf, "finding 1"));
	baseline_release(&b);
	put("{\"schema\": \"probewalk-findings-1\"}");
	assert_int_equal(baseline_found_json(&b, path, &err), -EINVAL);
	baseline_release(&b);
	strbuf_release(&err);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_apply),
		cmocka_unit_test(test_apply_once),
		cmocka_unit_test(test_update),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_report),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
