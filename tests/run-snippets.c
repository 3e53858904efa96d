// SPDX-License-Identifier: GPL-2.0-only
/*
 * The runner of testdata/kernel-snippets: for every case in the array that
 * snippet.c fills, runs the program end to end and compares what it reports
 * with what the comment says. The list is exact: a finding nobody expects fails
 * the case.
 *
 * Every case is linked with the model of the driver core in core/. That is
 * indexed once; a case starts from a copy of the database, so that only its own
 * units are parsed.
 *
 * Results are KTAP lines; a case known to fail is skipped, with the reason, and
 * fails when it passes: then the comment is out of date.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>

#include "util/strbuf.h"

#include "snippet.h"

static const char *program = "build/probewalk";
static const char *snippet_dir = "testdata/kernel-snippets";
static const char *keep_dir;
static char tree[PATH_MAX]; /* snippet_dir, absolute */
static char work_dir[PATH_MAX];
static struct strings core_units;

extern char **environ;

/* ---- running the program ---- */

static char *work_file(const char *name, const char *suffix)
{
	return xasprintf("%s/%s%s", work_dir, name, suffix);
}

/* Return: exit status, or -1 when it did not exit by itself. */
static int run(const char *const *argv, const char *log)
{
	const int flags = O_WRONLY | O_CREAT | O_TRUNC;
	posix_spawn_file_actions_t actions;
	int status = -1, ret;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, log, flags, 0644);
	posix_spawn_file_actions_adddup2(&actions, 1, 2);
	ret = posix_spawnp(&pid, argv[0], &actions, NULL, (char *const *)argv,
			   environ);
	posix_spawn_file_actions_destroy(&actions);
	if (ret) {
		fprintf(stderr, "run-snippets: %s: %s\n", argv[0],
			strerror(ret));
		return -1;
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void print_log(const char *what, int status, const char *log)
{
	struct strbuf text = STRBUF_INIT;
	char *line, *save;

	printf("# %s ended with status %d\n", what, status);
	if (!strbuf_read_file(&text, log)) {
		for (line = strtok_r(text.buf, "\n", &save); line;
		     line = strtok_r(NULL, "\n", &save))
			printf("#   %s\n", line);
	}
	strbuf_release(&text);
}

/* The modules that a case says a source is in, as kbuild tells it. */
static char *module_define(const struct snippet *s, const char *unit)
{
	const char *slash = strrchr(unit, '/');
	const char *name = slash ? slash + 1 : unit;
	struct strbuf text = STRBUF_INIT;
	size_t i, len = strlen(name);

	for (i = 0; s && i < s->modules.nr; i++) {
		const char *at = strstr(s->modules.v[i], name);

		if (at && (at == s->modules.v[i] || at[-1] == ' ') &&
		    (!at[len] || at[len] == ' '))
			strbuf_addf(&text, "%s%s/m%zu", text.len ? " " : "",
				    s->name, i);
	}
	if (text.len) {
		char *ret = xasprintf("-DKBUILD_MODFILE=\"%s\"", text.buf);

		strbuf_release(&text);
		return ret;
	}
	return xstrdup("-DNO_MODULE");
}

static void add_commands(json_t *db, const struct snippet *s,
			 const struct strings *units)
{
	size_t i;

	for (i = 0; i < units->nr; i++) {
		char *define = module_define(s, units->v[i]);

		json_array_append_new(
			db, json_pack("{s:s, s:s, s:[s,s,s,s,s,s,s,s]}",
				      "directory", tree, "file", units->v[i],
				      "arguments", "clang", "-nostdinc",
				      "-Iinclude", "-std=gnu11", "-D__KERNEL__",
				      define, "-c", units->v[i]));
		free(define);
	}
}

/* Index the core and, when @s is given, the units of a case, into @db. */
static int run_index(const struct snippet *s, const char *db)
{
	const char *name = s ? s->name : "core";
	char *compdb = work_file(name, ".compdb.json");
	char *log = work_file(name, ".log");
	const char *const argv[] = {
		program,    "index",	"--tree", tree,	  "--config",
		"snippets", "--compdb", compdb,	  "--db", db,
		"-j",	    "1",	NULL,
	};
	json_t *commands = json_array();
	int ret;

	add_commands(commands, NULL, &core_units);
	if (s)
		add_commands(commands, s, &s->units);
	json_dump_file(commands, compdb, JSON_INDENT(1));
	json_decref(commands);
	ret = run(argv, log);
	if (ret)
		print_log("probewalk index", ret, log);
	free(log);
	free(compdb);
	return ret;
}

static bool run_check(const struct snippet *s, const char *db,
		      struct report *report)
{
	char *rules = xasprintf("rules.d/%s.json", s->rule);
	char *out = keep_dir ? xasprintf("%s/%s.json", keep_dir, s->name)
			     : work_file(s->name, ".json");
	char *log = work_file(s->name, ".log");
	const char *const argv[] = {
		program,    "check",	  "--db",
		db,	    "--rules",	  rules,
		"--format", "json",	  "--min-confidence",
		"low",	    "--severity", "note",
		"-o",	    out,	  NULL
	};
	int ret = run(argv, log);
	bool ok = ret == 0 || ret == 1;

	if (!ok)
		print_log("probewalk check", ret, log);
	else
		ok = report_load(report, out, ret);
	free(log);
	free(out);
	free(rules);
	return ok;
}

static bool copy_file(const char *from, const char *to)
{
	struct strbuf data = STRBUF_INIT;
	bool ok = !strbuf_read_file(&data, from);
	FILE *f = ok ? fopen(to, "w") : NULL;

	ok = f && fwrite(data.buf, 1, data.len, f) == data.len;
	if (f && fclose(f))
		ok = false;
	strbuf_release(&data);
	return ok;
}

/* Return: whether there is a report; if not, the reason is printed. */
static bool report_of(const struct snippet *s, struct report *report)
{
	char *core = work_file("core", ".db"), *db = work_file(s->name, ".db");
	bool ok = copy_file(core, db);

	if (!ok)
		printf("# cannot copy %s\n", core);
	ok = ok && !run_index(s, db) && run_check(s, db, report);
	unlink(db);
	free(db);
	free(core);
	return ok;
}

/* ---- the command ---- */

enum outcome { PASSED, FAILED, SKIPPED };

/* A gap that is known excuses wrong findings, never a failing program. */
static enum outcome run_case(struct snippet *s, size_t number)
{
	struct report report = { 0 };
	enum outcome outcome = FAILED;
	const char *gap = s->known_to_fail;
	bool agrees = false;

	if (s->mistake) {
		printf("# %s\n", s->mistake);
	} else if (report_of(s, &report)) {
		agrees = snippet_agrees(s, &report, gap != NULL);
		if (gap && agrees)
			printf("# passes, though known to fail: %s\n", gap);
		else if (gap)
			outcome = SKIPPED;
		else if (agrees)
			outcome = PASSED;
	}
	report_release(&report);
	printf("%sok %zu %s", outcome == FAILED ? "not " : "", number, s->name);
	if (outcome == SKIPPED)
		printf(" # SKIP known to fail: %s", gap);
	printf("\n");
	return outcome;
}

/* The comment that describes a case as the program sees it. */
static int print_format(const struct snippet *s)
{
	struct report report = { 0 };
	bool ok = report_of(s, &report);

	if (ok)
		report_print(&report, s->title ? s->title : s->name);
	report_release(&report);
	return ok ? 0 : 1;
}

static bool is_wanted(const struct snippet *s, char *const *names, int nr)
{
	int i;

	for (i = 0; i < nr; i++) {
		if (!strcmp(names[i], s->name))
			return true;
	}
	return nr == 0;
}

static int run_cases(struct snippets *all, char *const *names, int nr_names)
{
	size_t count[3] = { 0 }, number = 0, i;

	printf("KTAP version 1\n");
	for (i = 0; i < all->nr; i++) {
		if (!is_wanted(&all->v[i], names, nr_names))
			continue;
		count[run_case(&all->v[i], ++number)]++;
		fflush(stdout);
	}
	printf("1..%zu\n", number);
	printf("%zu passed, %zu failed, %zu skipped\n", count[PASSED],
	       count[FAILED], count[SKIPPED]);
	return count[FAILED] || !number;
}

static const struct snippet *find_case(const struct snippets *all,
				       const char *name)
{
	size_t i;

	for (i = 0; i < all->nr; i++) {
		if (!strcmp(all->v[i].name, name))
			return &all->v[i];
	}
	fprintf(stderr, "run-snippets: no case %s in %s\n", name, snippet_dir);
	return NULL;
}

static int set_up(void)
{
	const char *tmp = getenv("TMPDIR");
	char *core;
	int ret;

	if (!realpath(snippet_dir, tree)) {
		fprintf(stderr, "run-snippets: %s: %s\n", snippet_dir,
			strerror(errno));
		return -1;
	}
	snprintf(work_dir, sizeof(work_dir), "%s/snippets-XXXXXX",
		 tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(work_dir)) {
		perror("run-snippets: mkdtemp");
		return -1;
	}
	snippet_units(tree, "core", &core_units);
	core = work_file("core", ".db");
	ret = run_index(NULL, core);
	free(core);
	return ret;
}

static void clean_up(void)
{
	const char *const argv[] = { "rm", "-rf", work_dir, NULL };

	if (*work_dir)
		run(argv, "/dev/null");
	strings_release(&core_units);
}

static const char usage[] =
	"Usage: run-snippets [--keep DIR] [--snippets DIR] [NAME]...\n"
	"       run-snippets --format NAME\n"
	"\n"
	"  -k, --keep DIR      leave every report there, as NAME.json\n"
	"  -s, --snippets DIR  instead of testdata/kernel-snippets\n"
	"  -f, --format NAME   print the comment for a case, as it is found\n"
	"\n"
	"Run it in the top directory. $PROBEWALK names the program.\n";

static const struct option options[] = {
	{ "keep", required_argument, NULL, 'k' },
	{ "snippets", required_argument, NULL, 's' },
	{ "format", required_argument, NULL, 'f' },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

/* Return: an exit status, or -1 to go on. */
static int parse_options(int argc, char **argv, const char **format)
{
	int opt;

	while ((opt = getopt_long(argc, argv, "k:s:f:h", options, NULL)) >= 0) {
		switch (opt) {
		case 'k':
			keep_dir = optarg;
			break;
		case 's':
			snippet_dir = optarg;
			break;
		case 'f':
			*format = optarg;
			break;
		case 'h':
			fputs(usage, stdout);
			return 0;
		default:
			fputs(usage, stderr);
			return 2;
		}
	}
	return -1;
}

int main(int argc, char **argv)
{
	const struct snippet *one = NULL;
	struct snippets all = { 0 };
	const char *format = NULL;
	int ret = parse_options(argc, argv, &format), i;

	if (ret >= 0)
		return ret;
	if (getenv("PROBEWALK"))
		program = getenv("PROBEWALK");
	ret = set_up() ? 2 : 0;
	if (!ret)
		snippets_find(&all, tree);
	for (i = optind; !ret && i < argc; i++)
		ret = find_case(&all, argv[i]) ? 0 : 2;
	if (!ret && format)
		ret = (one = find_case(&all, format)) ? print_format(one) : 2;
	else if (!ret)
		ret = run_cases(&all, argv + optind, argc - optind);
	snippets_release(&all);
	clean_up();
	return ret;
}
