// SPDX-License-Identifier: GPL-2.0-only
/* Files, looked at once in a run and read only when they seem changed. */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "indexer/overlay.h"
#include "indexer/tree-path.h"
#include "indexer/watch-name.h"
#include "indexer/watch.h"

/* The coarsest clock of a file system there is: FAT's. */
#define GRANULARITY_NS 2000000000ll

static int64_t nanoseconds(const struct timespec *ts)
{
	return ts->tv_sec * 1000000000ll + ts->tv_nsec;
}

int64_t watch_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return nanoseconds(&now);
}

void watch_init(struct watch *w, const char *tree, const char *objdir)
{
	memset(w, 0, sizeof(*w));
	w->tree = tree;
	w->objdir = objdir;
	w->fresh = true;
	interner_init(&w->file_names);
	interner_init(&w->dir_names);
	strbuf_init(&w->appeared);
	w->began = watch_now();
	/* number 0, the empty name, is no file but a directory */
	ALLOC_GROW(w->files, 1, w->alloc_files);
	memset(w->files, 0, sizeof(*w->files));
	ALLOC_GROW(w->dirs, 1, w->alloc_dirs);
	memset(w->dirs, 0, sizeof(*w->dirs));
}

void watch_release(struct watch *w)
{
	uint32_t i;

	for (i = 0; i < w->dir_names.nr; i++)
		free(w->dirs[i].names);
	interner_release(&w->file_names);
	interner_release(&w->dir_names);
	free(w->files);
	free(w->dirs);
	free(w->names);
	strbuf_release(&w->appeared);
}

struct watch_stamp watch_stamp_of(const struct stat *st)
{
	return (struct watch_stamp){
		.size = st->st_size,
		.mtime = nanoseconds(&st->st_mtim),
		.ctime = nanoseconds(&st->st_ctim),
		.ino = st->st_ino,
		.dev = st->st_dev,
	};
}

bool watch_stamp_equal(const struct watch_stamp *a, const struct watch_stamp *b)
{
	return a->size == b->size && a->mtime == b->mtime &&
	       a->ctime == b->ctime && a->ino == b->ino && a->dev == b->dev;
}

bool watch_settled(const struct watch_stamp *stamp, int64_t now)
{
	return (int64_t)stamp->mtime < now - GRANULARITY_NS &&
	       (int64_t)stamp->ctime < now - GRANULARITY_NS;
}

uint32_t watch_file(struct watch *w, const char *name)
{
	uint32_t old = w->file_names.nr;
	uint32_t nr = interner_addstr(&w->file_names, name);

	if (nr < old)
		return nr;
	ALLOC_GROW(w->files, (size_t)nr + 1, w->alloc_files);
	memset(&w->files[nr], 0, sizeof(w->files[nr]));
	return nr;
}

static void note_names(struct watch *w, struct watch_file *f,
		       const struct strbuf *text)
{
	uint32_t first = w->nr_names;

	f->computed = watch_names(text->buf, text->len, &w->names, &w->nr_names,
				  &w->alloc_names);
	f->first_name = first;
	f->nr_names = w->nr_names - first;
}

static void forget(struct watch *w, struct watch_file *f)
{
	w->dirty |= f->hash != 0;
	f->hash = 0;
	f->nr_names = 0;
	f->computed = false;
	memset(&f->stamp, 0, sizeof(f->stamp));
}

static void read_file(struct watch *w, struct watch_file *f, const char *path,
		      struct watch_stamp stamp)
{
	struct strbuf text = STRBUF_INIT;
	uint64_t hash;

	if (strbuf_read_regular(&text, path)) {
		forget(w, f);
		strbuf_release(&text);
		return;
	}
	hash = hash64(text.buf, text.len, 0);
	if (!watch_settled(&stamp, w->began))
		memset(&stamp, 0, sizeof(stamp));
	w->dirty |= hash != f->hash || !watch_stamp_equal(&stamp, &f->stamp);
	f->stamp = stamp;
	if (hash != f->hash)
		note_names(w, f, &text);
	f->hash = hash;
	strbuf_release(&text);
}

/* All zeroes when there is no regular file. */
static struct watch_stamp stamp_of_path(const char *path)
{
	struct stat st;

	if (stat(path, &st) || !S_ISREG(st.st_mode))
		return (struct watch_stamp){ 0 };
	return watch_stamp_of(&st);
}

static void look(struct watch *w, struct watch_file *f, const char *path)
{
	struct watch_stamp stamp = f->seen.ino ? f->seen : stamp_of_path(path);

	if (!stamp.ino) {
		forget(w, f);
		return;
	}
	if (!watch_stamp_equal(&stamp, &f->stamp))
		read_file(w, f, path, stamp);
}

uint64_t watch_content(struct watch *w, uint32_t file)
{
	struct watch_file *f = &w->files[file];
	struct strbuf path = STRBUF_INIT;
	const char *content;

	if (f->checked)
		return f->hash;
	f->checked = true;
	tree_path_open(&path, w->tree, w->objdir,
		       interner_get(&w->file_names, file));
	switch (overlay_find(overlay_used(), path.buf, &content)) {
	case OVERLAY_REPLACED:
		look(w, f, content);
		break;
	case OVERLAY_GONE:
		forget(w, f);
		break;
	case OVERLAY_NONE:
		if (!w->trusts)
			look(w, f, path.buf);
	}
	strbuf_release(&path);
	return f->hash;
}

bool watch_unchanged(const struct watch *w, uint32_t file)
{
	const struct watch_file *f = &w->files[file];
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	struct watch_stamp stamp;
	bool ret;

	tree_path_open(&path, w->tree, w->objdir,
		       interner_get(&w->file_names, file));
	stamp = stamp_of_path(path.buf);
	ret = stamp.ino && f->hash;
	if (ret && !watch_stamp_equal(&stamp, &f->stamp))
		ret = !strbuf_read_regular(&text, path.buf) &&
		      hash64(text.buf, text.len, 0) == f->hash;
	strbuf_release(&text);
	strbuf_release(&path);
	return ret;
}

void watch_want(struct watch *w, const char *name)
{
	uint32_t nr = watch_file(w, name);

	w->files[nr].wanted = true;
}

void watch_wanted(struct watch *w)
{
	uint32_t i;

	for (i = 1; i < w->file_names.nr; i++)
		if (w->files[i].wanted)
			watch_content(w, i);
}

/* A file that no unit has read may be there all the same. */
static int see_overlaid(void *data, const char *path, enum overlay_state state,
			const char *content)
{
	struct watch *w = data;
	uint32_t nr = interner_find(&w->file_names, path);
	struct strbuf full = STRBUF_INIT;
	struct stat st;

	(void)content;
	tree_path_open(&full, w->tree, NULL, path);
	if (state == OVERLAY_REPLACED &&
	    (nr == UINT32_MAX || !w->files[nr].hash) && lstat(full.buf, &st))
		strbuf_add(&w->appeared, path, strlen(path) + 1);
	strbuf_release(&full);
	return 0;
}

void watch_overlay(struct watch *w)
{
	overlay_each(overlay_used(), see_overlaid, w);
}
