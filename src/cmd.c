// SPDX-License-Identifier: GPL-2.0-only
/* What commands share: how they say that they were called wrongly. */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>

#include "util/log.h"
#include "util/strbuf.h"

#include "cmd.h"

int cmd_usage_error(const char *cmd, const char *fmt, ...)
{
	struct strbuf sb = STRBUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&sb, fmt, ap);
	va_end(ap);
	pw_error("%s%s%s", cmd ? cmd : "", cmd ? ": " : "", sb.buf);
	pw_error("Try 'probewalk %s%s--help'.", cmd ? cmd : "", cmd ? " " : "");
	strbuf_release(&sb);
	return EXIT_USAGE;
}

int cmd_bad_option(const char *cmd, int opt, char *const *argv)
{
	const char *word = argv[optind - 1];

	if (opt == ':')
		return cmd_usage_error(cmd, "option '%s' needs a value.", word);
	/*
	 * A short option in a cluster may leave optind at the word it stands
	 * in; then the letter is all there is to name.
	 */
	if (optopt && word[0] == '-' && word[1] == '-')
		return cmd_usage_error(cmd, "option '%s' takes no value.",
				       word);
	if (optopt)
		return cmd_usage_error(cmd, "there is no option '-%c'.",
				       optopt);
	return cmd_usage_error(cmd, "there is no option '%s'.", word);
}

int cmd_parse_jobs(const char *word, int *jobs)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(word, &end, 10);
	if (errno || end == word || *end || n < 1 || n > CMD_MAX_JOBS)
		return -EINVAL;
	*jobs = n;
	return 0;
}
