// SPDX-License-Identifier: GPL-2.0-only
/* probewalk index: compile commands to a database. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/log.h"

#include "cmd-index.h"
#include "cmd.h"
#include "indexer/compdb-kept.h"
#include "indexer/watch.h"
#include "kbuild/kbuild.h"

enum {
	DEFAULT_TIMEOUT = 120,
	MAX_TIMEOUT = 86400,
	MAX_SAMPLE = 1000000,
};

static const char usage[] =
	"Usage: probewalk index --tree TREE --compdb FILE --db FILE "
	"[OPTION]...\n"
	"\n"
	"Parses what the compile commands name and stores the facts in a\n"
	"database. What has not changed since it was stored is left alone.\n"
	"\n"
	"  --tree TREE          the kernel's source tree\n"
	"  --compdb FILE        compile_commands.json; may be given again, "
	"each\n"
	"                       one is a configuration of its own\n"
	"  --db FILE            the database, made when missing\n"
	"  --config NAME        name of the configuration; the first names "
	"that\n"
	"                       of the first --compdb, and so on. Default: "
	"the\n"
	"                       architecture the commands compile for and the\n"
	"                       name of the directory that --compdb's FILE\n"
	"                       stands in, as in arm64/build\n"
	"  -j, --jobs N         worker processes (default: one for each CPU)\n"
	"  --timeout SECONDS    what a unit may take (default: 120; 0: no "
	"limit)\n"
	"  --every-config       parse a file in each configuration that "
	"builds it, not\n"
	"                       only where another one makes it another file\n"
	"  --no-prefix          parse each unit by itself, without "
	"precompiled\n"
	"                       headers: slower, for comparison\n"
	"  --verify-prefix      parse each unit both ways and name those "
	"whose\n"
	"                       facts differ\n"
	"  --sample N           parse one unit in N, to measure; the database "
	"is\n"
	"                       incomplete then\n"
	"  -q, --quiet          print warnings and errors only\n"
	"  -h, --help           print this help\n"
	"\n"
	"Exit status: 0 done; 2 bad usage or input, nothing indexed; 3 done, "
	"but\n"
	"units could not be parsed; 128 and the signal's number (130 for ^C) "
	"when\n"
	"interrupted, with what was indexed until then in the database.\n";

struct args {
	struct index_options index;
	const char *tree;
	char *const *compdbs, *const *configs;
	int nr_compdbs, nr_configs;
	bool help;
};

enum {
	OPT_TREE = 1,
	OPT_COMPDB,
	OPT_DB,
	OPT_CONFIG,
	OPT_TIMEOUT,
	OPT_NO_PREFIX,
	OPT_EVERY_CONFIG,
	OPT_SAMPLE,
	OPT_VERIFY_PREFIX,
};

static int set_jobs(struct args *args, const char *word)
{
	if (!cmd_parse_jobs(word, &args->index.jobs))
		return 0;
	return cmd_usage_error("index",
			       "-j: '%s' is not a number from 1 to %d.", word,
			       CMD_MAX_JOBS);
}

static int set_timeout(struct args *args, const char *word)
{
	uint32_t n;

	if (cmd_parse_number(word, 0, MAX_TIMEOUT, &n))
		return cmd_usage_error("index",
				       "--timeout: '%s' is not a number of "
				       "seconds from 0 to %d.",
				       word, MAX_TIMEOUT);
	args->index.timeout = n;
	return 0;
}

static int set_sample(struct args *args, const char *word)
{
	uint32_t n;

	if (cmd_parse_number(word, 1, MAX_SAMPLE, &n))
		return cmd_usage_error("index",
				       "--sample: '%s' is not a number from 1 "
				       "to %d.",
				       word, MAX_SAMPLE);
	args->index.sample = n;
	return 0;
}

static int set_option(struct args *args, int opt, char **compdbs,
		      char **configs)
{
	switch (opt) {
	case OPT_TREE:
		args->tree = optarg;
		return 0;
	case OPT_COMPDB:
		compdbs[args->nr_compdbs++] = optarg;
		return 0;
	case OPT_DB:
		args->index.db = optarg;
		return 0;
	case OPT_CONFIG:
		configs[args->nr_configs++] = optarg;
		return 0;
	case 'j':
		return set_jobs(args, optarg);
	case OPT_TIMEOUT:
		return set_timeout(args, optarg);
	case OPT_EVERY_CONFIG:
		args->index.every_config = true;
		return 0;
	case OPT_SAMPLE:
		return set_sample(args, optarg);
	case OPT_NO_PREFIX:
		args->index.no_prefix = true;
		return 0;
	case OPT_VERIFY_PREFIX:
		args->index.verify_prefix = true;
		return 0;
	case 'q':
		log_quiet = true;
		return 0;
	case 'h':
		args->help = true;
		return 0;
	}
	return -1;
}

static int check_args(const struct args *args, int argc, char **argv)
{
	int i;

	if (optind < argc)
		return cmd_usage_error("index", "'%s' is one word too many.",
				       argv[optind]);
	if (!args->tree)
		return cmd_usage_error("index", "--tree is missing.");
	if (!args->nr_compdbs)
		return cmd_usage_error("index", "--compdb is missing.");
	if (!args->index.db)
		return cmd_usage_error("index", "--db is missing.");
	if (args->index.no_prefix && args->index.verify_prefix)
		return cmd_usage_error("index",
				       "--no-prefix leaves nothing for "
				       "--verify-prefix to compare.");
	if (args->nr_configs > args->nr_compdbs)
		return cmd_usage_error(
			"index", "there are more --config than --compdb.");
	for (i = 0; i < args->nr_configs; i++)
		if (!*args->configs[i])
			return cmd_usage_error("index",
					       "--config needs a name.");
	return 0;
}

static int parse_args(struct args *args, int argc, char **argv, char **compdbs,
		      char **configs)
{
	static const struct option options[] = {
		{ "tree", required_argument, NULL, OPT_TREE },
		{ "compdb", required_argument, NULL, OPT_COMPDB },
		{ "db", required_argument, NULL, OPT_DB },
		{ "config", required_argument, NULL, OPT_CONFIG },
		{ "jobs", required_argument, NULL, 'j' },
		{ "timeout", required_argument, NULL, OPT_TIMEOUT },
		{ "every-config", no_argument, NULL, OPT_EVERY_CONFIG },
		{ "sample", required_argument, NULL, OPT_SAMPLE },
		{ "no-prefix", no_argument, NULL, OPT_NO_PREFIX },
		{ "verify-prefix", no_argument, NULL, OPT_VERIFY_PREFIX },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int opt, ret;

	opterr = 0;
	while ((opt = getopt_long(argc, argv, "+:hj:q", options, NULL)) != -1) {
		if (opt == '?' || opt == ':')
			return cmd_bad_option("index", opt, argv);
		ret = set_option(args, opt, compdbs, configs);
		if (ret)
			return ret;
	}
	return args->help ? 0 : check_args(args, argc, argv);
}

/* ---- the configurations ---- */

struct config {
	struct compdb db;
	char *name;
};

static void free_configs(struct config *configs, int nr)
{
	while (nr--) {
		compdb_release(&configs[nr].db);
		free(configs[nr].name);
	}
	free(configs);
}

/* All are read before any is indexed: bad input costs no time. */
static int load_configs(const struct args *args, struct config *configs)
{
	struct strbuf err = STRBUF_INIT;
	int i, j, ret = 0;

	for (i = 0; !ret && i < args->nr_compdbs; i++) {
		struct config *c = &configs[i];

		if (compdb_load_or_kept(&c->db, args->compdbs[i],
					args->index.db, watch_now(), &err)) {
			pw_error("index: %s", err.buf);
			ret = EXIT_USAGE;
			break;
		}
		c->name = i < args->nr_configs
				  ? xstrdup(args->configs[i])
				  : index_default_config(&c->db,
							 args->compdbs[i]);
		for (j = 0; !ret && j < i; j++)
			if (!strcmp(configs[j].name, c->name))
				ret = cmd_usage_error(
					"index",
					"'%s' and '%s' would both be the "
					"configuration '%s'; name them with "
					"--config.",
					args->compdbs[j], args->compdbs[i],
					c->name);
	}
	strbuf_release(&err);
	return ret;
}

static int index_configs(struct args *args, struct config *configs)
{
	int i, status = EXIT_CLEAN;

	for (i = 0; i < args->nr_compdbs && status < 128; i++) {
		int ret;

		args->index.config = configs[i].name;
		ret = index_one("index", args->compdbs[i], &args->index,
				&configs[i].db);
		if (ret == EXIT_USAGE)
			return EXIT_USAGE;
		/* a signal beats failed units, which beat none */
		if (ret > status)
			status = ret;
	}
	return status;
}

static int index_tree(struct args *args)
{
	struct config *configs;
	struct strbuf kernel = STRBUF_INIT;
	char *cwd = getcwd(NULL, 0);
	char *tree = path_normalise(cwd ? cwd : "/", args->tree);
	struct stat st;
	int ret;

	free(cwd);
	if (stat(tree, &st) || !S_ISDIR(st.st_mode)) {
		pw_error("index: --tree: '%s' is not a directory.", args->tree);
		free(tree);
		return EXIT_USAGE;
	}
	args->index.tree = tree;
	/* without one it is just another tree of C */
	if (!kbuild_kernel_version(tree, &kernel))
		args->index.kernel = kernel.buf;
	configs = xcalloc(args->nr_compdbs, sizeof(*configs));
	ret = load_configs(args, configs);
	if (!ret)
		ret = index_configs(args, configs);
	free_configs(configs, args->nr_compdbs);
	strbuf_release(&kernel);
	free(tree);
	return ret;
}

static int run(int argc, char **argv)
{
	char **compdbs = xcalloc(argc, sizeof(*compdbs));
	char **names = xcalloc(argc, sizeof(*names));
	struct args args = {
		.index.jobs = index_default_jobs(),
		.index.timeout = DEFAULT_TIMEOUT,
		.compdbs = compdbs,
		.configs = names,
	};
	int ret = parse_args(&args, argc, argv, compdbs, names);

	if (!ret && args.help)
		fputs(usage, stdout);
	else if (!ret)
		ret = index_tree(&args);
	free(compdbs);
	free(names);
	return ret;
}

const struct cmd cmd_index = {
	.name = "index",
	.summary = "parse what compile commands name into a database",
	.run = run,
};
