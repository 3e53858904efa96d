// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the rules are. A program that was just built must find the rules of its
 * own tree, or an edited rule would seem to have no effect.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "util/alloc.h"

#include "rules/rule-dir.h"

/*
 * From where the program stands, in the order of preference: build/probewalk,
 * build/tests/test-foo, bin/probewalk.
 */
static const char *const beside[] = {
	"../rules.d",
	"../../rules.d",
	"../share/probewalk/rules.d",
};

/* Any tree may have a directory of that name; only ours has this rule. */
static char *accept(char *dir)
{
	char *rule = xasprintf("%s/driver-registration-in-probe.json", dir);
	int ret = access(rule, R_OK);

	free(rule);
	if (!ret)
		return dir;
	free(dir);
	return NULL;
}

static char *find_beside_program(void)
{
	char exe[PATH_MAX], *slash, *dir;
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	size_t i;

	if (len <= 0)
		return NULL;
	exe[len] = '\0';
	slash = strrchr(exe, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	for (i = 0; i < ARRAY_SIZE(beside); i++) {
		dir = accept(xasprintf("%s/%s", exe, beside[i]));
		if (dir)
			return dir;
	}
	return NULL;
}

char *rule_dir_find(void)
{
	const char *env = getenv("PROBEWALK_RULES");
	char *dir;

	if (env && *env)
		return xstrdup(env);
	dir = find_beside_program();
	return dir ? dir : accept(xstrdup(PROBEWALK_DATADIR "/rules.d"));
}
