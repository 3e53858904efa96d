// SPDX-License-Identifier: GPL-2.0-only
/* What the renderers of the gate make of a comparison. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gate/format.h"

#include "gate-world.h"

#define CHECK_SCHEMA "tests/check-schema.sh"

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
	struct strbuf names = STRBUF_INIT;

	(void)state;
	assert_null(gate_format_find("xml"));
	named_join(&gate_formats, &names);
	assert_string_equal(names.buf, "text, json, sarif, github, gitlab");
	strbuf_release(&names);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_left_out_lines),
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
