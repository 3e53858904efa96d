// SPDX-License-Identifier: GPL-2.0-only
/* probewalk scan: from a tree to a report in one command. */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/log.h"

#include "kbuild/kbuild.h"

#include "cmd-index.h"
#include "cmd-scan.h"
#include "cmd.h"

#define NAME "scan"

enum { UNIT_TIMEOUT_SECONDS = 120 };

static const char usage[] =
	"Usage: probewalk scan TREE --arch ARCH... [OPTION]...\n"
	"       probewalk scan TREE --compdb FILE... [OPTION]...\n"
	"\n"
	"Gets the compile commands of a kernel tree, indexes what they name\n"
	"and reports what the rules find. Nothing is built, and the next scan\n"
	"parses only what changed.\n"
	"\n"
	"  -a, --arch ARCH       architecture, as for ARCH= of make: kbuild\n"
	"                        is asked. Several with commas or one by\n"
	"                        one; all: every one that the tree has and\n"
	"                        clang can compile for\n"
	"      --compdb FILE     compile_commands.json instead; may be given\n"
	"                        again, each is a configuration of its own\n"
	"  -c, --config NAME     with --arch: allyesconfig (the default),\n"
	"                        another target of make, or a .config file;\n"
	"                        with --compdb: a name for the\n"
	"                        configuration, the first for the first one\n"
	"  -d, --dirs DIRS       only these directories of the tree; several\n"
	"                        with commas or one by one\n"
	"  -O, --objdir DIR      build directory of kbuild; one that is\n"
	"                        configured already is used as it is\n"
	"                        (default: below ~/.cache/probewalk); with\n"
	"                        several architectures each has DIR/ARCH\n"
	"      --llvm VALUE      for LLVM= of make: 1 (the default), 19 or\n"
	"                        -19 for clang-19, or a directory with a\n"
	"                        slash at the end\n"
	"      --cache DIR       keep the index in DIR/kernel.db (default: a\n"
	"                        directory below ~/.cache/probewalk)\n"
	"      --every-config    parse a file in each configuration that "
	"builds\n"
	"                        it, not only where another one makes it\n"
	"                        another file\n"
	"  -j, --jobs N          worker processes (default: one for each "
	"CPU)\n";

static const char usage_foot[] =
	"  -q, --quiet           print warnings and errors only\n"
	"  -h, --help            print this help\n"
	"\n"
	"Exit status: 0 no finding at or above the threshold, 1 findings,\n"
	"2 bad usage or input, 3 analysis incomplete and no finding.\n";

enum {
	OPT_COMPDB = 1,
	OPT_LLVM,
	OPT_CACHE,
	OPT_EVERY_CONFIG,
};

/* A list with commas; slashes at the end are the shell's completion. */
static void add_words(struct string_list *list, const char *words)
{
	while (*words) {
		size_t len = strcspn(words, ",");
		char *word = xstrndup(words, len);

		words += len + (words[len] == ',');
		while (len > 1 && word[len - 1] == '/')
			word[--len] = '\0';
		if (len && !string_list_has(list, word))
			string_list_add(list, word);
		free(word);
	}
}

/* "19" is what people say for -19. */
static char *llvm_value(const char *s)
{
	bool number = isdigit((unsigned char)*s) && strcmp(s, "1");

	return xasprintf("%s%s", number ? "-" : "", s);
}

static int set_jobs(struct scan *scan, const char *value)
{
	if (!cmd_parse_jobs(value, &scan->jobs))
		return 0;
	return cmd_usage_error(NAME, "-j: '%s' is not a number from 1 to %d.",
			       value, CMD_MAX_JOBS);
}

static int set_option(struct scan *scan, int opt, const char *value)
{
	switch (opt) {
	case 'a':
		add_words(&scan->archs, value);
		return 0;
	case OPT_COMPDB:
		string_list_add(&scan->compdbs, value);
		return 0;
	case 'c':
		string_list_add(&scan->configs, value);
		return 0;
	case 'd':
		add_words(&scan->dirs, value);
		return 0;
	case 'O':
		scan->objdir = value;
		return 0;
	case OPT_LLVM:
		free(scan->llvm);
		scan->llvm = llvm_value(value);
		return 0;
	case OPT_CACHE:
		scan->cache = value;
		return 0;
	case OPT_EVERY_CONFIG:
		scan->every_config = true;
		return 0;
	case 'j':
		return set_jobs(scan, value);
	case 'q':
		log_quiet = true;
		return 0;
	}
	return check_option_set(NAME, &scan->check, opt, value);
}

static int check_arch_options(const struct scan *scan)
{
	if (scan->compdbs.nr)
		return cmd_usage_error(NAME, "--arch and --compdb exclude each "
					     "other: the commands come from "
					     "one of the two.");
	if (scan->configs.nr > 1)
		return cmd_usage_error(NAME, "with --arch there is one "
					     "--config.");
	return 0;
}

static int check_compdb_options(const struct scan *scan)
{
	if (!scan->compdbs.nr)
		return cmd_usage_error(NAME, "--arch or --compdb is missing.");
	if (scan->configs.nr > scan->compdbs.nr)
		return cmd_usage_error(
			NAME, "there are more --config than --compdb.");
	if (scan->objdir || scan->llvm)
		return cmd_usage_error(NAME, "%s is for --arch.",
				       scan->objdir ? "--objdir" : "--llvm");
	return 0;
}

static int check_usage(struct scan *scan, int argc, char **argv)
{
	size_t i;

	if (string_list_has(&scan->archs, "all")) {
		scan->all_archs = true;
		string_list_release(&scan->archs);
	}

	if (optind >= argc)
		return cmd_usage_error(NAME, "the kernel tree is missing.");
	if (argc - optind > 1)
		return cmd_usage_error(NAME,
				       "one kernel tree is expected, and '%s' "
				       "is another word.",
				       argv[optind + 1]);
	for (i = 0; i < scan->configs.nr; i++)
		if (!*scan->configs.item[i])
			return cmd_usage_error(NAME, "--config needs a name.");
	if (scan->archs.nr || scan->all_archs)
		return check_arch_options(scan);
	return check_compdb_options(scan);
}

/* 0, or the exit status; *help when it was asked for. */
static int parse_options(struct scan *scan, int argc, char **argv, bool *help)
{
	static const struct option options[] = {
		{ "arch", required_argument, NULL, 'a' },
		{ "compdb", required_argument, NULL, OPT_COMPDB },
		{ "config", required_argument, NULL, 'c' },
		{ "dirs", required_argument, NULL, 'd' },
		{ "objdir", required_argument, NULL, 'O' },
		{ "llvm", required_argument, NULL, OPT_LLVM },
		{ "cache", required_argument, NULL, OPT_CACHE },
		{ "every-config", no_argument, NULL, OPT_EVERY_CONFIG },
		{ "jobs", required_argument, NULL, 'j' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		CHECK_LONG_OPTIONS,
		{ NULL, 0, NULL, 0 },
	};
	int opt, ret;

	opterr = 0;
	while ((opt = getopt_long(argc, argv,
				  ":a:c:d:O:j:qh" CHECK_SHORT_OPTIONS, options,
				  NULL)) != -1) {
		if (opt == '?' || opt == ':')
			return cmd_bad_option(NAME, opt, argv);
		if (opt == 'h') {
			*help = true;
			return 0;
		}
		ret = set_option(scan, opt, optarg);
		if (ret)
			return ret;
	}
	return check_usage(scan, argc, argv);
}

/*
 * kbuild resolves symbolic links and its commands name what it resolved them
 * to; a compilation database names files as its writer saw them.
 */
static int find_tree(struct scan *scan, const char *word)
{
	char *cwd = getcwd(NULL, 0);
	struct stat st;

	scan->tree = !scan->compdbs.nr ? realpath(word, NULL)
				       : path_normalise(cwd ? cwd : "/", word);
	free(cwd);
	if (scan->tree && !stat(scan->tree, &st) && S_ISDIR(st.st_mode))
		return 0;
	pw_error(NAME ": '%s' is not a directory; name the kernel tree", word);
	return EXIT_USAGE;
}

static int index_sources(const struct scan *scan, const char *path,
			 const struct scan_sources *sources)
{
	struct strbuf kernel = STRBUF_INIT;
	struct index_options opt = {
		.tree = scan->tree,
		.db = path,
		.jobs = scan->jobs ? scan->jobs : index_default_jobs(),
		.timeout = UNIT_TIMEOUT_SECONDS,
		.every_config = scan->every_config,
	};
	int status = EXIT_CLEAN;
	size_t i;

	/* without one it is just another tree of C */
	if (!kbuild_kernel_version(scan->tree, &kernel))
		opt.kernel = kernel.buf;
	for (i = 0; i < sources->nr; i++) {
		const struct scan_source *source = &sources->list[i];

		pw_info("%s: indexing %zu compile commands into %s",
			source->config, source->db.nr, path);
		opt.config = source->config;
		status = index_one(NAME, source->from, &opt, &source->db);
		/* Units that failed are the report's business. */
		if (status != EXIT_CLEAN && status != EXIT_INCOMPLETE)
			break;
		status = EXIT_CLEAN;
	}
	strbuf_release(&kernel);
	return status;
}

static int scan_sources(struct scan *scan, const struct scan_sources *sources)
{
	struct strbuf path = STRBUF_INIT, err = STRBUF_INIT;
	int status;

	if (scan_database(scan, sources, &path, &err) ||
	    scan_drop_others(path.buf, sources, &err)) {
		pw_error(NAME ": %s", err.buf);
		status = EXIT_USAGE;
	} else {
		status = index_sources(scan, path.buf, sources);
	}
	if (status == EXIT_CLEAN) {
		pw_info("checking");
		scan->check.db = path.buf;
		status = check_and_report(&scan->check);
	}
	strbuf_release(&path);
	strbuf_release(&err);
	return status;
}

static int scan_tree(struct scan *scan, const char *tree)
{
	struct scan_sources sources = { 0 };
	bool partly = false;
	int status = check_try(&scan->check);

	if (!status)
		status = find_tree(scan, tree);
	if (!status)
		status = scan_sources_load(&sources, scan, &partly);
	if (!status)
		status = scan_sources(scan, &sources);
	if (status == EXIT_CLEAN && partly)
		status = EXIT_INCOMPLETE;
	scan_sources_release(&sources);
	return status;
}

static int run(int argc, char **argv)
{
	struct scan scan = { 0 };
	bool help = false;
	int status;

	check_options_init(&scan.check);
	status = parse_options(&scan, argc, argv, &help);
	if (!status && help)
		printf("%s%s%s", usage, check_options_help, usage_foot);
	else if (!status)
		status = scan_tree(&scan, argv[optind]);
	check_options_release(&scan.check);
	string_list_release(&scan.archs);
	string_list_release(&scan.compdbs);
	string_list_release(&scan.configs);
	string_list_release(&scan.dirs);
	free(scan.tree);
	free(scan.llvm);
	return status;
}

const struct cmd cmd_scan = {
	.name = NAME,
	.summary = "compile commands, index, check and report in one go",
	.run = run,
};
