// SPDX-License-Identifier: GPL-2.0-only
/* Patches read in a small tree: see patch-run.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "patch-run.h"

struct patch_tree t;
static uint64_t before;

int patch_run_setup(void **state)
{
	(void)state;
	if (patch_tree_make(&t))
		return -1;
	before = patch_tree_hash(t.tree);
	return !before;
}

int patch_run_teardown(void **state)
{
	(void)state;
	patch_tree_remove(&t);
	return 0;
}

void assert_untouched(void)
{
	assert_int_equal(patch_tree_hash(t.tree), before);
	assert_int_equal(patch_tree_count(t.tmp), 0);
}

void patch_describe(const struct patch_set *set, struct strbuf *out)
{
	size_t i, k;

	for (i = 0; i < set->nr; i++) {
		const struct change *c = &set->changes[i];

		strbuf_addf(out, "%c ", "AMDR"[c->kind]);
		if (c->old_path)
			strbuf_addf(out, "%s -> ", c->old_path);
		strbuf_addstr(out, c->path);
		for (k = 0; k < c->nr_ranges; k++)
			strbuf_addf(out, " %u+%u", c->ranges[k].first,
				    c->ranges[k].nr);
		strbuf_addch(out, '\n');
	}
}

void assert_content(const struct patch_set *set, const char *path,
		    const char *expected)
{
	const struct change *c = patch_find(set, path);
	struct strbuf sb = STRBUF_INIT;
	struct stat st;

	assert_non_null(c);
	assert_non_null(c->content);
	assert_int_equal(lstat(c->content, &st), 0);
	assert_true(S_ISREG(st.st_mode));
	assert_int_equal(strbuf_read_file(&sb, c->content), 0);
	assert_string_equal(sb.buf, expected);
	strbuf_release(&sb);
}

int patch_read_text(struct patch_set *set, const char *text,
		    const struct patch_limits *limits, struct strbuf *err)
{
	struct string_list files = { 0 };
	char *path = xasprintf("%s/p1", t.dir);
	int ret;

	assert_int_equal(patch_tree_write(t.dir, "p1", text, strlen(text)), 0);
	string_list_add(&files, path);
	ret = patch_read(set, t.tree, &files, limits, err);
	string_list_release(&files);
	free(path);
	return ret;
}
