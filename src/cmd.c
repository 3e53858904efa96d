// SPDX-License-Identifier: GPL-2.0-only
/* What commands share: how they say that they were called wrongly. */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>

#include "util/log.h"
#include "util/named.h"
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

int cmd_no_format(const char *cmd, const char *name,
		  const struct named_list *formats)
{
	struct strbuf names = STRBUF_INIT;

	named_join(formats, &names);
	cmd_usage_error(cmd, "--format: there is no '%s'; there are: %s.", name,
			names.buf);
	strbuf_release(&names);
	return EXIT_USAGE;
}

int cmd_parse_number(const char *word, uint32_t min, uint32_t max,
		     uint32_t *number)
{
	char *end;
	unsigned long n;

	if (*word < '0' || *word > '9')
		return -EINVAL;
	n = strtoul(word, &end, 10);
	if (*end || n < min || n > max)
		return -EINVAL;
	*number = n;
	return 0;
}

int cmd_parse_jobs(const char *word, int *jobs)
{
	uint32_t n;

	if (cmd_parse_number(word, 1, CMD_MAX_JOBS, &n))
		return -EINVAL;
	*jobs = n;
	return 0;
}
