// SPDX-License-Identifier: GPL-2.0-only
/* From compile commands to arguments for libclang. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/flags.h"

#define TAIL " -w -ferror-limit=0"

struct line {
	struct compdb db; /* its words are those of the arguments */
	struct parse_args args;
};

/* A command line that runs in /o and compiles /t/a.c. */
static void parse_line(struct line *l, struct flag_report *report,
		       const char *line)
{
	char **argv;
	int argc;

	assert_int_equal(shell_split(line, &argv, &argc), 0);
	l->db = (struct compdb)COMPDB_INIT;
	compdb_add(&l->db, "/o", "/t/a.c", argv, argc);
	parse_args_init(&l->args, &l->db.cmds[0], report);
	argv_free(argv);
}

static void release_line(struct line *l)
{
	parse_args_release(&l->args);
	compdb_release(&l->db);
}

static char *join(const struct parse_args *args)
{
	struct strbuf out = STRBUF_INIT;
	int i;

	for (i = 0; i < args->argc; i++)
		strbuf_addf(&out, "%s%s", i ? " " : "", args->argv[i]);
	return strbuf_detach(&out);
}

static const struct {
	const char *name, *line, *expected;
} sort_table[] = {
	{ "nothing", "gcc a.c", "-w -ferror-limit=0" },
	{ "output and source", "gcc -c -o a.o a.c", "-w -ferror-limit=0" },
	{ "joined output", "gcc -oa.o -DX a.c", "-DX" TAIL },
	{ "include directories", "gcc -I inc -Iinc2 a.c", "-Iinc -Iinc2" TAIL },
	{ "other directories", "gcc -isystem d -iquote e a.c",
	  "-isystem d -iquote e" TAIL },
	{ "a forced include", "gcc -include k.c a.c", "-include k.c" TAIL },
	{ "a define in two words", "gcc -D X=1 -U Y a.c", "-DX=1 -UY" TAIL },
	{ "a define with blanks", "gcc '-DX=\"a b\"' a.c", "-DX=\"a b\"" TAIL },
	{ "dependencies", "gcc -MD -MMD -MP -MF f -MT t -MQ q -DX a.c",
	  "-DX" TAIL },
	{ "dependencies of kbuild", "gcc -Wp,-MMD,.a.o.d -Wp,-MD,x -DX a.c",
	  "-DX" TAIL },
	{ "a define behind -Wp", "gcc -Wp,-DX=1,-UY a.c", "-DX=1 -UY" TAIL },
	{ "-Wp does not reach the next word", "gcc -Wp,-MF -DX a.c",
	  "-DX" TAIL },
	{ "-Xpreprocessor", "gcc -Xpreprocessor -DX a.c", "-DX" TAIL },
	{ "warnings", "gcc -Wall -Wno-x -Werror=y -pedantic -w -DX a.c",
	  "-DX" TAIL },
	{ "assembler and linker", "gcc -Wa,-mx -Wl,-z -Xlinker y -Ld -lm a.c",
	  "-w -ferror-limit=0" },
	{ "debug", "gcc -g -gdwarf-5 -gsplit-dwarf -DX a.c", "-DX" TAIL },
	{ "plugins", "gcc -fplugin=p.so -fplugin-arg-p-x=1 -DX a.c",
	  "-DX" TAIL },
	{ "pipe and temporaries", "gcc -pipe -save-temps=obj -S -E -DX a.c",
	  "-DX" TAIL },
	{ "the backend's options", "clang -mllvm -asan-stack=0 -DX a.c",
	  "-DX" TAIL },
	{ "language", "clang -std=gnu11 -O2 -fno-common a.c",
	  "-std=gnu11 -O2 -fno-common" TAIL },
	{ "a value is missing", "gcc -DX -I", "-DX" TAIL },
	{ "after --", "gcc -DX -- -DY.c", "-DX" TAIL },

	{ "a cross gcc", "aarch64-linux-gnu-gcc a.c",
	  "--target=aarch64-linux-gnu" TAIL },
	{ "with a version", "aarch64-linux-gnu-gcc-12 a.c",
	  "--target=aarch64-linux-gnu" TAIL },
	{ "with a path", "/opt/x/arm-linux-gnueabihf-gcc a.c",
	  "--target=arm-linux-gnueabihf" TAIL },
	{ "behind ccache", "ccache aarch64-linux-gnu-gcc-12.2 a.c",
	  "--target=aarch64-linux-gnu" TAIL },
	{ "behind a ccache with a path", "/usr/bin/ccache gcc -DX a.c",
	  "-DX" TAIL },
	{ "the target is given",
	  "arm-linux-gnu-gcc --target=aarch64-linux-gnu a.c",
	  "--target=aarch64-linux-gnu" TAIL },
	{ "the target is given in two words",
	  "clang -target aarch64-linux-gnu -DX a.c",
	  "--target=aarch64-linux-gnu -DX" TAIL },
	{ "plain clang with a version", "clang-19 -DX a.c", "-DX" TAIL },
	{ "no triple", "afl-gcc -DX a.c", "-DX" TAIL },

	{ "gcc's own", "gcc -fconserve-stack -DX -fno-such-thing a.c",
	  "-DX" TAIL },
	{ "gcc's own among good ones",
	  "gcc -fno-common -fconserve-stack -O2 a.c", "-fno-common -O2" TAIL },
	{ "another machine's",
	  "x86_64-linux-gnu-gcc -mgeneral-regs-only "
	  "-mstack-protector-guard=sysreg a.c",
	  "--target=x86_64-linux-gnu -mgeneral-regs-only" TAIL },
	{ "the same where it is known",
	  "aarch64-linux-gnu-gcc "
	  "-mstack-protector-guard=sysreg a.c",
	  "--target=aarch64-linux-gnu "
	  "-mstack-protector-guard=sysreg" TAIL },
	{ "a processor that is not there",
	  "aarch64-linux-gnu-gcc -mcpu=nosuch -O2 a.c",
	  "--target=aarch64-linux-gnu -O2" TAIL },
	{ "a target that is not there", "no-such-machine-gcc -O2 a.c",
	  "--target=no-such-machine -O2" TAIL },
	{ "an argument that is not there",
	  "gcc -ftrivial-auto-var-init=nosuch -O2 a.c", "-O2" TAIL },
};

static void test_sort(void **state)
{
	/* One report for all: what one command taught must not mislead. */
	struct flag_report *report = flag_report_new();
	size_t i, round;

	(void)state;
	for (round = 0; round < 2; round++) {
		for (i = 0; i < ARRAY_SIZE(sort_table); i++) {
			struct line line;
			char *got;

			parse_line(&line, report, sort_table[i].line);
			got = join(&line.args);
			if (strcmp(got, sort_table[i].expected))
				fail_msg("%s: '%s'", sort_table[i].name, got);
			free(got);
			release_line(&line);
		}
	}
	flag_report_free(report);
}

static void test_keys(void **state)
{
	static const struct {
		const char *name, *a, *b;
		bool same_prefix, same_command;
	} table[] = {
		{ "equal", "clang -DX a.c", "clang -DX a.c", true, true },
		{ "output", "clang -o a a.c", "clang -o b a.c", true, true },
		{ "warnings", "clang -Wall a.c", "clang a.c", true, true },
		{ "names of the unit", "clang -DKBUILD_MODNAME=a a.c",
		  "clang -DKBUILD_MODNAME=b a.c", true, false },
		{ "more names of the unit", "clang -D__KBUILD_MODNAME=a a.c",
		  "clang -D__KBUILD_MODNAME=b a.c", true, false },
		{ "directories", "clang -Ix a.c", "clang -I y a.c", true,
		  false },
		{ "a define", "clang -DX a.c", "clang -DX=2 a.c", false,
		  false },
		{ "a forced include", "clang -include x a.c", "clang a.c",
		  false, false },
		{ "optimisation", "clang -O2 a.c", "clang a.c", false, false },
		{ "target", "clang a.c", "arm-linux-gnu-gcc a.c", false,
		  false },
		{ "system directories", "clang -isystem x a.c", "clang a.c",
		  false, false },
	};
	struct flag_report *report = flag_report_new();
	struct line a, b;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		parse_line(&a, report, table[i].a);
		parse_line(&b, report, table[i].b);
		if ((a.args.prefix_key == b.args.prefix_key) !=
		    table[i].same_prefix)
			fail_msg("%s: prefix key", table[i].name);
		if ((a.args.command_hash == b.args.command_hash) !=
		    table[i].same_command)
			fail_msg("%s: command hash", table[i].name);
		release_line(&a);
		release_line(&b);
	}
	flag_report_free(report);
}

static void test_directory(void **state)
{
	struct flag_report *report = flag_report_new();
	char *argv[] = { "clang", "a.c" };
	struct compdb db = COMPDB_INIT;
	struct parse_args a, b;

	(void)state;
	compdb_add(&db, "/o", "/t/a.c", argv, 2);
	compdb_add(&db, "/p", "/t/a.c", argv, 2);
	parse_args_init(&a, &db.cmds[0], report);
	parse_args_init(&b, &db.cmds[1], report);
	assert_true(a.prefix_key != b.prefix_key);
	assert_true(a.command_hash != b.command_hash);
	parse_args_release(&a);
	parse_args_release(&b);
	compdb_release(&db);
	flag_report_free(report);
}

static void test_report(void **state)
{
	static const struct {
		const char *name, *lines[4], *expected;
	} table[] = {
		{ "nothing dropped", { "gcc -O2 a.c" }, "" },
		{ "one",
		  { "gcc -fconserve-stack a.c", "gcc -O2 a.c" },
		  "dropped 1 flag that clang does not know: "
		  "-fconserve-stack (1 unit)" },
		{ "twice in a unit",
		  { "gcc -fconserve-stack -fconserve-stack a.c" },
		  "dropped 1 flag that clang does not know: "
		  "-fconserve-stack (1 unit)" },
		{ "sorted, and a new one later",
		  { "gcc -fnosuch a.c", "gcc -fnosuch a.c",
		    "gcc -fconserve-stack -fnosuch -O2 a.c" },
		  "dropped 2 flags that clang does not know: "
		  "-fconserve-stack (1 unit), -fnosuch (3 units)" },
		{ "two targets",
		  { "gcc -fnosuch a.c", "arm-linux-gnu-gcc -fnosuch a.c" },
		  "dropped 1 flag that clang does not know: "
		  "-fnosuch (2 units)" },
		{ "what a parse has no use for",
		  { "gcc -Wall -fplugin=x -o y a.c" },
		  "" },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct flag_report *report = flag_report_new();
		struct strbuf out = STRBUF_INIT;
		struct line line;

		for (k = 0; k < 4 && table[i].lines[k]; k++) {
			parse_line(&line, report, table[i].lines[k]);
			release_line(&line);
		}
		flag_report_line(report, &out);
		if (strcmp(out.buf, table[i].expected))
			fail_msg("%s: '%s'", table[i].name, out.buf);
		strbuf_release(&out);
		flag_report_free(report);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sort),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_directory),
		cmocka_unit_test(test_report),
	};

	return cmocka_run_group_tests_name("flags", tests, NULL, NULL);
}
