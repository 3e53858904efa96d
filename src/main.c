// SPDX-License-Identifier: GPL-2.0-only
/* The program: global options and the array of commands, nothing else. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "util/log.h"

#include "cmd.h"

static const struct cmd *const cmds[] = {
	&cmd_scan, &cmd_compdb,	  &cmd_index,	&cmd_check,
	&cmd_gate, &cmd_baseline, &cmd_explain,
};

static const char usage[] =
	"Usage: probewalk [--help] [--version] [-q] COMMAND [OPTION]...\n"
	"\n"
	"Finds drivers in a Linux kernel tree that register other drivers\n"
	"from a probe callback.\n"
	"\n"
	"Commands:\n";

static const char usage_foot[] =
	"\n"
	"  -q, --quiet  print errors only\n"
	"  --version    print the version\n"
	"  -h, --help   print this help; 'probewalk COMMAND --help' for a "
	"command\n"
	"\n"
	"Exit status: 0 no finding at or above the threshold, 1 findings,\n"
	"2 bad usage or input, 3 analysis incomplete and no finding.\n";

static int help(void)
{
	size_t i;

	fputs(usage, stdout);
	for (i = 0; i < ARRAY_SIZE(cmds); i++)
		printf("  %-12s %s\n", cmds[i]->name, cmds[i]->summary);
	fputs(usage_foot, stdout);
	return EXIT_CLEAN;
}

static int run(int argc, char **argv)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cmds); i++) {
		if (strcmp(argv[0], cmds[i]->name))
			continue;
		optind = 0; /* glibc: start over, on another array */
		return cmds[i]->run(argc, argv);
	}
	return cmd_usage_error(NULL, "there is no command '%s'.", argv[0]);
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ "quiet", no_argument, NULL, 'q' },
		{ NULL, 0, NULL, 0 },
	};
	int opt;

	/* a file size limit is an error to report, like a full disk */
	signal(SIGXFSZ, SIG_IGN);
	opterr = 0;
	while ((opt = getopt_long(argc, argv, "+:hq", options, NULL)) != -1) {
		switch (opt) {
		case 'h':
			return help();
		case 'V':
			puts("probewalk " PROBEWALK_VERSION);
			return EXIT_CLEAN;
		case 'q':
			log_quiet = true;
			break;
		default:
			return cmd_bad_option(NULL, opt, argv);
		}
	}
	if (optind == argc)
		return cmd_usage_error(NULL, "a command is missing.");
	return run(argc - optind, argv + optind);
}
