// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is remembered, as bytes. They are read by the program that wrote them,
 * on the machine where the inodes are what they were: structures as they are. A
 * copy on another machine says other things about other files, and is as good
 * as none.
 */
#include <string.h>

#include "util/bytes.h"

#include "indexer/watch.h"

static const char magic[8] = "watch 1";

struct head {
	char magic[8];
	uint32_t nr_files, nr_dirs;
};

struct file_row {
	struct watch_stamp stamp;
	uint64_t hash;
	uint32_t nr_names, computed;
};

struct dir_row {
	struct watch_stamp stamp;
	uint64_t len;
};

/* ---- writing ---- */

static void add_string(struct strbuf *out, const char *s)
{
	strbuf_add(out, s, strlen(s) + 1);
}

static void save_file(const struct watch *w, uint32_t nr, struct strbuf *out)
{
	const struct watch_file *f = &w->files[nr];
	struct file_row row;

	memset(&row, 0, sizeof(row));
	row.stamp = f->stamp;
	row.hash = f->hash;
	row.nr_names = f->nr_names;
	row.computed = f->computed;
	strbuf_add(out, &row, sizeof(row));
	add_string(out, interner_get(&w->file_names, nr));
	if (f->nr_names)
		strbuf_add(out, w->names + f->first_name,
			   f->nr_names * sizeof(*w->names));
}

static void save_dir(const struct watch *w, uint32_t nr, struct strbuf *out)
{
	const struct watch_dir *d = &w->dirs[nr];
	struct dir_row row;

	memset(&row, 0, sizeof(row));
	row.stamp = d->stamp;
	row.len = d->len;
	strbuf_add(out, &row, sizeof(row));
	add_string(out, interner_get(&w->dir_names, nr));
	if (d->len)
		strbuf_add(out, d->names, d->len);
}

void watch_save(struct watch *w, struct strbuf *out)
{
	struct head head;
	uint32_t i;

	memset(&head, 0, sizeof(head));
	memcpy(head.magic, magic, sizeof(magic));
	for (i = 0; i < w->file_names.nr; i++)
		head.nr_files += w->files[i].hash != 0;
	for (i = 0; i < w->dir_names.nr; i++)
		head.nr_dirs += w->dirs[i].known;
	strbuf_add(out, &head, sizeof(head));
	for (i = 0; i < w->file_names.nr; i++)
		if (w->files[i].hash)
			save_file(w, i, out);
	for (i = 0; i < w->dir_names.nr; i++)
		if (w->dirs[i].known)
			save_dir(w, i, out);
	w->dirty = false;
}

/* ---- reading ---- */

static void load_file(struct watch *w, struct bytes *r)
{
	struct file_row row = { 0 };
	const char *name, *names;
	struct watch_file *f;
	uint32_t nr;

	bytes_copy(r, &row, sizeof(row));
	name = bytes_string(r);
	names = bytes_take(r, (size_t)row.nr_names * sizeof(*w->names));
	if (!names)
		return;
	nr = watch_file(w, name);
	f = &w->files[nr];
	f->stamp = row.stamp;
	f->hash = row.hash;
	f->computed = row.computed;
	f->first_name = w->nr_names;
	f->nr_names = row.nr_names;
	ALLOC_GROW(w->names, (size_t)w->nr_names + row.nr_names + 1,
		   w->alloc_names);
	memcpy(w->names + w->nr_names, names, row.nr_names * sizeof(*w->names));
	w->nr_names += row.nr_names;
}

static void load_dir(struct watch *w, struct bytes *r)
{
	struct dir_row row = { 0 };
	const char *name, *names;
	struct watch_dir *d;
	uint32_t nr, old = w->dir_names.nr;

	bytes_copy(r, &row, sizeof(row));
	name = bytes_string(r);
	names = bytes_take(r, row.len);
	if (!names || (row.len && names[row.len - 1])) {
		r->bad = true;
		return;
	}
	nr = interner_addstr(&w->dir_names, name);
	if (nr == old) {
		ALLOC_GROW(w->dirs, (size_t)nr + 1, w->alloc_dirs);
		memset(&w->dirs[nr], 0, sizeof(w->dirs[nr]));
	}
	d = &w->dirs[nr];
	d->known = true;
	d->stamp = row.stamp;
	d->len = row.len;
	free(d->names);
	d->names = xmemdup(names, row.len);
}

bool watch_load(struct watch *w, const char *data, size_t len)
{
	const char *tree = w->tree, *objdir = w->objdir;
	struct bytes r = { data, len, false };
	struct head head = { 0 };
	uint32_t i;

	bytes_copy(&r, &head, sizeof(head));
	if (memcmp(head.magic, magic, sizeof(magic)))
		r.bad = true;
	for (i = 0; !r.bad && i < head.nr_files; i++)
		load_file(w, &r);
	for (i = 0; !r.bad && i < head.nr_dirs; i++)
		load_dir(w, &r);
	w->fresh = false;
	if (!r.bad)
		return true;
	watch_release(w);
	watch_init(w, tree, objdir);
	return false;
}
