// SPDX-License-Identifier: GPL-2.0-only
/* probewalk check: rules over a database. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "util/log.h"

#include "cmd-check.h"
#include "cmd.h"

const char check_options_help[] =
	"      --rules PATH      rules to use instead of the program's own: a\n"
	"                        directory or a file (also $PROBEWALK_RULES)\n"
	"      --rule ID         run this rule only; may be given again, and\n"
	"                        'all' stands for all there are (default:\n"
	"                        those that their files enable)\n"
	"      --baseline FILE   findings that were accepted: they are not "
	"told,\n"
	"                        and do not count for the exit status; see\n"
	"                        'probewalk baseline --help'\n"
	"      --format FORMAT   text (the default), json or sarif\n"
	"  -o, --output FILE     report (default: standard output)\n"
	"      --min-confidence LEVEL\n"
	"                        low, medium (the default) or high: leave out\n"
	"                        what is less sure\n"
	"      --severity LEVEL  note, warning (the default), error or never:\n"
	"                        exit status 1 for a finding of this\n"
	"                        severity or above; also --fail-on\n"
	"      --all-paths N     show up to N ways from each probe, the "
	"shortest\n"
	"                        first (default: 1)\n"
	"      --include-tests   look at the kernel's self-tests as well\n";

static const char usage[] =
	"Usage: probewalk check --db FILE [OPTION]...\n"
	"\n"
	"Walks the rules over a database that 'probewalk index' made and\n"
	"writes a report.\n"
	"\n"
	"      --db FILE         the database\n"
	"      --config NAME     check this configuration only, of those that\n"
	"                        are in the database, or those of this\n"
	"                        architecture; may be given again\n";

static const char usage_foot[] =
	"  -q, --quiet           print warnings and errors only\n"
	"  -h, --help            print this help\n"
	"\n"
	"Exit status: 0 no finding at or above the threshold, 1 findings,\n"
	"2 bad usage or input, 3 analysis incomplete and no finding.\n";

void check_options_init(struct check_options *opt)
{
	*opt = (struct check_options){
		.format = &report_text,
		.min_confidence = CONFIDENCE_MEDIUM,
		.threshold = SEVERITY_WARNING,
		.nr_paths = 1,
	};
}

void check_options_release(struct check_options *opt)
{
	string_list_release(&opt->only);
	string_list_release(&opt->configs);
}

static int set_format(const char *cmd, struct check_options *opt,
		      const char *value)
{
	opt->format = report_format_find(value);
	return opt->format ? 0 : cmd_no_format(cmd, value, &report_formats);
}

static int set_threshold(const char *cmd, struct check_options *opt,
			 const char *value)
{
	opt->no_threshold = !strcmp(value, "never");
	if (opt->no_threshold || !severity_parse(value, &opt->threshold))
		return 0;
	return cmd_usage_error(cmd,
			       "--severity: '%s' is not a severity; there are: "
			       "note, warning, error, never.",
			       value);
}

static int set_confidence(const char *cmd, struct check_options *opt,
			  const char *value)
{
	if (!confidence_parse(value, &opt->min_confidence))
		return 0;
	return cmd_usage_error(cmd,
			       "--min-confidence: '%s' is not a confidence; "
			       "there are: low, medium, high.",
			       value);
}

static int set_paths(const char *cmd, struct check_options *opt,
		     const char *value)
{
	if (cmd_parse_number(value, 1, 1000, &opt->nr_paths))
		return cmd_usage_error(cmd,
				       "--all-paths: '%s' is not a number "
				       "from 1 to 1000.",
				       value);
	return 0;
}

int check_option_set(const char *cmd, struct check_options *opt, int which,
		     const char *value)
{
	switch (which) {
	case CHECK_OPT_RULES:
		opt->rules = value;
		return 0;
	case CHECK_OPT_RULE:
		string_list_add(&opt->only, value);
		return 0;
	case CHECK_OPT_FORMAT:
		return set_format(cmd, opt, value);
	case 'o':
		opt->output = value;
		return 0;
	case CHECK_OPT_MIN_CONFIDENCE:
		return set_confidence(cmd, opt, value);
	case CHECK_OPT_SEVERITY:
		return set_threshold(cmd, opt, value);
	case CHECK_OPT_ALL_PATHS:
		return set_paths(cmd, opt, value);
	case CHECK_OPT_BASELINE:
		opt->baseline = value;
		return 0;
	case CHECK_OPT_INCLUDE_TESTS:
		opt->include_tests = true;
		return 0;
	}
	return cmd_usage_error(cmd, "unknown option.");
}

enum { OPT_DB = 1, OPT_CONFIG };

static int parse_options(int argc, char **argv, struct check_options *check,
			 bool *help)
{
	static const struct option options[] = {
		{ "db", required_argument, NULL, OPT_DB },
		{ "config", required_argument, NULL, OPT_CONFIG },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		CHECK_LONG_OPTIONS,
		{ NULL, 0, NULL, 0 },
	};
	int opt, ret;

	opterr = 0;
	while ((opt = getopt_long(argc, argv, ":hq" CHECK_SHORT_OPTIONS,
				  options, NULL)) != -1) {
		if (opt == '?' || opt == ':')
			return cmd_bad_option("check", opt, argv);
		if (opt == 'h') {
			*help = true;
			return 0;
		}
		if (opt == 'q') {
			log_quiet = true;
			continue;
		}
		if (opt == OPT_DB) {
			check->db = optarg;
			continue;
		}
		if (opt == OPT_CONFIG) {
			string_list_add(&check->configs, optarg);
			continue;
		}
		ret = check_option_set("check", check, opt, optarg);
		if (ret)
			return ret;
	}
	if (optind < argc)
		return cmd_usage_error("check",
				       "'%s' is one word too many; name the "
				       "database with --db.",
				       argv[optind]);
	if (!check->db)
		return cmd_usage_error("check", "--db FILE is missing.");
	return 0;
}

static int run_check(int argc, char **argv)
{
	struct check_options opt;
	bool help = false;
	int ret;

	check_options_init(&opt);
	ret = parse_options(argc, argv, &opt, &help);
	if (!ret && help)
		printf("%s%s%s", usage, check_options_help, usage_foot);
	else if (!ret)
		ret = check_and_report(&opt);
	check_options_release(&opt);
	return ret;
}

const struct cmd cmd_check = {
	.name = "check",
	.summary = "walk the rules over a database and report",
	.run = run_check,
};
