// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which units an overlay concerns. The database is taken at its word for all
 * that the overlay leaves alone: no file of the tree is looked at for it.
 */
#include <errno.h>
#include <string.h>

#include "indexer/overlay.h"
#include "indexer/stale.h"
#include "indexer/tree-path.h"

bool stale_is_overlaid(const struct stale_check *c, const char *name)
{
	struct strbuf path = STRBUF_INIT;
	bool ret;

	if (!overlay_used())
		return false;
	tree_path_open(&path, c->job->opt->tree, c->job->objdir, name);
	ret = overlay_find(overlay_used(), path.buf, NULL) != OVERLAY_NONE;
	strbuf_release(&path);
	return ret;
}

static bool set_overlaid(const struct stale_check *c, uint32_t set)
{
	return set && c->sets[set - 1].overlaid;
}

/*
 * What failed may parse now that its source is another; what was borrowed and
 * has been parsed again for the overlay may not be the same here any more. All
 * else that the database does not have is no business of an overlay's.
 */
bool stale_by_overlay(const struct stale_check *c, const struct index_unit *u,
		      const struct known_unit *k)
{
	if (u->missing)
		return false;
	if (!k || k->failed)
		return stale_is_overlaid(c, u->name) ||
		       index_overlay_adds(c->job, u->name);
	if (!k->borrowed || index_overlay_owns(c->job))
		return stale_sets_changed(c, k);
	/* whoever it belongs to has it parsed */
	return k->again &&
	       (set_overlaid(c, k->deps) || set_overlaid(c, k->prefix_deps));
}

/* What the database says holds; which it cannot if it is not of this kind. */
static int check_trusted(struct stale_check *c)
{
	struct strbuf now = STRBUF_INIT, then = STRBUF_INIT;
	int ret =
		store_get_memo(c->job->store, c->job->config, MEMO_TOOL, &then);

	stale_tool_name(&now);
	if (!ret && (!c->job->recalled || strcmp(now.buf, then.buf))) {
		strbuf_addf(c->job->err,
			    "%s: %s was indexed with %s, and this program has "
			    "%s; index it again with `probewalk index`.",
			    c->job->opt->db, c->job->opt->config,
			    then.len ? then.buf : "something else", now.buf);
		ret = -ESTALE;
	}
	strbuf_release(&now);
	strbuf_release(&then);
	return ret;
}

int stale_find_overlaid(struct stale_check *c)
{
	uint32_t i;
	int ret = check_trusted(c);

	if (ret)
		return ret;
	watch_overlay(c->watch);
	ret = stale_load(c);
	if (ret)
		return ret;
	stale_check_units(c);
	if (c->watch->appeared.len) {
		struct strbuf dirs = STRBUF_INIT;

		for (i = 0; i < c->job->nr_units; i++)
			stale_search_dirs(c, &c->job->units[i], &dirs);
		strbuf_release(&dirs);
		ret = stale_by_new_names(c);
	}
	if (!ret)
		ret = stale_borrow(c);
	return ret ? ret : stale_delete_gone(c);
}
