// SPDX-License-Identifier: GPL-2.0-only
/* What a patch makes of a tree: see patch.h. */
#include <errno.h>
#include <string.h>

#include "gate/patch-internal.h"
#include "report/plain.h"
#include "util/workdir.h"

/*
 * Register headers of one graphics driver have 20 megabytes, and a merge window
 * changes ten thousand files: what is beyond that is no patch to be gated.
 */
const struct patch_limits patch_default_limits = {
	.bytes = 64 << 20,
	.file_bytes = 64 << 20,
	.all_bytes = 256 << 20,
	.files = 5000,
	.patches = 1000,
	.seconds = 120,
};

static int apply_all(struct scratch *s, const struct piece_list *pieces)
{
	bool any = false;
	size_t i;
	int ret;

	for (i = 0; i < pieces->nr; i++) {
		ret = piece_apply(s, &pieces->list[i]);
		if (!ret)
			any = true;
		/* the cover letter of a series */
		else if (ret != -ENODATA)
			return ret;
	}
	return any ? 0 : -ENODATA;
}

static int no_diff(struct scratch *s, const char *file,
		   const struct piece_list *pieces)
{
	if (pieces->nr == 1)
		strbuf_addstr(s->err, pieces->list[0].label);
	else
		plain_add(s->err, strcmp(file, "-") ? file : "standard input");
	strbuf_addstr(s->err, ": is not a patch: there is no diff in it");
	return -EINVAL;
}

static int read_one(struct scratch *s, const char *file, uint64_t *left)
{
	struct piece_list pieces = { 0 };
	int ret = input_read(s, file, left, &pieces);

	if (!ret)
		ret = apply_all(s, &pieces);
	if (ret == -ENODATA)
		ret = no_diff(s, file, &pieces);
	piece_list_release(&pieces);
	return ret;
}

int patch_read(struct patch_set *set, const char *tree,
	       const struct string_list *files,
	       const struct patch_limits *limits, struct strbuf *err)
{
	uint64_t left = limits->bytes;
	struct scratch s;
	size_t i;
	int ret = scratch_init(&s, set, tree, limits, err);

	for (i = 0; !ret && i < files->nr; i++)
		ret = read_one(&s, files->item[i], &left);
	if (!ret)
		ret = scratch_collect(&s, set, true);
	scratch_release(&s);
	return ret;
}

const struct change *patch_find(const struct patch_set *set, const char *path)
{
	size_t low = 0, high = set->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int cmp = strcmp(path, set->changes[mid].path);

		if (!cmp)
			return &set->changes[mid];
		if (cmp < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

/* The last range that begins at @line or before it, or NULL. */
static const struct line_range *range_before(const struct change *change,
					     uint32_t line)
{
	size_t low = 0, high = change->nr_ranges;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (line < change->ranges[mid].first)
			high = mid;
		else
			low = mid + 1;
	}
	return low ? &change->ranges[low - 1] : NULL;
}

bool change_has_line(const struct change *change, uint32_t line)
{
	const struct line_range *r = range_before(change, line);

	return r && line - r->first < r->nr;
}

bool change_cuts_behind(const struct change *change, uint32_t line)
{
	const struct line_range *r = range_before(change, line);

	return r && !r->nr && line == r->first;
}

void patch_set_release(struct patch_set *set)
{
	size_t i;

	for (i = 0; i < set->nr; i++) {
		struct change *c = &set->changes[i];

		free(c->path);
		free(c->old_path);
		free(c->content);
		free(c->ranges);
	}
	free(set->changes);
	workdir_remove(set->dir);
	string_list_release(&set->notes);
	memset(set, 0, sizeof(*set));
}
