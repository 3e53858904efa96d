/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The directory that patches are applied in:
 *
 *	DIR/in/		what git made of the input: mails, bare patches
 *	DIR/old/	copies of the tree's files that patches name
 *	DIR/new/	the same, as the patches leave them; git runs here
 *
 * With old/ and new/ filled, by patches or from commits, what changed is what
 * git says that differs between the two.
 */
#ifndef PROBEWALK_GATE_PATCH_INTERNAL_H
#define PROBEWALK_GATE_PATCH_INTERNAL_H

#include "gate/git.h"
#include "gate/patch.h"

enum {
	PATCH_NAME_MAX = 1024, /* bytes of a file's name: PATH_MAX must hold it
				  behind ours */
};

/* A file that a patch names. */
struct named {
	char *path;
	bool in_tree; /* so old/ has it */
	char *origin; /* of the tree: renamed or copied from there; or NULL */
	uint64_t bytes; /* as last seen in new/ */
};

struct scratch {
	const char *tree;
	int tree_fd;
	const struct patch_limits *limits;
	char *dir, *in, *old, *new;
	int64_t deadline;
	struct interner names; /* number N is files[N - 1] */
	struct named *files;
	size_t nr, alloc;
	uint32_t nr_inputs;
	uint64_t mail_bytes; /* of patches found in mails */
	uint64_t old_bytes, new_bytes; /* of all in old/ and new/ */
	struct string_list *notes;
	struct strbuf *err;
};

/* One patch of all that were given, bare. */
struct piece {
	char *path; /* of the patch, below DIR/in */
	char *label; /* "x.mbox, patch 2 of 3 (\"subject\")" */
};

struct piece_list {
	struct piece *list;
	size_t nr, alloc;
};

/* ---- patch-scratch.c ---- */

/* Make the directory. Released by scratch_release(), which leaves DIR. */
int scratch_init(struct scratch *s, struct patch_set *set, const char *tree,
		 const struct patch_limits *limits, struct strbuf *err);
void scratch_release(struct scratch *s);

/* Bounds for a git that runs in @dir. */
struct git scratch_git(const struct scratch *s, const char *dir);

/* Write @text to @dir/@name, with the directories that it needs. */
int scratch_write(struct scratch *s, const char *dir, const char *name,
		  const void *text, size_t len);

/* ---- patch-name.c ---- */

/*
 * May a patch name this file? What is said about it goes to @err.
 * Return: 0 or -EINVAL.
 */
int name_check(const char *name, struct strbuf *err);

/* Is it the file that tells git how to read others? */
bool name_is_attributes(const char *name);

/* ---- patch-tree.c ---- */

/**
 * tree_read() - the content of a file of the tree
 * @text: gets it
 * @err: gets the reason, with the name
 *
 * Return: 0; -ENOENT when there is none; -EINVAL when it is no regular file or
 * stands behind a symbolic link; -E2BIG; another -errno.
 */
int tree_read(const struct scratch *s, const char *name, struct strbuf *text,
	      struct strbuf *err);

/* ---- patch-input.c ---- */

/* Read one of the files given and split it. */
int input_read(struct scratch *s, const char *file, uint64_t *bytes_left,
	       struct piece_list *pieces);
void piece_list_release(struct piece_list *pieces);

/* ---- patch-apply.c ---- */

/*
 * Apply a patch in new/. Return: as patch_read(); -ENODATA when there is no
 * diff in it, without a message.
 */
int piece_apply(struct scratch *s, const struct piece *piece);

/* ---- patch-collect.c ---- */

/* Fill the set from what differs between old/ and new/. */
int scratch_collect(struct scratch *s, struct patch_set *set, bool renames);

#endif
