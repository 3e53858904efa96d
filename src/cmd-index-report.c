// SPDX-License-Identifier: GPL-2.0-only
/* How an index run goes and how it went, for the person who waits for it. */
#include <sched.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "util/log.h"

#include "cmd-index.h"
#include "cmd-progress.h"
#include "cmd.h"

/* ---- summary ---- */

static const char *const causes[] = {
	[UNIT_FAILED] = "not parsed",
	[UNIT_CRASHED] = "crashed",
	[UNIT_TIMEOUT] = "took too long",
	[UNIT_MISSING] = "missing",
};

static void say_failures(const char *config, const struct index_summary *sum)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	for (i = UNIT_FAILED; i < ARRAY_SIZE(causes); i++)
		if (sum->by_status[i])
			strbuf_addf(&sb, "%s%u %s, such as %s",
				    sb.len ? "; " : "", sum->by_status[i],
				    causes[i], sum->example[i]);
	pw_warn("%s: %u units are not in the index (%s). 'probewalk check' "
		"names them in the coverage of its report.",
		config, sum->failed, sb.buf);
	strbuf_release(&sb);
}

/* Each line of @text, with @say. */
static void say_lines(const struct strbuf *text, const char *before,
		      void (*say)(const char *fmt, ...))
{
	const char *line = text->buf;

	while (*line) {
		int len = (int)strcspn(line, "\n");

		say("%s%.*s", before, len, line);
		line += len + (line[len] == '\n');
	}
}

static void add_parse_cost(struct strbuf *sb, const struct index_summary *sum)
{
	uint32_t tried = sum->parsed + sum->by_status[UNIT_CRASHED] +
			 sum->by_status[UNIT_TIMEOUT];

	if (!tried)
		return;
	strbuf_addf(sb,
		    " (%.3f a unit, %.1f of them for %u prefix headers); "
		    "largest worker %ld MiB",
		    sum->cpu_seconds / tried, sum->prefix_seconds,
		    sum->prefixes, sum->peak_kib / 1024);
}

static void say_cost(const char *config, const struct index_summary *sum)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_addf(&sb, "%.1f seconds, %.1f CPU seconds", sum->seconds,
		    sum->cpu_seconds);
	add_parse_cost(&sb, sum);
	strbuf_addf(&sb, "; writer %ld MiB; database ",
		    sum->writer_peak_kib / 1024);
	progress_size(&sb, sum->db_bytes);
	pw_info("%s: %s", config, sb.buf);
	strbuf_release(&sb);
}

static void say_summary(const char *config, const struct index_options *opt,
			const struct index_summary *sum)
{
	pw_info("%s: %u units: %u up to date, %u parsed (%u with a prefix "
		"header, %u of the others after it broke), %u with errors, "
		"%u removed",
		config, sum->units, sum->fresh, sum->parsed, sum->with_prefix,
		sum->redone, sum->errors, sum->removed);
	if (sum->with_kept)
		pw_info("%s: %u of them with a prefix header that an earlier "
			"run has kept",
			config, sum->with_kept);
	if (sum->borrowed)
		pw_info("%s: %u of them are the same in another configuration, "
			"which parsed them; --every-config parses them again",
			config, sum->borrowed);
	say_cost(config, sum);
	say_lines(&sum->dropped_flags, "", pw_info);
	say_lines(&sum->notes, "", pw_warn);
	if (opt->verify_prefix)
		pw_info("%s: %u units differ between the two ways of parsing",
			config, sum->differing);
	say_lines(&sum->differing_files, "differs: ", pw_warn);
	if (sum->failed)
		say_failures(config, sum);
	if (sum->interrupted)
		pw_warn("%s: interrupted; what was indexed is stored, the same "
			"command goes on from there.",
			config);
}

static int exit_status(const struct index_summary *sum)
{
	if (sum->interrupted)
		return 128 + sum->signal;
	return sum->failed ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

int index_one(const char *cmd, const char *path, struct index_options *opt,
	      const struct compdb *db)
{
	struct progress progress;
	struct strbuf err = STRBUF_INIT;
	struct index_summary sum;
	int status;

	index_summary_init(&sum);
	opt->compdb = path;
	progress_begin(&progress, opt->config);
	opt->progress = progress_show;
	opt->progress_data = &progress;
	if (index_run(opt, db, &sum, &err)) {
		progress_end(&progress);
		pw_error("%s: %s", cmd, err.buf);
		status = EXIT_USAGE;
	} else {
		progress_end(&progress);
		say_summary(opt->config, opt, &sum);
		status = exit_status(&sum);
	}
	index_summary_release(&sum);
	strbuf_release(&err);
	return status;
}

/* ---- defaults ---- */

int index_default_jobs(void)
{
	cpu_set_t set;
	int nr;

	if (sched_getaffinity(0, sizeof(set), &set))
		return 1;
	nr = CPU_COUNT(&set);
	return nr < CMD_MAX_JOBS ? nr : CMD_MAX_JOBS;
}

/* The kernel's name of the architecture that a triple or uname speaks of. */
static const char *arch_of(const char *triple)
{
	static const struct {
		const char *prefix, *arch;
	} table[] = {
		{ "aarch64", "arm64" },	  { "amd64", "x86_64" },
		{ "arm", "arm" },	  { "i386", "i386" },
		{ "i486", "i386" },	  { "i586", "i386" },
		{ "i686", "i386" },	  { "loongarch", "loongarch" },
		{ "m68k", "m68k" },	  { "mips", "mips" },
		{ "powerpc", "powerpc" }, { "ppc", "powerpc" },
		{ "riscv", "riscv" },	  { "s390", "s390" },
		{ "sparc64", "sparc64" }, { "sparc", "sparc" },
		{ "x86_64", "x86_64" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (!strncmp(triple, table[i].prefix, strlen(table[i].prefix)))
			return table[i].arch;
	return NULL;
}

static const char *triple_of(const struct compile_cmd *cmd)
{
	int i;

	for (i = 1; i < cmd->argc; i++) {
		if (!strncmp(cmd->argv[i], "--target=", 9))
			return cmd->argv[i] + 9;
		if (i + 1 < cmd->argc && (!strcmp(cmd->argv[i], "-target") ||
					  !strcmp(cmd->argv[i], "--target")))
			return cmd->argv[i + 1];
	}
	/* "aarch64-linux-gnu-gcc" */
	if (cmd->argc && strrchr(cmd->argv[0], '/'))
		return strrchr(cmd->argv[0], '/') + 1;
	return cmd->argc ? cmd->argv[0] : "";
}

char *index_default_config(const struct compdb *db, const char *path)
{
	char *cwd = getcwd(NULL, 0), *abs, *slash, *ret;
	const char *arch = NULL, *dir;
	struct utsname host;

	if (db->nr)
		arch = arch_of(triple_of(&db->cmds[0]));
	if (!arch && !uname(&host))
		arch = arch_of(host.machine);
	abs = path_normalise(cwd ? cwd : "/", path);
	slash = strrchr(abs, '/');
	if (slash)
		*slash = '\0';
	slash = strrchr(abs, '/');
	dir = slash && slash[1] ? slash + 1 : "root";
	ret = xasprintf("%s/%s", arch ? arch : "host", dir);
	free(abs);
	free(cwd);
	return ret;
}
