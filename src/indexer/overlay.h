/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files of a tree that are to be seen otherwise than they stand on the disk:
 * with another content, there though they are not, or gone. What reads files of
 * the tree asks here first; libclang is told by a file for -ivfsoverlay, which
 * 14 and 19 obey, prefix headers included.
 */
#ifndef PROBEWALK_INDEXER_OVERLAY_H
#define PROBEWALK_INDEXER_OVERLAY_H

#include <stdbool.h>

#include "util/strbuf.h"

struct overlay;

enum overlay_state {
	OVERLAY_NONE, /* as it stands on the disk */
	OVERLAY_REPLACED, /* another file has its content */
	OVERLAY_GONE,
};

/**
 * overlay_new() - an overlay that changes nothing yet
 * @tree: absolute path of the tree
 */
struct overlay *overlay_new(const char *tree);
void overlay_free(struct overlay *overlay);

/*
 * @path is relative to the tree; @content the absolute path of what it holds.
 * What was said last of a path holds.
 */
void overlay_replace(struct overlay *overlay, const char *path,
		     const char *content);
void overlay_remove(struct overlay *overlay, const char *path);

/**
 * overlay_find() - how a file is to be seen
 * @overlay: or NULL
 * @path: absolute, lexically normalised
 * @content: gets the path of what it holds when it is replaced, owned by
 *	     @overlay; may be NULL
 */
enum overlay_state overlay_find(const struct overlay *overlay, const char *path,
				const char **content);

/**
 * overlay_each() - every file that is seen otherwise
 * @fn: gets the path relative to the tree; returns 0 to go on
 *
 * In order of the paths.
 */
int overlay_each(const struct overlay *overlay,
		 int (*fn)(void *data, const char *path,
			   enum overlay_state state, const char *content),
		 void *data);

/**
 * overlay_write_vfs() - the file for clang's -ivfsoverlay
 * @path: file to write, in a directory that nobody else writes to
 * @gone: file that stands for all that is gone: it says #error
 *
 * Return: 0 or -errno.
 */
int overlay_write_vfs(const struct overlay *overlay, const char *path,
		      const char *gone) __must_check;

/*
 * The tree as the indexer sees it now. There is one at a time, as there is one
 * working directory: whoever parses something else has to say so first.
 */

/**
 * overlay_use() - see the tree through an overlay from now on
 * @overlay: stays the caller's; NULL: as it stands on the disk
 * @vfs: what overlay_write_vfs() wrote of it, absolute path; copied
 */
void overlay_use(const struct overlay *overlay, const char *vfs);

/* The overlay in use, or NULL. */
const struct overlay *overlay_used(void);

/* For -ivfsoverlay, or NULL. */
const char *overlay_vfs(void);

/**
 * overlay_read() - strbuf_read_regular() of a file as it is seen now
 * @path: absolute, lexically normalised
 */
int overlay_read(struct strbuf *out, const char *path) __must_check;

/* access(@path, R_OK) of it. */
bool overlay_readable(const char *path);

#endif
