// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who puts what into a field. A struct of operations that only one file fills,
 * or only the files of one module, can hold nothing else when that file calls
 * through it. Of one that is filled all over the kernel that is not known, even
 * where the same file happens to fill one as well.
 *
 * Which files make a module is written in makefiles, and no unit tells. Files
 * of one directory are taken for one, as long as only the file that calls has
 * an initcall: a file with its own is a driver of its own.
 */
#include <string.h>

#include "rules/edges-internal.h"
#include "rules/slot.h"

/* More functions than that in one field say nothing of a call. */
enum { MAX_FUNCTIONS = 32, MAX_SETTERS = 128 };

static size_t directory_len(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash ? slash - file + 1 : 0;
}

static bool same_directory(const struct graph *g, uint32_t a, uint32_t b)
{
	const char *x = graph_string(g, a), *y = graph_string(g, b);
	size_t len = directory_len(x);

	return len == directory_len(y) && !strncmp(x, y, len);
}

static void find_drivers(struct field_edges *f)
{
	const struct graph *g = f->r->g;
	uint32_t nr = graph_nr_symbols(g), i;

	for (i = 0; i < nr; i++) {
		const struct graph_symbol *sym = graph_symbol(g, i);

		if (sym->kind == SYMBOL_FUNC && (sym->attrs & ATTR_INIT))
			u64map_add(&f->drivers, (uint64_t)sym->file + 1, 1);
	}
	/* never empty again */
	u64map_add(&f->drivers, 0, 1);
}

static bool is_driver(struct field_edges *f, uint32_t file)
{
	if (!f->drivers.nr)
		find_drivers(f);
	return u64map_get(&f->drivers, (uint64_t)file + 1);
}

static void find_setters(struct field_edges *f, struct field_slot *s,
			 struct graph_list list)
{
	const struct graph *g = f->r->g;
	uint32_t last, i;

	s->by = SET_BY_FILE;
	s->file = last = graph_assign(g, list.first[0])->file;
	for (i = 0; i < list.nr; i++) {
		uint32_t file = graph_assign(g, list.first[i])->file;

		if (i && file == last)
			continue;
		last = file;
		s->by = file == s->file ? s->by : SET_BY_DIRECTORY;
		if (!same_directory(g, file, s->file) ||
		    (is_driver(f, file) && s->owner != GRAPH_NONE &&
		     s->owner != file)) {
			s->by = SET_BY_TREE;
			return;
		}
		if (is_driver(f, file))
			s->owner = file;
	}
}

static struct field_slot *get_slot(struct field_edges *f, uint32_t slot)
{
	struct graph_list list = graph_assigns_to_slot(f->r->g, slot);
	uint32_t number = u64map_get(&f->slots, slot);

	if (number)
		return &f->slot[number - 1];
	ALLOC_GROW(f->slot, (size_t)f->nr_slots + 1, f->alloc_slots);
	memset(&f->slot[f->nr_slots], 0, sizeof(*f->slot));
	f->slot[f->nr_slots].owner = GRAPH_NONE;
	if (list.nr)
		find_setters(f, &f->slot[f->nr_slots], list);
	u64map_put(&f->slots, slot, ++f->nr_slots);
	return &f->slot[f->nr_slots - 1];
}

/* ---- functions ---- */

struct collecting {
	struct field_edges *f;
	struct field_slot *slot;
	bool foreign; /* some come from elsewhere, by way of a setter */
};

/* Put there by somebody else, who calls a setter or fills what is copied. */
static bool is_foreign(const struct graph *g, const struct field_slot *s,
		       const struct slot_use *use)
{
	uint32_t by = use->in_fn;

	if (by == GRAPH_NONE && use->indirect)
		by = use->fn;
	return by != GRAPH_NONE &&
	       !same_directory(g, graph_symbol(g, by)->file, s->file);
}

static void collect(const struct slot_use *use, void *data)
{
	struct collecting *c = data;
	struct field_slot *s = c->slot;
	uint32_t i;

	for (i = 0; i < s->nr; i++)
		if (s->fn[i] == use->fn)
			return;
	if (s->nr == MAX_FUNCTIONS) {
		s->cut = true;
		return;
	}
	c->foreign |= is_foreign(c->f->r->g, s, use);
	ALLOC_GROW(s->fn, (size_t)s->nr + 1, s->alloc);
	s->fn[s->nr++] = use->fn;
}

static void list_functions(struct field_edges *f, struct field_slot *s,
			   uint32_t slot)
{
	struct collecting c = { .f = f, .slot = s };

	s->listed = true;
	if (graph_assigns_to_slot(f->r->g, slot).nr > MAX_SETTERS)
		s->cut = true;
	else
		slot_functions(f->r, slot, collect, &c);
	if (s->cut)
		s->nr = 0;
	if (c.foreign || s->cut)
		s->by = SET_BY_TREE;
}

const struct field_slot *field_slot_functions(struct field_edges *f,
					      uint32_t slot)
{
	struct field_slot *s = get_slot(f, slot);

	if (!s->listed)
		list_functions(f, s, slot);
	return s;
}

bool field_slot_is_closed(struct field_edges *f, uint32_t slot, uint32_t file)
{
	struct field_slot *s = get_slot(f, slot);

	if (s->by == SET_BY_TREE)
		return false;
	if (s->by == SET_BY_FILE && s->file == file)
		return true;
	return (s->owner == GRAPH_NONE || s->owner == file) &&
	       same_directory(f->r->g, file, s->file);
}
