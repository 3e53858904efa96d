/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The preprocessor directives of a text, without preprocessing it: which files
 * it includes, which names it defines and which it tests, whatever the
 * conditions around them say. Thousands of times cheaper than a parse.
 */
#ifndef PROBEWALK_INDEXER_DIRECTIVE_H
#define PROBEWALK_INDEXER_DIRECTIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "util/strbuf.h"

enum directive_kind {
	DIRECTIVE_INCLUDE,
	DIRECTIVE_DEFINE,
	DIRECTIVE_UNDEF,
	DIRECTIVE_IF,
	DIRECTIVE_IFDEF,
	DIRECTIVE_IFNDEF,
	DIRECTIVE_ELIF,
	DIRECTIVE_ELSE,
	DIRECTIVE_ENDIF,
	DIRECTIVE_PRAGMA,
	DIRECTIVE_OTHER,
};

struct directive_scan {
	const char *p, *end;
	enum directive_kind kind; /* of the directive found last */
	/* What follows its name: one line, no comments, no blanks around. */
	struct strbuf rest;
};

/**
 * directive_scan_init() - begin with a text
 * @scan: release with directive_scan_release()
 * @text: stays the caller's and must outlive the scan
 * @len: bytes
 */
void directive_scan_init(struct directive_scan *scan, const char *text,
			 size_t len);
void directive_scan_release(struct directive_scan *scan);

/**
 * directive_next() - find the next directive
 *
 * Return: false at the end of the text.
 */
bool directive_next(struct directive_scan *scan);

/**
 * identifier_next() - the next identifier in a line
 * @p: moved behind it
 * @len: its length
 *
 * Return: where it begins, or NULL when there is none left. Words in literals
 * are no identifiers.
 */
const char *identifier_next(const char **p, size_t *len);

#endif
