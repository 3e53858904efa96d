/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to compdb*.c: words that are kept once, and the quick way to read. */
#ifndef PROBEWALK_INDEXER_COMPDB_INTERNAL_H
#define PROBEWALK_INDEXER_COMPDB_INTERNAL_H

#include <stdbool.h>

#include "indexer/compdb.h"

/* ---- compdb.c ---- */

/* The one copy of a word, which lives as long as @db. */
char *compdb_word(struct compdb *db, const char *s, size_t len);

/**
 * compdb_add_words() - compdb_add() with words from compdb_word()
 * @directory: from compdb_word()
 * @broken: as in struct compile_cmd, from compdb_word()
 */
void compdb_add_words(struct compdb *db, char *directory, const char *file,
		      char *const *words, int nr, char *broken);

/* ---- compdb-scan.c ---- */

/* A word, and how it stands in the text: equal bytes are an equal word. */
struct scan_word {
	const char *raw;
	size_t len; /* 0: cannot be compared */
	char *word;
};

struct scan_words {
	struct scan_word *v;
	int nr;
	size_t alloc;
	bool command; /* they come from a "command" */
};

struct compdb_scan {
	struct compdb *db;
	const char *p; /* being read; the text ends in a NUL */
	struct scan_words now, before; /* of this entry and of an earlier one */
	struct strbuf text;
	/* what an entry holds */
	const char *directory, *file; /* from compdb_word() */
	char **words; /* from compdb_word() */
	int nr;
	size_t alloc;
};

void compdb_scan_init(struct compdb_scan *s, struct compdb *db);
void compdb_scan_release(struct compdb_scan *s);

/**
 * compdb_scan_entry() - read an entry of the kind that nearly all are
 * @s: ->directory, ->file and ->words are set
 * @text: where it begins; stays as it is until compdb_scan_release()
 *
 * Return: where it ends, or NULL when it is something else and has to be read
 * by the rules: it may be in error, too.
 */
const char *compdb_scan_entry(struct compdb_scan *s, const char *text);

#endif
