// SPDX-License-Identifier: GPL-2.0-only
/* The reports that programs read, and what holds for every format. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "report-by-hand.h"

#define CHECK_SCHEMA "tests/check-schema.sh"

/* Members in their order, as far as a reader of the bytes sees it. */
static void assert_order(const char *text, const char *const *names)
{
	char *quoted;

	for (; *names; names++) {
		quoted = xasprintf("\"%s\":", *names);
		text = strstr(text, quoted);
		if (!text)
			fail_msg("%s is missing or out of order", quoted);
		free(quoted);
	}
}

static void test_json_order(void **state)
{
	static const char *const top[] = { "schema",  "tool",	  "kernel",
					   "configs", "coverage", "findings",
					   "summary", NULL };
	static const char *const finding[] = {
		"findings",   "id",	 "rule",	 "severity",
		"confidence", "verdict", "transitive",	 "hang",
		"outer",      "probe",	 "registration", "callee",
		"path",	      "edge",	 "qualifiers",	 "guards",
		"unregister", "configs", "message",	 "help",
		"references", NULL
	};
	struct report report = empty_report();
	char *text;

	(void)state;
	add(&report, make_finding(0, "arm64/allyesconfig"));
	text = render(&report, "json");
	assert_order(text, top);
	assert_order(text, finding);
	assert_non_null(strstr(text, "\"id\": \"6769c774d7c6c953\",\n"));
	assert_non_null(strstr(text, "\n  \"findings\": [\n    {\n"));
	assert_int_equal(text[strlen(text) - 1], '\n');
	free(text);
	report_release(&report);
}

static void fill_report(struct report *report)
{
	struct finding full = make_finding(0, "arm64/allyesconfig");
	struct finding odd = unknown_finding();
	static const enum verdict verdicts[] = { VERDICT_CROSS_BUS,
						 VERDICT_REACHED };
	size_t i;

	add_guard(&full, "registered", 11);
	add_unregister(&full, "inner_remove", 50);
	full.outer = make_outer();
	full.verdict = VERDICT_TRANSITIVE;
	full.hang = HANG_LOCK_ENFORCED;
	set_qualifiers(&full);
	add(report, full);
	replace(&odd.probe.file, "bytes \xff\xfe that are no UTF-8.c");
	replace(&odd.registration.file, "$O/made here/\xe2\x80\xae.c");
	replace(&odd.message, "[a](b) {0} \x1b[2J \xe2\x80\xae");
	odd.path[0].edge = EDGE_POINTER;
	odd.path[1].edge = EDGE_CALLBACK;
	add(report, odd);
	for (i = 0; i < ARRAY_SIZE(verdicts); i++) {
		struct finding f = make_finding(0, "x86_64/defconfig");

		f.verdict = verdicts[i];
		f.severity = SEVERITY_NOTE;
		f.confidence = CONFIDENCE_LOW;
		replace(&f.probe.function, verdict_name(verdicts[i]));
		add(report, f);
	}
	add_unit(report, "drivers/a.c", "errors", "unknown type name 'u33'");
	add_unit(report, "drivers/b.c", "failed", "");
	add_unit(report, "drivers/c.c", "crashed", "signal 11");
	add_unit(report, "drivers/d.c", "timeout", "60 s");
	add_unit(report, "drivers/e.c", "missing", "");
	report->rules.nr = 1;
	report->rules.rules = xcalloc(1, sizeof(struct rule));
	report->rules.rules[0].id = xstrdup(the_rule.id);
	report->rules.rules[0].summary = xstrdup("a [link](place) of {0}");
	report->rules.rules[0].help = xstrdup(the_rule.help);
	report->findings.list[0].accepted = xstrdup("looked at");
	report->has_baseline = true;
	string_list_add(&report->baseline_unused, "one that is not found");
	string_list_add(&report->baseline_expired, "one whose time is up");
	report->nr_hidden = 2;
	string_list_add(&report->not_followed, "file_operations.open");
	report->nr_cut = 3;
	report->nr_given_up = 2;
}

/* Only what is relative may have a base; a URI has no blanks. */
static void test_sarif_places(void **state)
{
	static const struct {
		const char *file, *expected;
	} cases[] = {
		{ "drivers/a b.c", "\"uri\": \"drivers/a%20b.c\",\n"
				   "\"uriBaseId\": \"SRCROOT\"\n" },
		{ "$O/gen.c", "\"uri\": \"gen.c\",\n"
			      "\"uriBaseId\": \"OBJROOT\"\n" },
		{ "/m y/mod.c", "\"uri\": \"file:///m%20y/mod.c\"\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct report report = empty_report();
		struct strbuf text = STRBUF_INIT;
		char *all, *p;

		add_unit(&report, cases[i].file, "errors", "");
		all = render(&report, "sarif");
		/* without the depth of the lines */
		for (p = all; *p; p++)
			if (*p != ' ' || (p > all && p[-1] == ':'))
				strbuf_addch(&text, *p);
		if (!strstr(text.buf, cases[i].expected))
			fail_msg("%s: %s", cases[i].file, text.buf);
		free(all);
		strbuf_release(&text);
		report_release(&report);
	}
}

static void write_report(const struct report *report, const char *format,
			 const char *path)
{
	char *text = render(report, format);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) != EOF);
	assert_int_equal(fclose(f), 0);
	free(text);
}

/* Every kind of value a report can have, against its own definition. */
static void test_json_schema(void **state)
{
	const char *tmp = getenv("TMPDIR");
	struct report full = empty_report(), empty = { 0 };
	char *dir = xasprintf("%s/test-report.XXXXXX", tmp ? tmp : "/tmp");
	char *cmd;
	int ret;

	(void)state;
	if (access(CHECK_SCHEMA, X_OK)) {
		free(dir);
		report_release(&full);
		skip(); /* not run from the top of the source */
	}
	assert_non_null(mkdtemp(dir));
	fill_report(&full);
	cmd = xasprintf("%s/full.json", dir);
	write_report(&full, "json", cmd);
	free(cmd);
	cmd = xasprintf("%s/empty.json", dir);
	write_report(&empty, "json", cmd);
	free(cmd);
	cmd = xasprintf("%s/full.sarif", dir);
	write_report(&full, "sarif", cmd);
	free(cmd);
	cmd = xasprintf("%s/empty.sarif", dir);
	write_report(&empty, "sarif", cmd);
	free(cmd);
	cmd = xasprintf(CHECK_SCHEMA " '%s'/*.json '%s'/*.sarif >&2; "
				     "ret=$?; rm -r '%s'; exit $ret",
			dir, dir, dir);
	ret = system(cmd);
	free(cmd);
	free(dir);
	report_release(&full);
	report_release(&empty);
	assert_int_equal(ret, 0);
}

/* ---- all formats ---- */

static void test_same_bytes(void **state)
{
	static const char *const names[] = { "text", "json", "sarif" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct report a = empty_report(), b = empty_report();
		struct finding other = make_finding(0, "x");
		char *x, *y;

		/* The same things in another order. */
		replace(&other.probe.file, "drivers/aaa.c");
		add(&a, make_finding(0, "arm64/allyesconfig"));
		add(&a, make_finding(0, "x86_64/allyesconfig"));
		add(&a, other);
		other = make_finding(0, "x");
		replace(&other.probe.file, "drivers/aaa.c");
		add(&b, other);
		add(&b, make_finding(0, "x86_64/allyesconfig"));
		add(&b, make_finding(0, "arm64/allyesconfig"));
		x = render(&a, names[i]);
		y = render(&b, names[i]);
		assert_string_equal(x, y);
		free(x);
		free(y);
		report_release(&a);
		report_release(&b);
	}
}

static void test_full_disk(void **state)
{
	static const char *const names[] = { "text", "json", "sarif" };
	struct report report = empty_report();
	size_t i;

	(void)state;
	add(&report, make_finding(0, "arm64/allyesconfig"));
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		FILE *f = fopen("/dev/full", "w");

		assert_non_null(f);
		setvbuf(f, NULL, _IONBF, 0);
		assert_true(report_format_find(names[i])->render(&report, f) <
			    0);
		fclose(f);
	}
	report_release(&report);
}

static void test_formats(void **state)
{
	struct strbuf names = STRBUF_INIT;

	(void)state;
	assert_null(report_format_find("xml"));
	named_join(&report_formats, &names);
	assert_string_equal(names.buf, "text, json, sarif");
	strbuf_release(&names);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json_order),
		cmocka_unit_test(test_sarif_places),
		cmocka_unit_test(test_json_schema),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_formats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
