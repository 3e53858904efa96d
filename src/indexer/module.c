// SPDX-License-Identifier: GPL-2.0-only
/*
 * The defines by which kbuild names the module: see module.h. How their value
 * is quoted depends on who wrote the compilation database.
 */
#include <string.h>

#include "indexer/compdb.h"
#include "indexer/module.h"
#include "util/alloc.h"

/* The value that the last -DNAME=value gives, or NULL. */
static const char *defined_as(const struct compile_cmd *cmd, const char *name)
{
	const char *ret = NULL;
	size_t len = strlen(name);
	int i;

	for (i = 1; i < cmd->argc; i++) {
		const char *word = cmd->argv[i];

		if (!strncmp(word, "-D", 2) && !strncmp(word + 2, name, len) &&
		    word[2 + len] == '=')
			ret = word + 3 + len;
	}
	return ret;
}

char *command_modules(const struct compile_cmd *cmd)
{
	static const char quotes[] = "\\\"'";
	const char *value = defined_as(cmd, "KBUILD_MODFILE");
	char *ret, *p;

	if (!value)
		value = defined_as(cmd, "KBUILD_MODNAME");
	if (!value)
		return xstrdup("");
	value += strspn(value, quotes);
	ret = xstrndup(value, strcspn(value, quotes));
	for (p = ret; *p; p++)
		if (*p == ':')
			*p = ' ';
	return ret;
}
