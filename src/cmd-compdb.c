// SPDX-License-Identifier: GPL-2.0-only
/* probewalk compdb: compile commands from kbuild, nothing built. */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/log.h"

#include "cmd.h"
#include "kbuild/archs.h"
#include "kbuild/kbuild.h"

#define NAME "compdb"

static const char usage[] =
	"Usage: probewalk compdb TREE --arch ARCH -o FILE [OPTION]...\n"
	"       probewalk compdb TREE --arch ARCH,ARCH... -o DIR [OPTION]...\n"
	"\n"
	"Writes the compile commands of a kernel, as compile_commands.json.\n"
	"The build directory is configured and prepared if it is not yet; no\n"
	"object is built.\n"
	"\n"
	"  -a, --arch ARCH      architecture, as for ARCH= of make; several "
	"with\n"
	"                       commas or one by one; all: every one that the\n"
	"                       tree has and clang can compile for\n"
	"  -o, --output FILE    file to write; with several architectures a\n"
	"                       directory, where ARCH.json is written for "
	"each\n"
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
	"                       ~/.cache/probewalk); with several "
	"architectures\n"
	"                       each has DIR/ARCH\n"
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
	struct words archs, dirs, vars;
	bool all; /* architectures */
	bool several; /* -o and -O name directories with one entry for each */
	const char *output;
	char *llvm;
};

static void words_add(struct words *w, const char *s, size_t len)
{
	ALLOC_GROW(w->v, (size_t)w->nr + 2, w->alloc);
	w->v[w->nr++] = xstrndup(s, len);
	w->v[w->nr] = NULL;
}

static void add_list(struct words *w, const char *list)
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
		add_list(&c->archs, optarg);
		return 0;
	case 'o':
		c->output = optarg;
		return 0;
	case 'c':
		c->opt.config = optarg;
		return 0;
	case 'd':
		add_list(&c->dirs, optarg);
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
	int i;

	if (optind >= argc)
		return cmd_usage_error(NAME, "the kernel tree is missing.");
	if (argc - optind > 1)
		return cmd_usage_error(NAME,
				       "one kernel tree is expected, "
				       "and '%s' is another word.",
				       argv[optind + 1]);
	if (!c->archs.nr)
		return cmd_usage_error(NAME, "--arch is missing.");
	if (!c->output)
		return cmd_usage_error(NAME, "-o is missing.");
	for (i = 0; i < c->archs.nr; i++)
		c->all = c->all || !strcmp(c->archs.v[i], "all");
	c->several = c->all || c->archs.nr > 1;
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

/* Among several it matters whose failure it is. */
static void say_failure(const struct compdb_command *c, const char *why)
{
	if (c->all)
		pw_warn("%s is left out: %s", c->opt.arch, why);
	else if (c->several)
		pw_error("%s: %s", c->opt.arch, why);
	else
		pw_error("%s", why);
}

static int write_commands(struct compdb_command *c, struct compdb *db,
			  const char *output, struct strbuf *err)
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
		ret = compdb_write(db, output, err);
	if (ret) {
		say_failure(c, err->buf);
		return EXIT_USAGE;
	}
	pw_info("%zu compile commands written to %s", db->nr, output);
	return notes ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

/* "DIR/ARCH.json" of several, or what the user named. */
static char *place(const struct compdb_command *c, const char *path,
		   const char *suffix)
{
	if (!c->several)
		return xstrdup(path);
	return xasprintf("%s/%s%s", path, c->opt.arch, suffix);
}

static int run_arch(struct compdb_command *c, const char *arch)
{
	const char *given = c->opt.objdir;
	struct compdb db = COMPDB_INIT;
	struct strbuf err = STRBUF_INIT, objdir = STRBUF_INIT;
	char *output, *below = NULL;
	int status = EXIT_USAGE;

	c->opt.arch = arch;
	output = place(c, c->output, ".json");
	if (given)
		c->opt.objdir = below = place(c, given, "");
	else if (!kbuild_default_objdir(&c->opt, &objdir, &err))
		c->opt.objdir = objdir.buf;
	if (c->opt.objdir)
		status = write_commands(c, &db, output, &err);
	else
		say_failure(c, err.buf);
	c->opt.objdir = given;
	free(output);
	free(below);
	compdb_release(&db);
	strbuf_release(&err);
	strbuf_release(&objdir);
	return status;
}

static int run_archs(struct compdb_command *c)
{
	int i, status, ret = EXIT_CLEAN;

	for (i = 0; i < c->archs.nr; i++) {
		status = run_arch(c, c->archs.v[i]);
		/* One that cannot be had does not take the others along. */
		if (status == EXIT_USAGE || ret == EXIT_CLEAN)
			ret = status;
	}
	return ret;
}

/* All that can be done is done, and the rest is named. */
static int run_all(struct compdb_command *c)
{
	struct kbuild_archs archs = KBUILD_ARCHS_INIT;
	struct strbuf err = STRBUF_INIT;
	int ret = EXIT_CLEAN, written = 0, status;
	size_t i;

	if (kbuild_archs_find(&archs, c->opt.tree, c->opt.llvm, &err)) {
		pw_error("%s", err.buf);
		ret = EXIT_USAGE;
	}
	for (i = 0; i < archs.nr; i++) {
		c->opt.arch = archs.list[i].name;
		status = EXIT_USAGE;
		if (archs.list[i].why)
			say_failure(c, archs.list[i].why);
		else
			status = run_arch(c, archs.list[i].name);
		written += status != EXIT_USAGE;
		if (status != EXIT_CLEAN)
			ret = EXIT_INCOMPLETE;
	}
	kbuild_archs_release(&archs);
	strbuf_release(&err);
	return written ? ret : EXIT_USAGE;
}

static int make_output_dir(const struct compdb_command *c)
{
	if (!c->several || !mkdir(c->output, 0777) || errno == EEXIST)
		return 0;
	pw_error("the output directory %s cannot be made: %s; name another "
		 "one with -o",
		 c->output, strerror(errno));
	return EXIT_USAGE;
}

static int run(int argc, char **argv)
{
	struct compdb_command c = { 0 };
	bool help = false;
	int status = parse_options(&c, argc, argv, &help);

	if (!status && !help)
		status = make_output_dir(&c);
	if (!status && !help)
		status = c.all ? run_all(&c) : run_archs(&c);
	argv_free(c.archs.v);
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
