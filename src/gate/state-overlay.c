// SPDX-License-Identifier: GPL-2.0-only
/*
 * A patch as an overlay: what each file of the tree holds with it, and what is
 * not laid over it though the patch changes it.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gate/embed.h"
#include "gate/rank.h"
#include "gate/state.h"
#include "indexer/overlay.h"

static bool ends_with(const char *path, const char *end)
{
	size_t len = strlen(path), n = strlen(end);

	return len > n && !strcmp(path + len - n, end);
}

/* What comments say is nobody's business. */
static bool is_same_code(const char *tree, const struct change *c, bool lines)
{
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
	char *path = xasprintf("%s/%s", tree, c->path);
	bool ret = c->kind == CHANGE_MODIFIED &&
		   !strbuf_read_regular(&old, path) &&
		   !strbuf_read_regular(&new, c->content) &&
		   rank_same_code(&old, &new, lines);

	/* then the line is the code */
	if (ret && !lines)
		ret = !strstr(new.buf, "__LINE__");
	strbuf_release(&old);
	strbuf_release(&new);
	free(path);
	return ret;
}

/*
 * A patch that does nothing but move code to other lines adds no finding and
 * mends none, and where they all stand now is not told: all of it is as before.
 * With anything else in it, what it adds has to be shown in the right line.
 */
static bool moves_lines_only(const struct patch_set *set, const char *tree)
{
	size_t i;

	for (i = 0; i < set->nr; i++) {
		const struct change *c = &set->changes[i];

		if (!ends_with(c->path, ".h") && !ends_with(c->path, ".c"))
			return false;
		if (!is_same_code(tree, c, false))
			return false;
	}
	return true;
}

static bool is_same_header(const char *tree, const struct change *c)
{
	return ends_with(c->path, ".h") && is_same_code(tree, c, true);
}

/* Whoever reads it fails, and is told of with the reason. */
static const char *content_of(const struct change *c, const char *refused)
{
	struct strbuf text = STRBUF_INIT;
	const char *ret = c->content;

	if (!strbuf_read_regular(&text, c->content) &&
	    embeds_file(text.buf, text.len))
		ret = refused;
	strbuf_release(&text);
	return ret;
}

static void fill_overlay(const struct gate_run *run,
			 const struct patch_set *set, struct overlay *overlay,
			 const char *tree, const char *refused)
{
	size_t i;

	if (!run->is_range && moves_lines_only(set, tree))
		return;
	for (i = 0; i < set->nr; i++) {
		const struct change *c = &set->changes[i];

		if (c->kind == CHANGE_RENAMED)
			overlay_remove(overlay, c->old_path);
		else if (c->kind == CHANGE_DELETED)
			overlay_remove(overlay, c->path);
	}
	/* one may stand where another one was */
	for (i = 0; i < set->nr; i++)
		if (set->changes[i].content &&
		    (run->is_range || !is_same_header(tree, &set->changes[i])))
			overlay_replace(overlay, set->changes[i].path,
					content_of(&set->changes[i], refused));
}

static int write_refused(const char *path)
{
	FILE *f = fopen(path, "we");
	int ret;

	if (!f)
		return -errno;
	ret = fputs("#error #embed would read any file there is: it is not "
		    "looked at\n",
		    f);
	return fclose(f) || ret < 0 ? -EIO : 0;
}

int gate_overlay_use(struct overlay **overlay, const struct gate_run *run,
		     const struct patch_set *set, const char *tree,
		     struct strbuf *err)
{
	char *vfs = xasprintf("%s/vfs.yaml", run->dir);
	char *gone = xasprintf("%s/gone.h", run->dir);
	char *refused = xasprintf("%s/refused.h", run->dir);
	int ret = write_refused(refused);

	overlay_use(NULL, NULL);
	overlay_free(*overlay);
	*overlay = overlay_new(tree);
	fill_overlay(run, set, *overlay, tree, refused);
	if (!ret)
		ret = overlay_write_vfs(*overlay, vfs, gone);
	if (ret)
		strbuf_addf(err,
			    "temporary directory %s cannot be written: %s; "
			    "name another place with TMPDIR",
			    run->dir, strerror(-ret));
	else
		overlay_use(*overlay, vfs);
	free(vfs);
	free(gone);
	free(refused);
	return ret;
}
