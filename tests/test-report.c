// SPDX-License-Identifier: GPL-2.0-only
/* The text report, of findings that are made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "report-by-hand.h"

static void check(const struct report *report, const char *expected)
{
	char *text = render(report, "text");

	assert_string_equal(text, expected);
	free(text);
}

#define HEAD                                                                   \
	"drivers/inner.c:12:9: error: outer_probe() of outer_driver "          \
	"registers inner_driver on its own bus "                               \
	"[driver-registration-in-probe]\n"
#define PROBE                                                                  \
	"drivers/outer.c:20: note: outer_probe() is the "                      \
	"platform_driver.probe of outer_driver, on platform_bus_type\n"
#define HOPS                                                                   \
	"drivers/outer.c:22:2: note: outer_probe() calls impl_init() here\n"   \
	"drivers/impl.c:7:10: note: impl_init() calls inner_init() here\n"     \
	"drivers/inner.c:12:9: note: inner_init() calls "                      \
	"platform_driver_register() here with inner_driver\n"
#define DRIVER                                                                 \
	"drivers/inner.c:3: note: inner_driver is defined here, for "          \
	"platform_bus_type\n"
#define NOTHING_UNREGISTERS                                                    \
	"drivers/inner.c:12:9: note: nothing unregisters inner_driver\n"
#define STANDING                                                               \
	"drivers/inner.c:12:9: note: finding 6769c774d7c6c953: same-bus, "     \
	"high confidence; in arm64/allyesconfig\n"
#define WAITING                                                                \
	"drivers/inner.c:12:9: note: platform_driver_register() is trying to " \
	"take the lock of each device on platform_bus_type here, also of the " \
	"one that parent_probe() holds\n"
#define QUALIFIERS                                                             \
	"drivers/inner.c:50: note: which is reached from the driver's "        \
	"platform_driver.remove: the lock is held there, too\n"                \
	"drivers/inner.c:12: note: no static flag is tested on the way: each " \
	"device registers the same driver again\n"                             \
	"drivers/inner.c:12: note: nobody looks at what it returns\n"
#define HELP                                                                   \
	"probewalk: help: Register it from module_init(). "                    \
	"[driver-registration-in-probe]\n"
#define ONE_ERROR                                                              \
	"probewalk: 1 finding (1 error, 0 warnings, 0 notes); 2 units: "       \
	"2 analysed, 0 in part, 0 not\n"

static void test_text_clean(void **state)
{
	struct report report = empty_report();

	(void)state;
	report.nr_hidden = 3;
	check(&report, "probewalk: 0 findings (0 errors, 0 warnings, 0 notes), "
		       "3 more of lower confidence not shown; "
		       "2 units: 2 analysed, 0 in part, 0 not\n");
	report_release(&report);
}

static void test_text_finding(void **state)
{
	struct report report = empty_report();

	(void)state;
	add(&report, make_finding(0, "arm64/allyesconfig"));
	check(&report, HEAD PROBE HOPS DRIVER NOTHING_UNREGISTERS STANDING HELP
			       ONE_ERROR);
	report_release(&report);
}

static void test_text_evidence(void **state)
{
	struct finding f = make_finding(0, "arm64/allyesconfig");
	struct report report = empty_report();

	(void)state;
	add_guard(&f, "registered", 11);
	add_unregister(&f, "inner_remove", 50);
	f.outer = make_outer();
	f.verdict = VERDICT_TRANSITIVE;
	f.hang = HANG_LOCK_ENFORCED;
	set_qualifiers(&f);
	add(&report, f);
	check(&report, HEAD
	      "drivers/parent.c:9: note: parent_probe() is already holding "
	      "the lock of a device on platform_bus_type here\n"
	      "drivers/parent.c:9: note: parent_probe() is the "
	      "platform_driver.probe of parent_driver, on "
	      "platform_bus_type\n"
	      "drivers/parent.c:11:2: note: parent_probe() calls "
	      "device_add() here\n"
	      "drivers/parent.c:11:2: note: which adds a device on "
	      "platform_bus_type: if outer_probe() is its probe, it is called "
	      "with both locks held (medium confidence: no other driver adds "
	      "any)\n" PROBE HOPS WAITING DRIVER
	      "drivers/inner.c:11: note: whether it comes to that is decided "
	      "by registered (static-flag) here: a race unless a lock "
	      "covers the test and the call\n"
	      "drivers/inner.c:50: note: inner_remove() unregisters "
	      "inner_driver here\n" QUALIFIERS
	      "drivers/inner.c:12:9: note: finding 6769c774d7c6c953: "
	      "transitive, high confidence; hangs where matching takes the "
	      "device lock (dc23806a7c47); in arm64/allyesconfig\n" HELP
		      ONE_ERROR);
	report_release(&report);
}

static void test_text_edges(void **state)
{
	static const struct {
		enum edge_kind edge;
		const char *callee, *expected;
	} cases[] = {
		{ EDGE_DIRECT, "impl_init", "calls impl_init() here\n" },
		{ EDGE_DIRECT, "IMPL",
		  "calls IMPL() here, that is impl_init()\n" },
		{ EDGE_POINTER, "init",
		  "calls through init here, which may be impl_init()\n" },
		{ EDGE_CALLBACK, "for_each",
		  "hands impl_init() to for_each() here, which calls it\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct finding f = make_finding(0, "arm64/allyesconfig");
		struct report report = empty_report();
		char *text;

		f.path[0].edge = cases[i].edge;
		replace(&f.path[0].callee, cases[i].callee);
		add(&report, f);
		text = render(&report, "text");
		if (!strstr(text, cases[i].expected))
			fail_msg("%s not in %s", cases[i].expected, text);
		free(text);
		report_release(&report);
	}
}

/* What is not known is not made up: no claim that nothing unregisters it. */
static void test_text_unknown(void **state)
{
	struct report report = empty_report();
	char *text;

	(void)state;
	add(&report, unknown_finding());
	text = render(&report, "text");
	assert_non_null(strstr(text, "of a driver that could not be named\n"));
	assert_non_null(strstr(text, "platform_driver_register() here\n"));
	assert_null(strstr(text, "(null)"));
	assert_null(strstr(text, "nothing unregisters"));
	free(text);
	report_release(&report);
}

/* One cure for all findings of a rule. */
static void test_text_help_once(void **state)
{
	struct finding other = make_finding(0, "arm64/allyesconfig");
	struct report report = empty_report();
	char *text, *help;

	(void)state;
	replace(&other.probe.file, "drivers/zzz.c");
	add(&report, make_finding(0, "arm64/allyesconfig"));
	add(&report, other);
	text = render(&report, "text");
	help = strstr(text, "help: ");
	assert_non_null(help);
	assert_null(strstr(help + 1, "help: "));
	assert_non_null(strstr(text, "probewalk: 2 findings (2 errors, "));
	free(text);
	report_release(&report);
}

static void test_text_escapes(void **state)
{
	struct finding f = make_finding(0, "arm64/allyesconfig");
	struct report report = empty_report();
	char *text, *p;

	(void)state;
	replace(&f.registration.file, "drivers/\x1b[2Jx\n\x7f.c");
	replace(&f.message, "caf\xc3\xa9");
	add(&report, f);
	add_unit(&report, "a\rb.c", "errors", "tab\there");
	text = render(&report, "text");
	for (p = text; *p; p++)
		assert_true(*p == '\n' || (*p >= ' ' && *p <= '~'));
	assert_non_null(strstr(text, "drivers/\\x1b[2Jx\\x0a\\x7f.c:12:9: "));
	assert_non_null(strstr(text, "caf\\xc3\\xa9 ["));
	assert_non_null(strstr(text,
			       "a\\x0db.c: note: not fully analysed in "
			       "arm64/allyesconfig: errors: tab\\x09here\n"));
	free(text);
	report_release(&report);
}

static void test_text_units(void **state)
{
	struct report report = empty_report();
	char *text, name[32];
	int i;

	(void)state;
	for (i = 0; i < 10; i++) {
		snprintf(name, sizeof(name), "drivers/unit%02d.c", i);
		add_unit(&report, name, i ? "errors" : "missing", "");
	}
	text = render(&report, "text");
	assert_non_null(strstr(text, "drivers/unit00.c: note: not fully "
				     "analysed in arm64/allyesconfig: "
				     "missing\n"));
	assert_non_null(strstr(text, "drivers/unit09.c: "));
	assert_null(strstr(text, "see the JSON report"));
	assert_non_null(
		strstr(text, "12 units: 2 analysed, 9 in part, 1 not\n"));
	free(text);

	add_unit(&report, "drivers/unit10.c", "crashed", "signal 11");
	text = render(&report, "text");
	assert_non_null(strstr(text, "probewalk: and 1 more unit not fully "));
	free(text);
	add_unit(&report, "drivers/unit11.c", "timeout", "60 s");
	text = render(&report, "text");
	assert_null(strstr(text, "drivers/unit10.c: "));
	assert_non_null(strstr(text, "probewalk: and 2 more units not fully "
				     "analysed; see the JSON report\n"));
	free(text);
	report_release(&report);
}

/* The ways that --all-paths asked for, which may be short. */
static void test_text_other_paths(void **state)
{
	struct finding f = make_finding(0, "arm64/allyesconfig");
	struct report report = empty_report();
	size_t nr;
	char *text;

	(void)state;
	f.nr_other_paths = 2;
	f.other_paths = xcalloc(2, sizeof(*f.other_paths));
	for (nr = 1; nr <= 2; nr++) {
		struct finding_path *path = &f.other_paths[nr - 1];

		path->nr = nr;
		path->hops = xcalloc(nr, sizeof(*path->hops));
		set_hop(&path->hops[0], "outer_probe", "drivers/outer.c", 70, 2,
			"platform_driver_register");
	}
	set_hop(&f.other_paths[1].hops[1], "way", "drivers/outer.c", 71, 2,
		"platform_driver_register");
	add(&report, f);
	text = render(&report, "text");
	assert_non_null(strstr(text, "outer_probe() also gets here by 1 "
				     "call:\ndrivers/outer.c:70:2: "));
	assert_non_null(strstr(text, "also gets here by 2 calls:\n"));
	free(text);
	report_release(&report);
}

static void test_text_not_followed(void **state)
{
	struct report report = empty_report();
	char *text, name[32];
	int i;

	(void)state;
	for (i = 0; i < 12; i++) {
		snprintf(name, sizeof(name), "ops.f%02d", i);
		string_list_add(&report.not_followed, name);
	}
	report.nr_cut = 1;
	report.nr_given_up = 2;
	text = render(&report, "text");
	assert_non_null(strstr(text, "probewalk: calls through 12 fields were "
				     "not followed, because too many functions "
				     "are put there: ops.f00, "));
	assert_non_null(
		strstr(text, "ops.f09 and 2 more; see the JSON report\n"));
	assert_non_null(strstr(text, "probewalk: more probes may reach 1 "
				     "function at low confidence than "));
	assert_non_null(strstr(text, "probewalk: 2 searches were given up for "
				     "ways from a probe to a site, because "));
	free(text);
	report_release(&report);
}

/* Accepted: not told, not counted as any severity, but counted. */
static void test_text_accepted(void **state)
{
	struct report report = empty_report();

	(void)state;
	add(&report, make_finding(0, "arm64/allyesconfig"));
	report.findings.list[0].accepted = xstrdup("looked at");
	report.has_baseline = true;
	string_list_add(&report.baseline_unused, "0 (rule: gone) is not found");
	check(&report, "probewalk: baseline: 0 (rule: gone) is not found\n"
		       "probewalk: 0 findings (0 errors, 0 warnings, 0 notes), "
		       "1 accepted; 2 units: 2 analysed, 0 in part, 0 not\n");
	report_release(&report);
}

/* A path is a stranger's: no line may be a command to the log of a CI job. */
static void test_text_commands(void **state)
{
	struct finding f = make_finding(0, "arm64/allyesconfig");
	struct report report = empty_report();
	char *text;

	(void)state;
	replace(&f.registration.file, "::error::x##[error]y.c");
	add(&report, f);
	add_unit(&report, "::set-output::", "errors", "");
	text = render(&report, "text");
	assert_non_null(strstr(text, "./::error::x\\x23#[error]y.c:12:9: "));
	assert_non_null(strstr(text, "\n./::set-output::: note: "));
	assert_null(strstr(text, "\n::"));
	assert_null(strstr(text, "##["));
	free(text);
	report_release(&report);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_clean),
		cmocka_unit_test(test_text_finding),
		cmocka_unit_test(test_text_evidence),
		cmocka_unit_test(test_text_edges),
		cmocka_unit_test(test_text_unknown),
		cmocka_unit_test(test_text_help_once),
		cmocka_unit_test(test_text_escapes),
		cmocka_unit_test(test_text_units),
		cmocka_unit_test(test_text_other_paths),
		cmocka_unit_test(test_text_not_followed),
		cmocka_unit_test(test_text_accepted),
		cmocka_unit_test(test_text_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
