// SPDX-License-Identifier: GPL-2.0-only
/* Renderers, fed findings that no graph and no parser made. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "report/report.h"

#include "findings-by-hand.h"

#define CHECK_SCHEMA "tests/check-schema.sh"

static char *render(const struct report *report, const char *name)
{
	const struct report_format *format = report_format_find(name);
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	assert_non_null(f);
	assert_non_null(format);
	assert_int_equal(format->render(report, f), 0);
	assert_int_equal(fclose(f), 0);
	return text;
}

static void check(const struct report *report, const char *expected)
{
	char *text = render(report, "text");

	assert_string_equal(text, expected);
	free(text);
}

static struct report empty_report(void)
{
	struct report report = {
		.kernel = xstrdup("6.12.1"),
		.units = 2,
		.units_ok = 2,
	};

	string_list_add(&report.configs, "arm64/allyesconfig");
	return report;
}

static void add(struct report *report, struct finding f)
{
	findings_add(&report->findings, &f);
	findings_sort(&report->findings);
}

static void add_unit(struct report *report, const char *file,
		     const char *status, const char *reason)
{
	struct report_unit *u;

	report->not_ok =
		xrealloc(report->not_ok, (report->nr_not_ok + 1) * sizeof(*u));
	u = &report->not_ok[report->nr_not_ok++];
	u->file = xstrdup(file);
	u->config = xstrdup("arm64/allyesconfig");
	u->status = status;
	u->reason = xstrdup(reason);
	report->units++;
	if (strcmp(status, "errors"))
		report->units_failed++;
	else
		report->units_with_errors++;
}

static struct finding_outer *make_outer(void)
{
	struct finding_outer *outer = xcalloc(1, sizeof(*outer));

	outer->probe.function = xstrdup("parent_probe");
	outer->probe.file = xstrdup("drivers/parent.c");
	outer->probe.line = 9;
	outer->probe.slot = xstrdup("platform_driver.probe");
	set_driver(&outer->probe.driver, "parent_driver", "drivers/parent.c",
		   30, "platform_bus_type");
	outer->confidence = CONFIDENCE_MEDIUM;
	outer->match = "only-adder";
	outer->nr_path = 1;
	outer->path = xcalloc(1, sizeof(*outer->path));
	set_hop(&outer->path[0], "parent_probe", "drivers/parent.c", 11, 2,
		"device_add");
	return outer;
}

static void set_qualifier(struct finding_qualifier *q, enum qualifier_kind kind,
			  uint32_t line, const char *detail)
{
	*q = (struct finding_qualifier){
		.kind = kind,
		.function = xstrdup("inner_init"),
		.file = xstrdup("drivers/inner.c"),
		.line = line,
		.detail = detail ? xstrdup(detail) : NULL,
	};
}

static void set_qualifiers(struct finding *f)
{
	f->nr_qualifiers = 3;
	f->qualifiers = xcalloc(f->nr_qualifiers, sizeof(*f->qualifiers));
	set_qualifier(&f->qualifiers[0], QUALIFIER_UNREGISTER_IN_REMOVE, 50,
		      "platform_driver.remove");
	set_qualifier(&f->qualifiers[1], QUALIFIER_PER_INSTANCE, 12, "static");
	set_qualifier(&f->qualifiers[2], QUALIFIER_RETURN_IGNORED, 12, NULL);
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

static struct finding unknown_finding(void)
{
	struct finding f = make_finding(0, "arm64/allyesconfig");

	replace(&f.probe.driver.name, NULL);
	replace(&f.probe.driver.bus, NULL);
	replace(&f.probe.driver.file, NULL);
	replace(&f.registration.driver.name, NULL);
	replace(&f.registration.driver.bus, NULL);
	replace(&f.registration.driver.file, NULL);
	f.verdict = VERDICT_UNKNOWN_BUS;
	f.severity = SEVERITY_WARNING;
	return f;
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
	add_unit(&report, "drivers/unit11.c", "timeout", "60 s");
	text = render(&report, "text");
	assert_null(strstr(text, "drivers/unit10.c: "));
	assert_non_null(strstr(text, "probewalk: and 2 more units not fully "
				     "analysed; see the JSON report\n"));
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
	text = render(&report, "text");
	assert_non_null(strstr(text, "probewalk: calls through 12 fields were "
				     "not followed, because too many functions "
				     "are put there: ops.f00, "));
	assert_non_null(
		strstr(text, "ops.f09 and 2 more; see the JSON report\n"));
	assert_non_null(strstr(text, "probewalk: more probes may reach 1 "
				     "function at low confidence than "));
	free(text);
	report_release(&report);
}

/* ---- JSON ---- */

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

/* ---- all ---- */

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
	(void)state;
	assert_null(report_format_find("xml"));
	assert_string_equal(report_format_names(), "text, json, sarif");
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
		cmocka_unit_test(test_text_not_followed),
		cmocka_unit_test(test_text_accepted),
		cmocka_unit_test(test_text_commands),
		cmocka_unit_test(test_json_order),
		cmocka_unit_test(test_json_schema),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_formats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
