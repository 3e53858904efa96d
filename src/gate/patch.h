/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a patch makes of a tree, without touching it: which files it adds,
 * changes, renames and deletes, and their new contents in a directory of their
 * own. git reads and applies the patch, in that directory, where nothing but
 * copies of the files that the patch names stand.
 *
 * Patches come from strangers. Nothing of them is executed, and they cannot
 * name a file outside the tree, a symbolic link, a device or what is no regular
 * file.
 */
#ifndef PROBEWALK_GATE_PATCH_H
#define PROBEWALK_GATE_PATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "util/hash.h"
#include "util/strbuf.h"
#include "util/string-list.h"

enum change_kind {
	CHANGE_ADDED,
	CHANGE_MODIFIED,
	CHANGE_DELETED,
	CHANGE_RENAMED, /* and perhaps modified */
};

/*
 * Lines of the new file, from 1. With none (nr is 0) lines were taken out
 * behind @first, which is 0 at the beginning of the file.
 */
struct line_range {
	uint32_t first, nr;
};

/* All that the patches make of one file. */
struct change {
	enum change_kind kind;
	char *path; /* relative to the tree; of a deleted one: its old path */
	char *old_path; /* CHANGE_RENAMED: where it was; else NULL */
	char *content; /* absolute path of a file with the new content; NULL
			  when deleted */
	/* lines added, changed, taken out, in order */
	struct line_range *ranges;
	size_t nr_ranges;
};

struct patch_set {
	struct change *changes; /* by path */
	size_t nr, alloc;
	char *dir; /* temporary, made by patch_*(), removed when released */
	struct string_list notes; /* what was passed over: whole sentences */
};

#define PATCH_SET_INIT                                                         \
	{                                                                      \
		0                                                              \
	}

/* What no honest patch reaches. */
struct patch_limits {
	uint64_t bytes; /* of all patches */
	uint64_t file_bytes; /* of one file, before or after */
	uint64_t all_bytes; /* of all files together */
	uint32_t files;
	uint32_t patches;
	uint32_t seconds; /* for all that git does */
};

extern const struct patch_limits patch_default_limits;

/**
 * patch_read() - what patches make of a tree
 * @set: PATCH_SET_INIT; filled, and to be released also when this fails
 * @tree: absolute path of the tree that they apply to; only read
 * @files: patches in order: each a diff, a mail, an mbox with a series, or a
 *	   maildir; "-" is standard input
 * @limits: how much is too much
 * @err: gets one sentence that names the patch (of a series: which), the file
 *	 and the hunk
 *
 * A file that a later patch puts back as it was is no change. Neither is a
 *mode, nor a .gitattributes, which would only tell git how to read the next
 *patch. A binary file whose patch has no contents is passed over, with a note.
 *
 * Forks: to be called while the program is small.
 *
 * Return: 0; -EINVAL when it is not a patch, or names what it must not;
 * -ESTALE when it does not apply, or is in the tree already; -E2BIG beyond a
 * limit; -ENOENT when there is no such file or no git; another -errno.
 */
int patch_read(struct patch_set *set, const char *tree,
	       const struct string_list *files,
	       const struct patch_limits *limits,
	       struct strbuf *err) __must_check;

/**
 * patch_read_range() - what commits of a git tree make of its working tree
 * @base: PATCH_SET_INIT; gets what has to be changed of the working tree to
 *	  have the first commit: nothing when that one is checked out
 * @head: PATCH_SET_INIT; the same for the second commit
 * @between: PATCH_SET_INIT; what the second commit changes of the first: what a
 *	     patch would say
 * @tree: absolute path of the working tree, the top of its git tree
 * @range: "A..B", "A...B" (from their merge base), or "A": up to HEAD
 * @limits: as above, for each set
 * @err: gets the reason
 *
 * @base and @head are what to look at, without renames, and @between is what to
 * tell, with them. Untracked files do not count. Hooks, filters,
 * external diffs and whatever else the tree's configuration asks for are not
 * run, and nothing is written, not even the index.
 *
 * Return: as patch_read(); -EINVAL when it is no range of commits of @tree, or
 * changes a symbolic link.
 */
int patch_read_range(struct patch_set *base, struct patch_set *head,
		     struct patch_set *between, const char *tree,
		     const char *range, const struct patch_limits *limits,
		     struct strbuf *err) __must_check;

/* The change of a file by its new path (of a deleted one: the old), or NULL. */
const struct change *patch_find(const struct patch_set *set, const char *path);

/* Was this line of the new file added or changed? */
bool change_has_line(const struct change *change, uint32_t line);

/* Were lines taken out behind this one, and none put there? */
bool change_cuts_behind(const struct change *change, uint32_t line);

/**
 * patch_set_release() - free a set and the directory with its texts
 * @set: PATCH_SET_INIT or read; empty afterwards, and usable again
 */
void patch_set_release(struct patch_set *set);

#endif
