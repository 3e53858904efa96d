// SPDX-License-Identifier: GPL-2.0-only
/* What becomes of the commands of the files that a patch touches. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "gate/commands-internal.h"
#include "indexer/tree-path.h"

void command_plan_init(struct command_plan *plan)
{
	u64map_init(&plan->adds);
	u64map_init(&plan->drops);
	plan->notes = (struct string_list){ 0 };
}

void command_plan_release(struct command_plan *plan)
{
	u64map_release(&plan->adds);
	u64map_release(&plan->drops);
	string_list_release(&plan->notes);
}

/* ---- files ---- */

const char *plan_file(const struct planner *p, size_t nr)
{
	return path_below(p->db->cmds[nr].file, p->tree);
}

static bool has_unit(const struct planner *p, const char *file)
{
	size_t i;

	for (i = 0; i < p->db->nr; i++) {
		const char *of = plan_file(p, i);

		if (of && (i >= p->nr || !p->gone[i]) && !strcmp(of, file))
			return true;
	}
	return false;
}

int plan_read_old(const struct planner *p, const char *file,
		  struct strbuf *text)
{
	char *path = xasprintf("%s/%s", p->tree, file);
	int ret = strbuf_read_regular(text, path);

	free(path);
	return ret;
}

static bool is_renamed_away(const struct planner *p, const char *file)
{
	size_t i;

	for (i = 0; i < p->set->nr; i++)
		if (p->set->changes[i].kind == CHANGE_RENAMED &&
		    !strcmp(p->set->changes[i].old_path, file))
			return true;
	return false;
}

int plan_read(const struct planner *p, const char *file, struct strbuf *text)
{
	const struct change *c = patch_find(p->set, file);

	if (c && c->content)
		return strbuf_read_regular(text, c->content);
	if (c || is_renamed_away(p, file))
		return -ENOENT;
	return plan_read_old(p, file, text);
}

bool plan_exists(const struct planner *p, const char *file)
{
	const struct change *c = patch_find(p->set, file);
	char *path;
	bool ret;

	if (c || is_renamed_away(p, file))
		return c && c->content;
	path = xasprintf("%s/%s", p->tree, file);
	ret = !access(path, R_OK);
	free(path);
	return ret;
}

void plan_note(struct planner *p, const char *fmt, ...)
{
	struct strbuf note = STRBUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&note, fmt, ap);
	va_end(ap);
	if (!string_list_has(&p->plan->notes, note.buf))
		string_list_add(&p->plan->notes, note.buf);
	strbuf_release(&note);
}

/* ---- what becomes of one ---- */

void plan_drop(struct planner *p, const char *file)
{
	size_t i;

	for (i = 0; i < p->nr; i++) {
		const char *of = plan_file(p, i);

		if (!of || p->gone[i] || strcmp(of, file))
			continue;
		p->gone[i] = true;
		u64map_put(&p->plan->drops, hash64_str(file, 0), 1);
	}
}

void plan_bring_in(struct planner *p, const char *file, bool far)
{
	size_t from;

	if (has_unit(p, file))
		return;
	from = copy_sibling(p, file, far);
	if (from == p->db->nr)
		return;
	plan_note(p, "The flags of '%s' are taken from its neighbour '%s'.",
		  file, plan_file(p, from));
	copy_command(p, from, file);
}

static void rename_units(struct planner *p, const struct change *c)
{
	bool any = false;
	size_t i;

	for (i = 0; i < p->nr; i++) {
		const char *of = plan_file(p, i);

		if (!of || strcmp(of, c->old_path))
			continue;
		copy_command(p, i, c->path);
		any = true;
	}
	plan_drop(p, c->old_path);
	if (!any)
		plan_bring_in(p, c->path, false);
}

static bool was_there(const struct planner *p, const char *file)
{
	char *path = xasprintf("%s/%s", p->tree, file);
	bool ret = !access(path, F_OK);

	free(path);
	return ret;
}

static bool is_source(const char *file)
{
	size_t len = strlen(file);

	return len > 2 && !strcmp(file + len - 2, ".c");
}

static void plan_change(struct planner *p, const struct change *c)
{
	if (make_is_makefile(c->path)) {
		make_plan(p, c);
		return;
	}
	if (config_is_kconfig(c->path)) {
		config_plan(p, c);
		return;
	}
	if (c->kind == CHANGE_RENAMED && is_source(c->old_path))
		rename_units(p, c);
	else if (c->kind == CHANGE_DELETED && is_source(c->path))
		plan_drop(p, c->path);
	else if (c->kind != CHANGE_DELETED && is_source(c->path) &&
		 !was_there(p, c->path))
		plan_bring_in(p, c->path, false);
}

/* At the end, for what was there is what all else is looked up in. */
static void remove_gone(struct planner *p)
{
	struct compdb *db = p->db;
	size_t i, nr = 0;

	for (i = 0; i < db->nr; i++) {
		if (i < p->nr && p->gone[i])
			free(db->cmds[i].argv);
		else
			db->cmds[nr++] = db->cmds[i];
	}
	db->nr = nr;
}

void commands_plan(struct compdb *db, const char *tree,
		   const struct patch_set *set, struct command_plan *plan)
{
	struct planner p = {
		.db = db,
		.tree = tree,
		.set = set,
		.plan = plan,
		.nr = db->nr,
		.gone = xcalloc(db->nr + 1, sizeof(bool)),
	};
	size_t i;

	/* what files say of themselves goes before what Makefiles say */
	for (i = 0; i < set->nr; i++)
		if (is_source(set->changes[i].path))
			plan_change(&p, &set->changes[i]);
	for (i = 0; i < set->nr; i++)
		if (!is_source(set->changes[i].path))
			plan_change(&p, &set->changes[i]);
	remove_gone(&p);
	free(p.gone);
}
