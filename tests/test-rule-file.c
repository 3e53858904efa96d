// SPDX-License-Identifier: GPL-2.0-only
/* Rule files: what a good one means, and what is said of each broken one. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "rules/rule.h"

static char *dir;

static char *in_dir(const char *name)
{
	return xasprintf("%s/%s", dir, name);
}

static void write_file(const char *name, const char *text)
{
	char *path = in_dir(name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) != EOF);
	assert_int_equal(fclose(f), 0);
	free(path);
}

static void remove_file(const char *name)
{
	char *path = in_dir(name);

	unlink(path);
	free(path);
}

static int setup(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	dir = xasprintf("%s/test-rule-file.XXXXXX", tmp ? tmp : "/tmp");
	return mkdtemp(dir) ? 0 : -1;
}

static int teardown(void **state)
{
	int ret = rmdir(dir);

	(void)state;
	free(dir);
	return ret;
}

/* A rule with everything but the member under test. */
#define HEAD	 "{\"id\":\"r\",\"summary\":\"s\",\"help\":\"h\""
#define SEVERITY ",\"severity\":\"note\""
#define FROM	 ",\"from\":{\"kind\":\"callback\",\"dispatch\":[\"a.b\"]}"
#define TO	 ",\"to\":{\"kind\":\"call\",\"functions\":[\"f\"]}"
#define TO_REG(more)                                                           \
	",\"to\":{\"kind\":\"registration\",\"functions\":[\"f\"]" more "}"

static const struct {
	const char *name, *input;
	const char *expected; /* every line, with @ for the file's name */
} broken[] = {
	{ "empty", "", "@:1:1: the file is empty\n" },
	{ "not JSON", "nonsense",
	  "@:1:8: '[' or '{' expected near 'nonsense'\n" },
	{ "cut short", HEAD, "@:1:34: '}' expected near end of file\n" },
	{ "a comma too many, second line", "{\n\"id\": \"r\",}",
	  "@:2:11: string or '}' expected near '}'\n" },
	{ "two documents", "{} {}", "@:1:4: end of file expected near '{'\n" },
	{ "a member twice", "{\"id\": \"r\",\n \"id\": \"s\"}",
	  "@:2:5: duplicate object key near '\"id\"'\n" },
	{ "not UTF-8", "{\"id\": \"\xff\"}",
	  "@:1:8: unable to decode byte 0xff near '\"'\n" },
	{ "a byte that would steer a terminal", "\x1b[2J",
	  "@:1:1: '[' or '{' expected near '\\x1b'\n" },
	{ "a list", "[]", "@: must be an object and is a list\n" },
	{ "nothing in it", "{}",
	  "@: id: this member is missing\n"
	  "@: summary: this member is missing\n"
	  "@: help: this member is missing\n"
	  "@: severity: this member is missing\n"
	  "@: from: this member is missing\n"
	  "@: to: this member is missing\n" },
	{ "unknown member", HEAD SEVERITY FROM TO ",\"sevrity\":\"note\"}",
	  "@: rule r: sevrity: unknown member; there are: id, summary, "
	  "message, help, references, enabled, severity, confidence, from, to, "
	  "except, "
	  "barriers, unlikely, locks\n" },
	{ "unknown member inside",
	  HEAD SEVERITY FROM TO_REG(",\"function\":[]") "}",
	  "@: rule r: to.function: unknown member; there are: kind, functions, "
	  "device_argument, undo, undoes\n" },
	{ "several mistakes, all told",
	  "{\"id\":\"r\",\"summary\":7,\"help\":\"\",\"enabled\":1" SEVERITY
		  FROM TO "}",
	  "@: rule r: summary: must be a string and is a number\n"
	  "@: rule r: help: must not be empty\n"
	  "@: rule r: enabled: must be true or false and is a number\n" },
	{ "an id that is none",
	  "{\"id\":\"A b\",\"summary\":\"s\",\"help\":"
	  "\"h\"" SEVERITY FROM TO "}",
	  "@: id: 'A b' is not an id: lower-case letters, digits and dashes, "
	  "a letter first, and not 'all'\n" },
	{ "the id that stands for all",
	  "{\"id\":\"all\",\"summary\":\"s\",\"help\":"
	  "\"h\"" SEVERITY FROM TO "}",
	  "@: id: 'all' is not an id: lower-case letters, digits and dashes, "
	  "a letter first, and not 'all'\n" },
	{ "a message with an unknown word",
	  HEAD SEVERITY FROM TO ",\"message\":\"{start} at {stop} here\"}",
	  "@: rule r: message: {stop} is not known; there are: {start}, "
	  "{site}, {callee}, {driver}\n" },
	{ "what a call takes back",
	  HEAD SEVERITY FROM ",\"to\":{\"kind\":\"call\",\"functions\":[\"f\"],"
			     "\"undoes\":[\"g\"]}}",
	  "@: rule r: to.undoes: has no meaning in a rule about calls\n" },
	{ "an unknown severity", HEAD ",\"severity\":\"fatal\"" FROM TO "}",
	  "@: rule r: severity: 'fatal' is not a severity; there are: note, "
	  "warning, error\n" },
	{ "an unknown confidence",
	  HEAD ",\"confidence\":\"sure\"" SEVERITY FROM TO "}",
	  "@: rule r: confidence: 'sure' is not a confidence; there are: low, "
	  "medium, high\n" },
	{ "a severity for an unknown verdict",
	  HEAD ",\"severity\":{\"default\":\"note\",\"same\":\"error\"}" FROM TO
	       "}",
	  "@: rule r: severity.same: unknown member; there are: default, "
	  "same-bus, transitive, cross-bus\n" },
	{ "severities without a default",
	  HEAD ",\"severity\":{\"same-bus\":\"error\"}" FROM TO "}",
	  "@: rule r: severity.default: this member is missing\n" },
	{ "a severity of a wrong type", HEAD ",\"severity\":[]" FROM TO "}",
	  "@: rule r: severity: must be a string or an object and is a "
	  "list\n" },
	{ "a list that is a string",
	  HEAD SEVERITY FROM ",\"to\":{\"kind\":\"call\",\"functions\":\"f\"}}",
	  "@: rule r: to.functions: must be a list of strings and is a "
	  "string\n" },
	{ "a list with null in it",
	  HEAD SEVERITY FROM TO ",\"references\":[\"a\",null]}",
	  "@: rule r: references[1]: must be a string and is null\n" },
	{ "locks without types", HEAD SEVERITY FROM TO ",\"locks\":{}}",
	  "@: rule r: locks.types: this member is missing\n" },
	{ "an unknown member of locks",
	  HEAD SEVERITY FROM TO
	  ",\"locks\":{\"types\":[\"mutex\"],\"scopes\":[]}}",
	  "@: rule r: locks.scopes: unknown member; there are: types, "
	  "to_end\n" },
	{ "a name twice", HEAD SEVERITY FROM TO ",\"barriers\":[\"f\",\"f\"]}",
	  "@: rule r: barriers[1]: 'f' is listed twice\n" },
	{ "a function that is none",
	  HEAD SEVERITY FROM TO ",\"barriers\":[\"f()\"]}",
	  "@: rule r: barriers[0]: 'f()' is not the name of a function\n" },
	{ "a field without its struct",
	  HEAD SEVERITY
	  ",\"from\":{\"kind\":\"callback\",\"dispatch\":[\"probe\"]}" TO "}",
	  "@: rule r: from.dispatch[0]: 'probe' is not a field, such as "
	  "\"bus_type.probe\"\n" },
	{ "a kind of start that is none",
	  HEAD SEVERITY ",\"from\":{\"kind\":\"probe\"}" TO "}",
	  "@: rule r: from.kind: 'probe' must be \"callback\" or \"any\"\n" },
	{ "a kind of target that is none",
	  HEAD SEVERITY FROM ",\"to\":{\"kind\":\"x\",\"functions\":[\"f\"]}}",
	  "@: rule r: to.kind: 'x' must be \"registration\" or \"call\"\n" },
	{ "callbacks of no field",
	  HEAD SEVERITY ",\"from\":{\"kind\":\"callback\"}" TO "}",
	  "@: rule r: from: a rule from callbacks needs fields in \"dispatch\" "
	  "or \"callbacks\"\n" },
	{ "fields where any function is a start",
	  HEAD SEVERITY ",\"from\":{\"kind\":\"any\",\"dispatch\":[\"a.b\"]}" TO
			"}",
	  "@: rule r: from: \"dispatch\", \"callbacks\" and \"nested\" have no "
	  "meaning in a rule from any function\n" },
	{ "no target",
	  HEAD SEVERITY FROM ",\"to\":{\"kind\":\"call\",\"functions\":[]}}",
	  "@: rule r: to.functions: must not be empty\n" },
	{ "undoing a call",
	  HEAD SEVERITY FROM ",\"to\":{\"kind\":\"call\",\"functions\":[\"f\"],"
			     "\"undo\":[\"g\"]}}",
	  "@: rule r: to.undo: has no meaning in a rule about calls "
	  "without \"device_argument\"\n" },
	{ "a device argument of a registration",
	  HEAD SEVERITY FROM TO_REG(",\"device_argument\":{\"f\":0}") "}",
	  "@: rule r: to.device_argument: has no meaning in a rule about "
	  "registrations\n" },
	{ "a device argument of another function",
	  HEAD SEVERITY FROM ",\"to\":{\"kind\":\"call\",\"functions\":[\"f\"],"
			     "\"device_argument\":{\"g\":0,\"f\":-1}}}",
	  "@: rule r: to.device_argument.g: 'g' is not one of to.functions\n"
	  "@: rule r: to.device_argument.f: must be from 0 to 255\n" },
	{ "an attribute that is none",
	  HEAD SEVERITY FROM TO ",\"except\":{\"attributes\":[\"__cold\"]}}",
	  "@: rule r: except.attributes: '__cold' is not an attribute; there "
	  "are: __init, __exit\n" },
	{ "an exception of no kind",
	  HEAD SEVERITY FROM TO ",\"except\":{\"function\":[]}}",
	  "@: rule r: except.function: unknown member; there are: callers, "
	  "callbacks, files, tests, macros, attributes\n" },
};

/* @text with every @ at the start of a line put in as @file. */
static char *with_file(const char *text, const char *file)
{
	struct strbuf sb = STRBUF_INIT;

	for (; *text; text++) {
		if (*text == '@')
			strbuf_addstr(&sb, file);
		else
			strbuf_addch(&sb, *text);
	}
	return strbuf_detach(&sb);
}

static void test_broken(void **state)
{
	size_t i, bad = 0;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(broken); i++) {
		struct strbuf err = STRBUF_INIT;
		char *file = in_dir("r.json");
		char *expected = with_file(broken[i].expected, file);
		struct rule_set set;
		int ret;

		write_file("r.json", broken[i].input);
		ret = rule_set_load(&set, dir, &err);
		if (ret != -EINVAL || set.nr || strcmp(err.buf, expected)) {
			print_error("%s: %d\n%swanted\n%s", broken[i].name, ret,
				    err.buf, expected);
			bad++;
		}
		rule_set_release(&set);
		strbuf_release(&err);
		free(expected);
		free(file);
		remove_file("r.json");
	}
	assert_int_equal(bad, 0);
}

static void load_one(struct rule_set *set, const char *text)
{
	struct strbuf err = STRBUF_INIT;
	char *path = in_dir("r.json");
	int ret;

	write_file("r.json", text);
	ret = rule_set_load(set, path, &err);
	assert_string_equal(err.buf, "");
	assert_int_equal(ret, 0);
	assert_int_equal(set->nr, 1);
	free(path);
	remove_file("r.json");
}

static void test_all_members(void **state)
{
	struct rule_set set;
	const struct rule *r;

	(void)state;
	load_one(&set,
		 HEAD ",\"references\":[\"x\"],\"enabled\":false"
		      ",\"severity\":{\"cross-bus\":\"warning\","
		      "\"default\":\"note\",\"same-bus\":\"error\"}"
		      ",\"from\":{\"kind\":\"callback\",\"dispatch\":[\"a.b\","
		      "\"s::u.f\"],\"callbacks\":[\"c.d\"],"
		      "\"nested\":[\"n\"]}"
		      ",\"to\":{\"device_argument\":{\"g\":2},\"kind\":"
		      "\"call\",\"functions\":[\"f\",\"g\"]}"
		      ",\"except\":{\"callers\":[\"k\"],\"callbacks\":"
		      "[\"e.f\"],\"files\":[\"p/\"],\"tests\":[\"*t\"],"
		      "\"macros\":[\"M\"],\"attributes\":[\"__exit\"]}"
		      ",\"barriers\":[\"w\"]}");
	r = &set.rules[0];
	assert_string_equal(r->id, "r");
	assert_string_equal(r->summary, "s");
	assert_string_equal(r->help, "h");
	assert_string_equal(r->references.item[0], "x");
	assert_false(r->enabled);
	assert_int_equal(r->severity, SEVERITY_NOTE);
	assert_int_equal(r->severity_same_bus, SEVERITY_ERROR);
	assert_int_equal(r->severity_transitive, SEVERITY_NOTE);
	assert_int_equal(r->severity_cross_bus, SEVERITY_WARNING);
	assert_int_equal(r->from, SOURCE_CALLBACK);
	assert_int_equal(r->dispatch.nr, 2);
	assert_string_equal(r->dispatch.item[1], "s::u.f");
	assert_string_equal(r->callbacks.item[0], "c.d");
	assert_string_equal(r->nested.item[0], "n");
	assert_int_equal(r->to, TARGET_CALL);
	assert_string_equal(r->functions.item[1], "g");
	assert_int_equal(r->device_arg[0], -1);
	assert_int_equal(r->device_arg[1], 2);
	assert_int_equal(r->undo.nr, 0);
	assert_string_equal(r->except_callers.item[0], "k");
	assert_string_equal(r->except_callbacks.item[0], "e.f");
	assert_string_equal(r->except_files.item[0], "p/");
	assert_string_equal(r->except_tests.item[0], "*t");
	assert_string_equal(r->except_macros.item[0], "M");
	assert_int_equal(r->except_attrs, ATTR_EXIT);
	assert_string_equal(r->barriers.item[0], "w");
	rule_set_release(&set);
}

/* The other rules of the design, which come later: the format must hold them.
 */
static const char *const designed[] = {
	"{\"id\":\"driver-unregistration-in-remove\",\"summary\":\"s\","
	"\"help\":\"h\",\"severity\":\"warning\",\"from\":{\"kind\":"
	"\"callback\",\"dispatch\":[\"bus_type.probe\",\"bus_type.remove\","
	"\"bus_type.shutdown\",\"device_driver.probe\","
	"\"device_driver.remove\",\"device_driver.shutdown\"]},"
	"\"to\":{\"kind\":\"registration\",\"functions\":"
	"[\"driver_unregister\"]},\"except\":{\"attributes\":[\"__exit\"]}}",
	"{\"id\":\"wait-for-probe-in-probe\",\"summary\":\"s\",\"help\":\"h\","
	"\"severity\":\"error\",\"from\":{\"kind\":\"callback\",\"dispatch\":"
	"[\"bus_type.probe\",\"device_driver.probe\"]},\"to\":{\"kind\":"
	"\"call\",\"functions\":[\"async_synchronize_full\","
	"\"wait_for_device_probe\"]}}",
	"{\"id\":\"request-module-in-probe\",\"summary\":\"s\",\"help\":\"h\","
	"\"severity\":\"note\",\"from\":{\"kind\":\"callback\",\"dispatch\":"
	"[\"bus_type.probe\",\"device_driver.probe\"]},\"to\":{\"kind\":"
	"\"call\",\"functions\":[\"__request_module\"]},\"except\":"
	"{\"macros\":[\"request_module_nowait\"]}}",
	"{\"id\":\"device-lock-in-probe\",\"summary\":\"s\",\"help\":\"h\","
	"\"severity\":\"note\",\"enabled\":false,\"from\":{\"kind\":"
	"\"callback\",\"dispatch\":[\"bus_type.probe\",\"bus_type.remove\","
	"\"device_driver.probe\",\"device_driver.remove\"]},\"to\":"
	"{\"kind\":\"call\",\"functions\":[\"bus_iommu_probe\","
	"\"bus_rescan_devices\",\"device_attach\",\"device_lock\","
	"\"device_reprobe\"],\"device_argument\":{\"device_attach\":0,"
	"\"device_lock\":0,\"device_reprobe\":0}}}",
	"{\"id\":\"dma-configure-outside-bus\",\"summary\":\"s\",\"help\":"
	"\"h\",\"severity\":\"warning\",\"from\":{\"kind\":\"any\"},\"to\":"
	"{\"kind\":\"call\",\"functions\":[\"acpi_dma_configure\","
	"\"of_dma_configure\"]},\"except\":{\"callbacks\":"
	"[\"bus_type.dma_configure\"],\"files\":[\"drivers/acpi/\","
	"\"drivers/of/\"]}}",
};

static void test_designed(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(designed); i++) {
		struct rule_set set;

		load_one(&set, designed[i]);
		rule_set_release(&set);
	}
}

static void test_directory(void **state)
{
	struct strbuf err = STRBUF_INIT;
	struct rule_set set;

	(void)state;
	write_file("a.json", "{\"id\":\"z\",\"summary\":\"s\",\"help\":"
			     "\"h\"" SEVERITY FROM TO "}");
	write_file("b.json", HEAD SEVERITY FROM TO "}");
	write_file(".c.json", "left by an editor");
	write_file("README", "no rule");
	assert_int_equal(rule_set_load(&set, dir, &err), 0);
	assert_int_equal(set.nr, 2);
	assert_string_equal(set.rules[0].id, "r");
	assert_string_equal(set.rules[1].id, "z");
	assert_true(set.rules[0].enabled);
	rule_set_release(&set);

	/* The mistakes of all files, and no rule of the good one. */
	write_file("a.json", "[]");
	write_file("c.json", "7");
	assert_int_equal(rule_set_load(&set, dir, &err), -EINVAL);
	assert_int_equal(set.nr, 0);
	assert_non_null(strstr(err.buf, "a.json: must be an object"));
	assert_non_null(strstr(err.buf, "c.json:1:1: "));
	strbuf_reset(&err);

	remove_file("c.json");
	write_file("a.json", HEAD SEVERITY FROM TO "}");
	assert_int_equal(rule_set_load(&set, dir, &err), -EINVAL);
	assert_non_null(strstr(err.buf, ": rule r: two files have this id\n"));
	strbuf_release(&err);
	remove_file("a.json");
	remove_file("b.json");
	remove_file(".c.json");
	remove_file("README");
}

static void test_nothing_there(void **state)
{
	struct strbuf err = STRBUF_INIT;
	char *missing = in_dir("no-such.json");
	struct rule_set set;

	(void)state;
	assert_int_equal(rule_set_load(&set, dir, &err), -ENOENT);
	assert_non_null(strstr(err.buf, dir));
	assert_non_null(strstr(err.buf, "there is no rule file (*.json)"));
	strbuf_reset(&err);
	assert_int_equal(rule_set_load(&set, missing, &err), -ENOENT);
	assert_non_null(strstr(err.buf, "no-such.json: cannot be read: "));
	strbuf_release(&err);
	free(missing);
}

static void test_file_patterns(void **state)
{
	static const struct {
		const char *pattern, *file;
		bool expected;
	} cases[] = {
		{ "drivers/acpi/", "drivers/acpi/bus.c", true },
		{ "drivers/acpi/", "drivers/acpi/x/y.c", true },
		{ "drivers/acpi/", "drivers/acpi.c", false },
		{ "drivers/acpi/", "sub/drivers/acpi/bus.c", false },
		{ "*_kunit.c", "drivers/a/b_kunit.c", true },
		{ "*_kunit.c", "drivers/a/b_kunit.h", false },
		{ "*/tests/*-test.c", "drivers/a/tests/b-test.c", true },
		{ "*/tests/*-test.c", "drivers/a/b-test.c", false },
		{ "drivers/a.c", "drivers/a.c", true },
		{ "drivers/a", "drivers/a.c", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct string_list list = { 0 };

		string_list_add(&list, "no such file");
		string_list_add(&list, cases[i].pattern);
		if (rule_file_matches(&list, cases[i].file) !=
		    cases[i].expected)
			fail_msg("%s, %s", cases[i].pattern, cases[i].file);
		string_list_release(&list);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_all_members),
		cmocka_unit_test(test_designed),
		cmocka_unit_test(test_directory),
		cmocka_unit_test(test_nothing_there),
		cmocka_unit_test(test_file_patterns),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
