/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an index run remembers of the file system, as git's index does: a file
 * whose size, times, inode and device are as they were is taken to hold what it
 * held and is not read again. Content decides all the same: a file with a new
 * time is read, and if it says what it said nothing is parsed.
 *
 * And which names the directories held that headers are looked for in. A name
 * that has appeared there may be the header that a unit looked for in vain, or
 * stand before the one that it found.
 *
 * Files and directories are named as in the store (indexer/tree-path.h); the
 * tree itself is "", the build directory "$O".
 */
#ifndef PROBEWALK_INDEXER_WATCH_H
#define PROBEWALK_INDEXER_WATCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "util/hash.h"
#include "util/strbuf.h"

/* All zeroes: unknown, or not to be trusted. */
struct watch_stamp {
	uint64_t size, mtime, ctime, ino, dev; /* times in nanoseconds */
};

struct watch_file {
	struct watch_stamp stamp;
	uint64_t hash; /* of its content; 0: it cannot be read */
	uint32_t first_name, nr_names; /* in watch->names: see watch-name.h */
	struct watch_stamp seen; /* in this run, by somebody else: how it looks
				  */
	bool wanted; /* a unit that was stored in this run has read it */
	bool computed; /* it includes what a macro names */
	bool checked; /* in this run */
};

struct watch_dir {
	struct watch_stamp stamp;
	char *names; /* sorted, each with its NUL; directories end in '/' */
	uint32_t len;
	bool known; /* it was looked at, now or in an earlier run */
	bool checked;
};

struct watch {
	const char *tree, *objdir;
	int64_t began; /* the run, nanoseconds since 1970 */
	bool fresh; /* nothing was remembered */
	bool closing; /* after the parse: see watch_dir_check() */
	bool dirty; /* there is something new to remember */
	/*
	 * What was remembered holds, and the disk is not looked at: only what
	 * an overlay says is news.
	 */
	bool trusts;
	struct interner file_names, dir_names; /* numbers index the arrays */
	struct watch_file *files;
	struct watch_dir *dirs;
	uint32_t *names;
	uint32_t nr_names;
	size_t alloc_files, alloc_dirs, alloc_names;
	struct strbuf appeared; /* files, each with its NUL */
};

/* Nanoseconds of the clock that stamps are taken from. */
int64_t watch_now(void);

void watch_init(struct watch *w, const char *tree, const char *objdir);
void watch_release(struct watch *w);

/**
 * watch_load() - what an earlier run remembered
 * @data: from watch_save()
 *
 * Return: false when it makes no sense, and nothing is remembered.
 */
bool watch_load(struct watch *w, const char *data, size_t len) __must_check;
void watch_save(struct watch *w, struct strbuf *out);

/* The number of a file in ->files, made when new. */
uint32_t watch_file(struct watch *w, const char *name);

/* What is stored now depends on the file: see watch_wanted(). */
void watch_want(struct watch *w, const char *name);
/* Look at the files that are wanted. */
void watch_wanted(struct watch *w);

/**
 * watch_content() - content hash of a file as it is now
 *
 * Looked at once in a run. Return: 0 when it is no readable regular file.
 */
uint64_t watch_content(struct watch *w, uint32_t file);

/**
 * watch_unchanged() - whether a file is on the disk as it was remembered
 *
 * Also for a watch that trusts, and nothing changes what that goes by.
 */
bool watch_unchanged(const struct watch *w, uint32_t file);

/**
 * watch_dir_check() - see what is new in a directory and, inside the tree and
 * the build directory, below it
 *
 * Adds to ->appeared, unless nothing was remembered at all, or the run is
 * ->closing: then what is new are directories that a unit of this run has read
 * from, and only what appeared in them since the run began is left for the next
 * one to find.
 */
void watch_dir_check(struct watch *w, const char *name);

/**
 * watch_overlay() - see which files the overlay in use adds
 *
 * Instead of watch_dir_check() for one that trusts, before watch_content().
 */
void watch_overlay(struct watch *w);

/**
 * watch_settled() - whether a file may be known by its stamp from now on
 * @now: nanoseconds since 1970
 *
 * Not if it was changed a moment ago: a second change within the clock's
 * granularity would look like none.
 */
bool watch_settled(const struct watch_stamp *stamp, int64_t now);

struct watch_stamp watch_stamp_of(const struct stat *st);
bool watch_stamp_equal(const struct watch_stamp *a,
		       const struct watch_stamp *b);

#endif
