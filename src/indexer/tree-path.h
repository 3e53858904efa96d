/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How files are named in the store: relative to the tree, so that it can move;
 * below the build directory as "$O/...", so that two of those look alike;
 * anything else by its absolute path.
 */
#ifndef PROBEWALK_INDEXER_TREE_PATH_H
#define PROBEWALK_INDEXER_TREE_PATH_H

#include <stdbool.h>

#include "util/strbuf.h"

/**
 * path_below() - what is left of a path behind a directory
 * @path: absolute and normalised
 * @dir: absolute and normalised, or NULL
 *
 * Return: a place in @path, or NULL when it does not stand below @dir.
 */
const char *path_below(const char *path, const char *dir);

/**
 * tree_path_add() - append the name under which a file is stored
 * @out: where to
 * @tree: absolute path of the tree
 * @objdir: absolute path of the build directory, or NULL
 * @path: absolute and normalised
 */
void tree_path_add(struct strbuf *out, const char *tree, const char *objdir,
		   const char *path);

/* The same for a directory: the tree itself is "", the build directory "$O". */
void tree_path_add_dir(struct strbuf *out, const char *tree, const char *objdir,
		       const char *path);

/* Bytes of a stored name's directory: 0 for what stands in the tree itself. */
size_t tree_path_dir(const char *name);

/**
 * tree_path_open() - the other way: append where a stored name stands on disk
 *
 * Of a directory as well.
 */
void tree_path_open(struct strbuf *out, const char *tree, const char *objdir,
		    const char *name);

/* Whether a stored name is that of a file below a build directory. */
bool tree_path_is_generated(const char *name);

#endif
