// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where in the patch a finding shows: an annotation on a line that the patch
 * does not touch is not displayed, or is taken for an old complaint.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gate/compare.h"

enum { MAX_PLACES = 64 };

/* Places of a finding, what says most first. */
struct places {
	struct place {
		const char *file;
		uint32_t line;
		bool block; /* begins a function or an initialiser */
	} list[MAX_PLACES];
	size_t nr;
};

const char *gate_new_path(const struct patch_set *patch, const char *file)
{
	size_t i;

	for (i = 0; patch && i < patch->nr; i++)
		if (patch->changes[i].old_path &&
		    !strcmp(patch->changes[i].old_path, file))
			return patch->changes[i].path;
	return file;
}

static void add(struct places *p, const char *file, uint32_t line, bool block)
{
	if (file && line && p->nr < MAX_PLACES)
		p->list[p->nr++] = (struct place){ file, line, block };
}

static void add_path(struct places *p, const struct finding_hop *path,
		     size_t nr)
{
	while (nr--)
		add(p, path[nr].file, path[nr].line, false);
}

static void add_outer(struct places *p, const struct finding_outer *outer)
{
	if (!outer)
		return;
	add_path(p, outer->path, outer->nr_path);
	add(p, outer->probe.driver.file, outer->probe.driver.line, true);
	add(p, outer->probe.file, outer->probe.line, true);
}

static void collect(struct places *p, const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;
	size_t i;

	p->nr = 0;
	add(p, reg->file, reg->line, false);
	add_path(p, f->path, f->nr_path);
	add(p, reg->driver.file, reg->driver.line, true);
	add(p, f->probe.driver.file, f->probe.driver.line, true);
	add(p, f->probe.file, f->probe.line, true);
	add_outer(p, f->outer);
	for (i = 0; i < f->nr_guards; i++)
		add(p, f->guards[i].file, f->guards[i].line, false);
	for (i = 0; i < f->nr_qualifiers; i++)
		add(p, f->qualifiers[i].file, f->qualifiers[i].line, false);
}

/*
 * The last line of what begins at @line: kernel code closes a function or an
 * initialiser in the first column. 0 when that cannot be told.
 */
static uint32_t block_end(const char *content, uint32_t line)
{
	FILE *f = content ? fopen(content, "r") : NULL;
	char *text = NULL;
	size_t size = 0;
	uint32_t nr = 0, end = 0;

	while (f && !end && getline(&text, &size, f) > 0) {
		nr++;
		if (nr >= line &&
		    (text[0] == '}' || (nr == line && strchr(text, ';'))))
			end = nr;
	}
	free(text);
	if (f)
		fclose(f);
	return end;
}

/* The first line that the patch touches from @line to the end of its block. */
static uint32_t touched_in_block(const struct change *c, uint32_t line)
{
	uint32_t end = block_end(c->content, line);
	size_t i;

	for (i = 0; i < c->nr_ranges && end; i++) {
		const struct line_range *r = &c->ranges[i];

		if (!r->nr || r->first + r->nr <= line || r->first > end)
			continue;
		return r->first < line ? line : r->first;
	}
	return 0;
}

static bool place_touched(const struct patch_set *patch,
			  const struct places *places, struct gate_entry *e)
{
	size_t i;

	for (i = 0; i < places->nr; i++) {
		const struct place *p = &places->list[i];
		const struct change *c = patch_find(patch, p->file);

		if (!c || !change_has_line(c, p->line))
			continue;
		e->file = p->file;
		e->line = p->line;
		return true;
	}
	return false;
}

static void place_in_block(const struct patch_set *patch,
			   const struct places *places, struct gate_entry *e)
{
	size_t i;

	for (i = 0; i < places->nr && !e->file; i++) {
		const struct place *p = &places->list[i];
		const struct change *c = p->block ? patch_find(patch, p->file)
						  : NULL;

		e->line = c ? touched_in_block(c, p->line) : 0;
		if (e->line)
			e->file = p->file;
	}
}

/* Where it was is gone: the nearest line that the patch touched there. */
static uint32_t nearest(const struct change *c, uint32_t line)
{
	uint32_t best = 0, far = UINT32_MAX;
	size_t i;

	for (i = 0; i < c->nr_ranges; i++) {
		const struct line_range *r = &c->ranges[i];
		uint32_t last = r->first + (r->nr ? r->nr - 1 : 0);
		uint32_t at = line < r->first ? r->first
			      : line > last   ? last
					      : line;
		uint32_t distance = at > line ? at - line : line - at;

		if (distance < far) {
			far = distance;
			best = at;
		}
	}
	return best ? best : line;
}

static void place_mended(const struct patch_set *patch,
			 const struct places *places, struct gate_entry *e)
{
	size_t i;

	for (i = 0; i < places->nr && !e->file; i++) {
		const struct place *p = &places->list[i];
		const struct change *c =
			patch_find(patch, gate_new_path(patch, p->file));

		if (!c)
			continue;
		e->file = c->path;
		e->line = nearest(c, p->line);
	}
}

void gate_find_place(const struct patch_set *patch, struct gate_entry *e)
{
	struct places places;

	if (!patch)
		return;
	collect(&places, gate_entry_finding(e));
	if (e->kind == GATE_MENDED)
		place_mended(patch, &places, e);
	else if (!place_touched(patch, &places, e))
		place_in_block(patch, &places, e);
}
