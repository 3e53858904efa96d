/* SPDX-License-Identifier: GPL-2.0-only */
/* What a command is, and the exit statuses that scripts rely on. */
#ifndef PROBEWALK_CMD_H
#define PROBEWALK_CMD_H

#include <stdint.h>

/*
 * Bad usage or input beats everything (nothing was looked at); findings beat an
 * incomplete analysis (they stand whatever the missing units hold, and the
 * report names those units); incomplete beats clean.
 */
enum exit_status {
	EXIT_CLEAN = 0, /* no finding at or above the threshold */
	EXIT_FINDINGS = 1,
	EXIT_USAGE = 2, /* bad usage or bad input */
	EXIT_INCOMPLETE = 3, /* units not analysed, or in part; no finding */
};

/**
 * struct cmd - one command of the program
 * @name: the word after "probewalk"
 * @summary: half a line for the list of commands
 * @run: gets its own name as argv[0]; returns an enum exit_status
 */
struct cmd {
	const char *name;
	const char *summary;
	int (*run)(int argc, char **argv);
};

extern const struct cmd cmd_compdb;
extern const struct cmd cmd_index;
extern const struct cmd cmd_check;
extern const struct cmd cmd_scan;
extern const struct cmd cmd_explain;
extern const struct cmd cmd_gate;
extern const struct cmd cmd_baseline;

/**
 * cmd_usage_error() - say what is wrong with the command line
 * @cmd: name of the command, or NULL before there is one
 *
 * Prints the message and where to find help.
 *
 * Return: EXIT_USAGE.
 */
int cmd_usage_error(const char *cmd, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * cmd_bad_option() - say what is wrong with an option
 * @cmd: as above
 * @opt: '?' or ':' as getopt_long() returned it; its option string begins with
 *	 ':' (after a '+') and opterr is 0
 * @argv: what it was given
 *
 * Return: EXIT_USAGE.
 */
int cmd_bad_option(const char *cmd, int opt, char *const *argv);

struct named_list;

/**
 * cmd_no_format() - say that there is no such format
 * @cmd: as above
 * @name: what --format was given
 * @formats: those that there are
 *
 * Return: EXIT_USAGE.
 */
int cmd_no_format(const char *cmd, const char *name,
		  const struct named_list *formats);

/**
 * cmd_parse_number() - a number that an option is given
 * @word: digits and nothing else
 * @min: the smallest that is allowed
 * @max: the largest
 * @number: gets it; unchanged when there is none
 *
 * Return: 0, or -EINVAL when it is no number from @min to @max.
 */
int cmd_parse_number(const char *word, uint32_t min, uint32_t max,
		     uint32_t *number) __attribute__((warn_unused_result));

#define CMD_MAX_JOBS 1024

/**
 * cmd_parse_jobs() - the value of -j
 * Return: 0, or -EINVAL when it is no number from 1 to CMD_MAX_JOBS.
 */
int cmd_parse_jobs(const char *word, int *jobs)
	__attribute__((warn_unused_result));

#endif
