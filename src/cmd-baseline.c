// SPDX-License-Identifier: GPL-2.0-only
/* probewalk baseline: the file of findings that were accepted. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "util/log.h"

#include "gate/baseline.h"

#include "cmd-report.h"
#include "cmd.h"

#define NAME "baseline"

static const char usage[] =
	"Usage: probewalk baseline update (--db FILE | --report FILE) -o FILE\n"
	"                                 --reason TEXT [OPTION]...\n"
	"\n"
	"Makes a baseline that of what is found now: entries that are still\n"
	"found keep their reasons, the others go, and what is new is accepted\n"
	"with the reason given. 'check', 'scan' and 'gate' take the file with\n"
	"--baseline. Keep it under version control and read it in review.\n"
	"\n"
	"      --db FILE         check this database\n"
	"      --report FILE     or take what a report holds that\n"
	"                        'check --format json' wrote\n"
	"  -o, --output FILE     the baseline; made when it is not there\n"
	"      --reason TEXT     why what is new is accepted\n"
	"      --expires DATE    and until which day, 2027-01-31; from the\n"
	"                        next day on it counts again\n"
	"      --rules PATH, --rule ID, --min-confidence LEVEL\n"
	"                        with --db: as for 'probewalk check'\n"
	"  -q, --quiet           print warnings and errors only\n"
	"  -h, --help            print this help\n"
	"\n"
	"Exit status: 0 the baseline is written, 2 bad usage or input.\n";

struct options {
	struct check_options check; /* ->output is the baseline */
	const char *report, *reason, *expires;
};

enum { OPT_DB = 1, OPT_REPORT, OPT_REASON, OPT_EXPIRES };

static int set_option(struct options *o, int opt, const char *value)
{
	switch (opt) {
	case OPT_DB:
		o->check.db = value;
		return 0;
	case OPT_REPORT:
		o->report = value;
		return 0;
	case OPT_REASON:
		o->reason = value;
		return 0;
	case OPT_EXPIRES:
		o->expires = value;
		return 0;
	case 'q':
		log_quiet = true;
		return 0;
	}
	return check_option_set(NAME, &o->check, opt, value);
}

static int check_usage(const struct options *o, int argc, char **argv)
{
	if (optind >= argc || strcmp(argv[optind], "update"))
		return cmd_usage_error(NAME,
				       "what to do is missing: 'probewalk "
				       "baseline update'.");
	if (optind + 1 < argc)
		return cmd_usage_error(NAME, "'%s' is one word too many.",
				       argv[optind + 1]);
	if (!o->check.db == !o->report)
		return cmd_usage_error(NAME, "one of --db and --report is "
					     "needed: where the findings come "
					     "from.");
	if (!o->check.output)
		return cmd_usage_error(NAME, "-o FILE is missing: the "
					     "baseline.");
	if (!o->reason || !o->reason[strspn(o->reason, " \t\n")])
		return cmd_usage_error(NAME, "--reason TEXT is missing: why "
					     "these findings are accepted.");
	if (o->expires && !baseline_is_day(o->expires))
		return cmd_usage_error(NAME,
				       "--expires: '%s' is not a day of the "
				       "form 2027-01-31.",
				       o->expires);
	return 0;
}

static int parse_options(struct options *o, int argc, char **argv, bool *help)
{
	static const struct option options[] = {
		{ "db", required_argument, NULL, OPT_DB },
		{ "report", required_argument, NULL, OPT_REPORT },
		{ "output", required_argument, NULL, 'o' },
		{ "reason", required_argument, NULL, OPT_REASON },
		{ "expires", required_argument, NULL, OPT_EXPIRES },
		{ "rules", required_argument, NULL, CHECK_OPT_RULES },
		{ "rule", required_argument, NULL, CHECK_OPT_RULE },
		{ "min-confidence", required_argument, NULL,
		  CHECK_OPT_MIN_CONFIDENCE },
		{ "quiet", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int opt, ret;

	opterr = 0;
	while ((opt = getopt_long(argc, argv, ":o:qh", options, NULL)) != -1) {
		if (opt == '?' || opt == ':')
			return cmd_bad_option(NAME, opt, argv);
		if (opt == 'h') {
			*help = true;
			return 0;
		}
		ret = set_option(o, opt, optarg);
		if (ret)
			return ret;
	}
	return check_usage(o, argc, argv);
}

static int find_in_database(struct options *o, struct baseline *found,
			    struct strbuf *err)
{
	struct report report = { 0 };
	int ret = report_load_rules(&report.rules, &o->check, err);

	if (!ret)
		ret = report_from_database(&o->check, &report, err);
	if (!ret) {
		report_filter(&report, &o->check);
		baseline_found(found, &report.findings);
	}
	report_release(&report);
	return ret;
}

static int update(struct options *o, struct baseline *b, struct strbuf *err)
{
	struct baseline found = BASELINE_INIT;
	size_t had, nr;
	int ret = baseline_load(b, o->check.output, err);

	if (ret == -ENOENT) {
		strbuf_reset(err);
		ret = 0;
	}
	had = b->nr;
	if (!ret)
		ret = o->report ? baseline_found_json(&found, o->report, err)
				: find_in_database(o, &found, err);
	if (!ret) {
		nr = baseline_update(b, &found, o->reason, o->expires);
		ret = baseline_write(b, o->check.output, err);
	}
	if (!ret)
		pw_info("%s: %zu accepted, %zu of them new, %zu gone",
			o->check.output, b->nr, nr, had + nr - b->nr);
	baseline_release(&found);
	return ret;
}

static int run(int argc, char **argv)
{
	struct options o = { 0 };
	struct baseline b = BASELINE_INIT;
	struct strbuf err = STRBUF_INIT;
	bool help = false;
	int status;

	check_options_init(&o.check);
	status = parse_options(&o, argc, argv, &help);
	if (!status && help) {
		fputs(usage, stdout);
	} else if (!status && update(&o, &b, &err)) {
		report_print_error(&err);
		status = EXIT_USAGE;
	}
	check_options_release(&o.check);
	baseline_release(&b);
	strbuf_release(&err);
	return status;
}

const struct cmd cmd_baseline = {
	.name = NAME,
	.summary = "keep the list of findings that were accepted",
	.run = run,
};
