// SPDX-License-Identifier: GPL-2.0-only
/* Files of a test: see small-tree.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "util/alloc.h"

#include "small-tree.h"

char tree[256];

int tree_make(const char *name)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(tree, sizeof(tree), "%s/%s-XXXXXX", tmp ? tmp : "/tmp", name);
	return mkdtemp(tree) ? 0 : -1;
}

int tree_remove(void **state)
{
	char *cmd = xasprintf("rm -rf '%s'", tree);
	int ret = system(cmd);

	(void)state;
	free(cmd);
	return ret;
}

char *in_tree(const char *name)
{
	return xasprintf("%s/%s", tree, name);
}

void write_file(const char *name, const char *text)
{
	char *path = in_tree(name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	free(path);
}

void make_dir(const char *name)
{
	char *path = xasprintf("%s/%s", tree, name);

	assert_int_equal(mkdir(path, 0777), 0);
	free(path);
}

void make_parents(const char *name)
{
	char *path = in_tree(name), *slash = path + strlen(tree);

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
	free(path);
}
