// SPDX-License-Identifier: GPL-2.0-only
/* probewalk compdb: compile commands from kbuild, nothing built. */
#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "util/log.h"

#include "cmd.h"
#include "kbuild/kbuild.h"

#define NAME "compdb"

static const char usage[] =
	"Usage: probewalk compdb TREE --arch ARCH -o FILE [OPTION]...\n"
	"\n"
	"Writes the compile commands of a kernel, as compile_commands.json.\n"
	"The build directory is configured and prepared if it is not yet; no\n"
	"object is built.\n"
	"\n"
	"  -a, --arch ARCH      architecture, as for ARCH= of make\n"
	"  -o, --output FILE    file to write\n"
	"  -c, --config CONFIG  allyesconfig (the default), another target of\n"
	"                       make such as allmodconfig or defconfig, or "
	"the\n"
	"                       path of a .config\n"
	"  -d, --dirs DIRS      only these directories of the tree, with "
	"commas\n"
	"                       between them; may be given several times\n"
	"  -O, --objdir DIR     build directory; one that is configured "
	"already\n"
	"                       is used as it is (default: below\n"
	"                       ~/.cache/probewalk)\n"
	"      --llvm VALUE     for LLVM= of make: 1 (the default), 19 or -19\n"
	"                       for clang-19, or a directory with a slash at\n"
	"                       the end\n"
	"      --make-var X=Y   another variable for make, such as\n"
	"                       CROSS_COMPILE=aarch64-linux-gnu- for gcc; may\n"
	"                       be given several times\n"
	"  -j, --jobs N         processes of make while it prepares\n"
	"  -h, --help           print this help\n";

/* Words, copied; the options of one kind. */
struct words {
	char **v;
	int nr;
	size_t alloc;
};

struct compdb_command {
	struct kbuild_options opt;
	struct words dirs, vars;
	const char *output;
	char *llvm;
};

static void words_add(struct words *w, const char *s, size_t len)
{
	ALLOC_GROW(w->v, (size_t)w->nr + 2, w->alloc);
	w->v[w->nr++] = xstrndup(s, len);
	w->v[w->nr] = NULL;
}

static void add_dirs(struct words *w, const char *list)
{
	for (; *list; list += strspn(list, ",")) {
		size_t n = strcspn(list, ",");

		if (n)
			words_add(w, list, n);
		list += n;
	}
}

/* "19" is what people say for -19. */
static char *llvm_value(const char *s)
{
	bool number = isdigit((unsigned char)*s) && strcmp(s, "1");

	return xasprintf("%s%s", number ? "-" : "", s);
}

enum {
	OPT_LLVM = 256,
	OPT_MAKE_VAR,
};

static int parse_option(struct compdb_command *c, int opt, char **argv)
{
	switch (opt) {
	case 'a':
		c->opt.arch = optarg;
		return 0;
	case 'o':
		c->output = optarg;
		return 0;
	case 'c':
		c->opt.config = optarg;
		return 0;
	case 'd':
		add_dirs(&c->dirs, optarg);
		return 0;
	case 'O':
		c->opt.objdir = optarg;
		return 0;
	case OPT_LLVM:
		free(c->llvm);
		c->llvm = llvm_value(optarg);
		return 0;
	case OPT_MAKE_VAR:
		words_add(&c->vars, optarg, strlen(optarg));
		return 0;
	case 'j':
		if (!cmd_parse_jobs(optarg, &c->opt.jobs))
			return 0;
		return cmd_usage_error(NAME,
				       "-j '%s' is not a number from 1 "
				       "to %d.",
				       optarg, CMD_MAX_JOBS);
	}
	return cmd_bad_option(NAME, opt, argv);
}

static int check_usage(struct compdb_command *c, int argc, char **argv)
{
	if (optind >= argc)
		return cmd_usage_error(NAME, "the kernel tree is missing.");
	if (argc - optind > 1)
		return cmd_usage_error(NAME,
				       "one kernel tree is expected, "
				       "and '%s' is another word.",
				       argv[optind + 1]);
	if (!c->opt.arch)
		return cmd_usage_error(NAME, "--arch is missing.");
	if (!c->output)
		return cmd_usage_error(NAME, "-o is missing.");
	c->opt.tree = argv[optind];
	c->opt.llvm = c->llvm;
	c->opt.dirs = (const char *const *)c->dirs.v;
	c->opt.nr_dirs = c->dirs.nr;
	c->opt.vars = (const char *const *)c->vars.v;
	c->opt.nr_vars = c->vars.nr;
	return 0;
}

/* 0, or the exit status; *help when help was printed. */
static int parse_options(struct compdb_command *c, int argc, char **argv,
			 bool *help)
{
	static const struct option options[] = {
		{ "arch", required_argument, NULL, 'a' },
		{ "output", required_argument, NULL, 'o' },
		{ "config", required_argument, NULL, 'c' },
		{ "dirs", required_argument, NULL, 'd' },
		{ "objdir", required_argument, NULL, 'O' },
		{ "llvm", required_argument, NULL, OPT_LLVM },
		{ "make-var", required_argument, NULL, OPT_MAKE_VAR },
		{ "jobs", required_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int opt, ret;

	opterr = 0;
	while ((opt = getopt_long(argc, argv, ":a:o:c:d:O:j:h", options,
				  NULL)) != -1) {
		if (opt == 'h') {
			*help = true;
			fputs(usage, stdout);
			return EXIT_CLEAN;
		}
		ret = parse_option(c, opt, argv);
		if (ret)
			return ret;
	}
	return check_usage(c, argc, argv);
}

/* What could not be listed, a line each. */
static void print_notes(char *notes)
{
	char *line;

	while ((line = strsep(&notes, "\n")))
		pw_warn("%s", line);
}

static int write_commands(struct compdb_command *c, struct compdb *db,
			  struct strbuf *err)
{
	int ret = kbuild_prepare(&c->opt, err);
	bool notes;

	if (!ret)
		ret = kbuild_compdb(&c->opt, db, err);
	notes = !ret && err->len;
	if (notes) {
		print_notes(err->buf);
		strbuf_reset(err);
	}
	if (!ret)
		ret = compdb_write(db, c->output, err);
	if (ret) {
		pw_error("%s", err->buf);
		return EXIT_USAGE;
	}
	pw_info("%zu compile commands written to %s", db->nr, c->output);
	return notes ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static int run_in_objdir(struct compdb_command *c)
{
	struct compdb db = COMPDB_INIT;
	struct strbuf err = STRBUF_INIT, objdir = STRBUF_INIT;
	int ret = 0, status;

	if (!c->opt.objdir)
		ret = kbuild_default_objdir(&c->opt, &objdir, &err);
	if (ret) {
		pw_error("%s", err.buf);
		status = EXIT_USAGE;
	} else {
		if (!c->opt.objdir)
			c->opt.objdir = objdir.buf;
		status = write_commands(c, &db, &err);
	}
	compdb_release(&db);
	strbuf_release(&err);
	strbuf_release(&objdir);
	return status;
}

static int run(int argc, char **argv)
{
	struct compdb_command c = { 0 };
	bool help = false;
	int status = parse_options(&c, argc, argv, &help);

	if (!status && !help)
		status = run_in_objdir(&c);
	argv_free(c.dirs.v);
	argv_free(c.vars.v);
	free(c.llvm);
	return status;
}

const struct cmd cmd_compdb = {
	.name = NAME,
	.summary = "compile commands from kbuild, nothing built",
	.run = run,
};
