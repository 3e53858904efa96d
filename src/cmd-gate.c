// SPDX-License-Identifier: GPL-2.0-only
/* probewalk gate: what does this patch add? */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "util/log.h"

#include "cmd-gate.h"
#include "cmd.h"

#define NAME "gate"

/*
 * A patch to a driver concerns a handful of units, one to a header of the
 * driver core most of the kernel. Then this much is looked at and the rest is
 * named: a gate that takes an hour is switched off.
 */
enum { DEFAULT_UNITS = 400, DEFAULT_SECONDS = 45, UNIT_SECONDS = 30 };

static const char usage[] =
	"Usage: probewalk gate --db FILE (--patch FILE... | --range A..B) "
	"[OPTION]...\n"
	"\n"
	"Tells what a patch adds to the findings of a tree, what it makes\n"
	"worse and what it mends. Neither the tree nor the database is\n"
	"changed, and nothing of the patch is executed.\n"
	"\n"
	"      --db FILE         the database of the tree, as 'probewalk "
	"index'\n"
	"                        or 'scan' makes it\n"
	"      --tree TREE       the tree (default: the one that was indexed)\n"
	"      --patch FILE...   patches in order: diffs, mails, an mbox with "
	"a\n"
	"                        series; '-' is standard input\n"
	"      --range A..B      commits of the tree's git repository "
	"instead;\n"
	"                        A...B: since their merge base, A: up to HEAD\n"
	"      --baseline FILE   findings that were accepted do not count; "
	"see\n"
	"                        'probewalk baseline --help'\n"
	"      --format FORMAT   text (the default), json, sarif, github\n"
	"                        (annotations) or gitlab (Code Quality)\n"
	"  -o, --output FILE     report (default: standard output)\n"
	"      --config NAME     look at this configuration only, or those of "
	"this\n"
	"                        architecture, which limits the work; may be "
	"given\n"
	"                        again\n"
	"      --rules PATH, --rule ID, --min-confidence LEVEL, "
	"--include-tests\n"
	"                        as for 'probewalk check'\n"
	"      --severity LEVEL  note, warning (the default), error or never:\n"
	"                        exit status 1 for what is added or worse of\n"
	"                        this severity or above; also --fail-on\n"
	"      --max-units N     analyse at most N units again (default: "
	"400),\n"
	"                        0: as many as it takes\n"
	"      --seconds N       aim at N seconds for the whole run (default: "
	"45):\n"
	"                        what the rules need is set aside, the rest "
	"is\n"
	"                        shared among the configurations; 0: as long "
	"as\n"
	"                        it takes\n"
	"  -j, --jobs N          worker processes (default: one for each CPU)\n"
	"  -q, --quiet           print warnings and errors only\n"
	"  -h, --help            print this help\n"
	"\n"
	"Exit status: 0 nothing added or made worse, 1 something is, 2 the\n"
	"patch does not apply or is none, or bad usage or input, 3 nothing "
	"is,\n"
	"but some of what the patch concerns was not analysed.\n";

enum {
	OPT_WORD = 1, /* what getopt_long() returns for a plain word */
	OPT_DB = 0x100,
	OPT_TREE,
	OPT_PATCH,
	OPT_RANGE,
	OPT_CONFIG,
	OPT_MAX_UNITS,
	OPT_SECONDS,
};

static int set_number(uint32_t *number, const char *name, const char *value)
{
	if (cmd_parse_number(value, 0, 1000000, number))
		return cmd_usage_error(NAME,
				       "%s: '%s' is not a number from 0 to "
				       "1000000.",
				       name, value);
	return 0;
}

static int set_format(struct gate_command *c, const char *value)
{
	c->format = gate_format_find(value);
	return c->format ? 0 : cmd_no_format(NAME, value, &gate_formats);
}

/* A plain word is one more patch: "--patch 0*.patch". */
static int add_word(struct gate_command *c, const char *word)
{
	if (!c->patches.nr)
		return cmd_usage_error(NAME,
				       "'%s' is no option; name patches with "
				       "--patch.",
				       word);
	string_list_add(&c->patches, word);
	return 0;
}

static int set_option(struct gate_command *c, int opt, const char *value)
{
	switch (opt) {
	case OPT_WORD:
		return add_word(c, value);
	case OPT_DB:
		c->check.db = value;
		return 0;
	case OPT_TREE:
		c->tree = value;
		return 0;
	case OPT_PATCH:
		string_list_add(&c->patches, value);
		return 0;
	case OPT_RANGE:
		c->range = value;
		return 0;
	case OPT_CONFIG:
		string_list_add(&c->check.configs, value);
		return 0;
	case OPT_MAX_UNITS:
		return set_number(&c->max_units, "--max-units", value);
	case OPT_SECONDS:
		return set_number(&c->seconds, "--seconds", value);
	case CHECK_OPT_FORMAT:
		return set_format(c, value);
	case 'j':
		if (!cmd_parse_jobs(value, &c->jobs))
			return 0;
		return cmd_usage_error(NAME,
				       "-j: '%s' is not a number from 1 to %d.",
				       value, CMD_MAX_JOBS);
	case 'q':
		log_quiet = true;
		return 0;
	}
	return check_option_set(NAME, &c->check, opt, value);
}

static int check_usage(const struct gate_command *c)
{
	if (!c->check.db)
		return cmd_usage_error(NAME,
				       "--db FILE is missing; make one with "
				       "'probewalk index' or 'probewalk "
				       "scan'.");
	if (c->patches.nr && c->range)
		return cmd_usage_error(NAME, "--patch and --range exclude each "
					     "other.");
	if (!c->patches.nr && !c->range)
		return cmd_usage_error(NAME, "--patch FILE or --range A..B is "
					     "missing: what to look at.");
	return 0;
}

static int parse_options(struct gate_command *c, int argc, char **argv,
			 bool *help)
{
	static const struct option options[] = {
		{ "db", required_argument, NULL, OPT_DB },
		{ "tree", required_argument, NULL, OPT_TREE },
		{ "patch", required_argument, NULL, OPT_PATCH },
		{ "range", required_argument, NULL, OPT_RANGE },
		{ "config", required_argument, NULL, OPT_CONFIG },
		{ "max-units", required_argument, NULL, OPT_MAX_UNITS },
		{ "seconds", required_argument, NULL, OPT_SECONDS },
		{ "jobs", required_argument, NULL, 'j' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		CHECK_LONG_OPTIONS,
		{ NULL, 0, NULL, 0 },
	};
	int opt, ret = 0;

	opterr = 0;
	/* '-' first: words come in their places, for the order of a series */
	while (!ret &&
	       (opt = getopt_long(argc, argv, "-:j:qh" CHECK_SHORT_OPTIONS,
				  options, NULL)) != -1) {
		if (opt == '?' || opt == ':')
			return cmd_bad_option(NAME, opt, argv);
		if (opt == 'h') {
			*help = true;
			return 0;
		}
		ret = set_option(c, opt, optarg);
	}
	for (; !ret && optind < argc; optind++)
		ret = add_word(c, argv[optind]);
	return ret ? ret : check_usage(c);
}

static int run(int argc, char **argv)
{
	struct gate_command c = {
		.format = gate_format_find("text"),
		.max_units = DEFAULT_UNITS,
		.seconds = DEFAULT_SECONDS,
		.unit_seconds = UNIT_SECONDS,
	};
	bool help = false;
	int status;

	check_options_init(&c.check);
	status = parse_options(&c, argc, argv, &help);
	if (!status && help)
		fputs(usage, stdout);
	else if (!status)
		status = gate_command_run(&c);
	check_options_release(&c.check);
	string_list_release(&c.patches);
	return status;
}

const struct cmd cmd_gate = {
	.name = NAME,
	.summary = "tell what a patch adds, makes worse and mends",
	.run = run,
};
