/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compilation databases: compile_commands.json as clang's
 * JSONCompilationDatabase documents it, in both of its forms. What comes out is
 * ready to look at: shell quoting undone, @files read, paths absolute and
 * without "." and "..".
 */
#ifndef PROBEWALK_INDEXER_COMPDB_H
#define PROBEWALK_INDEXER_COMPDB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/strbuf.h"

struct compile_cmd {
	char *directory; /* absolute */
	char *file; /* absolute, lexically normalised */
	char *output; /* as given, or NULL */
	char **argv; /* compiler first, NULL-terminated */
	int argc;
	char *broken; /* why it is not known as a whole, or NULL: an @file in it
			 cannot be read, and is in argv as it stands */
	/* of its struct parse_args, where that was kept; else 0 */
	uint64_t command_hash, prefix_key;
};

/* The strings of the commands, each distinct one once. */
struct compdb_pool;

struct args_kept;

struct compdb {
	struct compile_cmd *cmds;
	size_t nr, alloc;
	struct compdb_pool *pool;
	bool other_files; /* an @file had to be read as well */
	char *origin; /* of all of it, or NULL: see compdb-kept.h */
	size_t origin_len;
	/* what else was kept of all of it, see args-kept.h; NULL: nothing */
	struct args_kept *kept;
};

#define COMPDB_INIT                                                            \
	{                                                                      \
		0                                                              \
	}

/**
 * compdb_load() - read a compilation database
 * @db: filled; empty or already holding commands, which are kept
 * @path: file to read
 * @err: gets one sentence that names the file, the entry and the cure
 *
 * Relative `directory` members are taken from where @path stands, relative
 * `file` members from `directory`. Entries that are not C sources (assembly,
 * .cc, ...) are left out. Order is kept; exact duplicates are dropped. An @file
 * that cannot be read costs its command and no other: see ->broken.
 *
 * Return: 0; -ENOENT and others when it cannot be read, -EINVAL when it is not
 * a compilation database or has no C source in it.
 */
int compdb_load(struct compdb *db, const char *path,
		struct strbuf *err) __must_check;

/**
 * compdb_add() - add one command
 * @db: where to
 * @directory: absolute directory the command runs in
 * @file: source file, absolute or relative to @directory
 * @argv: words of the command, copied
 * @argc: how many
 *
 * A command that is there already is left out.
 */
void compdb_add(struct compdb *db, const char *directory, const char *file,
		char *const *argv, int argc);

/**
 * compdb_write() - write commands as compile_commands.json, `arguments` form
 * @db: commands, written in their order
 * @path: file to make; replaced in one step (written beside it, then renamed)
 * @err: gets the reason
 *
 * Return: 0 or -errno.
 */
int compdb_write(const struct compdb *db, const char *path,
		 struct strbuf *err) __must_check;

/* Append all commands as bytes, smaller by far than a file of them. */
void compdb_pack(const struct compdb *db, struct strbuf *out);

/**
 * compdb_unpack() - commands from what compdb_pack() made
 * @db: empty; gets the commands, in their order
 * @data: the bytes
 * @len: how many
 *
 * Return: 0, or -EBADMSG when they are something else: @db is empty then.
 */
int compdb_unpack(struct compdb *db, const char *data, size_t len) __must_check;

void compdb_release(struct compdb *db);

/**
 * shell_split() - split words as the POSIX shell does, without expanding
 * @line: a command line
 * @argv: gets a NULL-terminated array, to be freed with argv_free()
 * @argc: gets the number of words
 *
 * Quotes, backslashes and line continuations; no variables, no globs.
 *
 * Return: 0, or -EINVAL when a quote is not closed.
 */
int shell_split(const char *line, char ***argv, int *argc) __must_check;
void argv_free(char **argv);

/**
 * path_normalise() - make a path absolute and lexically clean
 * @dir: absolute directory that a relative @path starts from
 * @path: path
 *
 * "a/./b//c/../d" becomes "a/b/d". Symbolic links are not looked at.
 *
 * Return: a new string.
 */
char *path_normalise(const char *dir, const char *path);

#endif
