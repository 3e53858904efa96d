// SPDX-License-Identifier: GPL-2.0-only
/*
 * Directories, and which names are new in them. One that has its old stamp has
 * its old names: adding one changes the directory's time.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "indexer/tree-path.h"
#include "indexer/watch.h"

struct listing {
	char **names;
	size_t nr, alloc;
};

static uint32_t dir_number(struct watch *w, const char *name)
{
	uint32_t old = w->dir_names.nr;
	uint32_t nr = interner_addstr(&w->dir_names, name);

	if (nr < old)
		return nr;
	ALLOC_GROW(w->dirs, (size_t)nr + 1, w->alloc_dirs);
	memset(&w->dirs[nr], 0, sizeof(w->dirs[nr]));
	return nr;
}

/* ---- reading one ---- */

/* Has it appeared since the run began, as far as that can be told? */
static bool too_new(const struct watch *w, int fd, const char *name)
{
	struct stat st;

	if (!w->closing || fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW))
		return false;
	return (int64_t)watch_stamp_of(&st).ctime >= w->began;
}

static bool is_dir(int fd, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return !fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) &&
	       S_ISDIR(st.st_mode);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Hidden directories hold no headers, but whole histories. */
static void list(const struct watch *w, const char *path, struct listing *l)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		bool sub = is_dir(dirfd(dir), entry);

		if ((sub && entry->d_name[0] == '.') ||
		    too_new(w, dirfd(dir), entry->d_name))
			continue;
		ALLOC_GROW(l->names, l->nr + 1, l->alloc);
		l->names[l->nr++] =
			xasprintf("%s%s", entry->d_name, sub ? "/" : "");
	}
	if (dir)
		closedir(dir);
	if (l->nr)
		qsort(l->names, l->nr, sizeof(*l->names), by_name);
}

static void listing_release(struct listing *l)
{
	while (l->nr)
		free(l->names[--l->nr]);
	free(l->names);
}

/* ---- what is new ---- */

static void check_child(struct watch *w, uint32_t dir, const char *child);

static void appear(struct watch *w, uint32_t dir, const char *child)
{
	const char *name = interner_get(&w->dir_names, dir);

	if (w->fresh || w->closing)
		return;
	if (*name)
		strbuf_addf(&w->appeared, "%s/", name);
	strbuf_addstr(&w->appeared, child);
	strbuf_addch(&w->appeared, '\0');
}

/* Both are sorted. */
static void compare(struct watch *w, uint32_t dir, const struct listing *l)
{
	const char *old = w->dirs[dir].names;
	const char *end = old + w->dirs[dir].len;
	size_t i;

	for (i = 0; i < l->nr; i++) {
		const char *name = l->names[i];

		while (old < end && strcmp(old, name) < 0)
			old += strlen(old) + 1;
		if (old < end && !strcmp(old, name))
			continue;
		/* a new directory is not known, so all in it will be new */
		if (name[strlen(name) - 1] != '/')
			appear(w, dir, name);
	}
}

static void take_names(struct watch *w, struct watch_dir *d,
		       const struct listing *l)
{
	struct strbuf names = STRBUF_INIT;
	size_t i;

	for (i = 0; i < l->nr; i++)
		strbuf_add(&names, l->names[i], strlen(l->names[i]) + 1);
	w->dirty |= names.len != d->len ||
		    (d->len && memcmp(names.buf, d->names, d->len));
	free(d->names);
	d->len = names.len;
	d->names = strbuf_detach(&names);
}

static void relist(struct watch *w, uint32_t dir, const char *path,
		   const struct watch_stamp *stamp)
{
	struct listing l = { 0 };
	struct watch_dir *d;

	list(w, path, &l);
	compare(w, dir, &l);
	d = &w->dirs[dir];
	take_names(w, d, &l);
	d->known = true;
	d->stamp = *stamp;
	listing_release(&l);
}

static void look(struct watch *w, uint32_t dir)
{
	struct watch_stamp stamp = { 0 };
	struct strbuf path = STRBUF_INIT;
	struct watch_dir *d = &w->dirs[dir];
	struct stat st;

	tree_path_open(&path, w->tree, w->objdir,
		       interner_get(&w->dir_names, dir));
	if (!stat(path.buf, &st) && S_ISDIR(st.st_mode))
		stamp = watch_stamp_of(&st);
	if (!d->known || !stamp.ino || !watch_stamp_equal(&stamp, &d->stamp)) {
		if (!watch_settled(&stamp, w->began))
			memset(&stamp, 0, sizeof(stamp));
		w->dirty |= !d->known || !watch_stamp_equal(&stamp, &d->stamp);
		relist(w, dir, path.buf, &stamp);
	}
	strbuf_release(&path);
}

/* Outside of the tree a walk might never end. */
static bool goes_down(const char *name)
{
	return name[0] != '/';
}

void watch_dir_check(struct watch *w, const char *name)
{
	uint32_t dir = dir_number(w, name);
	const char *names;
	size_t at, len;

	if (w->dirs[dir].checked)
		return;
	w->dirs[dir].checked = true;
	look(w, dir);
	if (!goes_down(name))
		return;
	/* the array may move, the names do not */
	names = w->dirs[dir].names;
	len = w->dirs[dir].len;
	for (at = 0; at < len; at += strlen(names + at) + 1)
		if (names[at + strlen(names + at) - 1] == '/')
			check_child(w, dir, names + at);
}

static void check_child(struct watch *w, uint32_t dir, const char *child)
{
	const char *name = interner_get(&w->dir_names, dir);
	struct strbuf path = STRBUF_INIT;

	if (*name)
		strbuf_addf(&path, "%s/", name);
	strbuf_add(&path, child, strlen(child) - 1);
	watch_dir_check(w, path.buf);
	strbuf_release(&path);
}
