/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One translation unit through libclang: arguments in, facts out. Free of
 * clang's own header, so that whoever drives it needs none.
 */
#ifndef PROBEWALK_INDEXER_UNIT_H
#define PROBEWALK_INDEXER_UNIT_H

#include "indexer/facts.h"
#include "indexer/flags.h"

/* libclang's state in one process; not to be shared across fork(). */
struct unit_parser;

/**
 * unit_parser_new() - start libclang
 * @tree: absolute path of the kernel tree; paths below it are stored relative
 * @objdir: absolute path of the build directory, or NULL; paths below it are
 *	    stored as "$O/..." so that two build directories look alike
 */
struct unit_parser *unit_parser_new(const char *tree, const char *objdir);
void unit_parser_free(struct unit_parser *parser);

/**
 * unit_parse() - parse one source file and collect its facts
 * @parser: libclang
 * @directory: directory the command runs in; the process changes into it
 * @file: absolute path of the source file
 * @args: arguments
 * @pch: precompiled prefix header to use, or NULL for an exact parse
 * @facts: cleared and filled
 *
 * Facts of the prefix header's own declarations are not in @facts: they come
 * from unit_build_pch(). With @pch, a parse that has errors gives no facts, for
 * they may be the prefix's fault; unless a header is missing, which is missing
 * in any case.
 *
 * Return: 0 when facts->status tells the outcome; it never fails otherwise.
 */
int unit_parse(struct unit_parser *parser, const char *directory,
	       const char *file, const struct parse_args *args, const char *pch,
	       struct unit_facts *facts);

/**
 * unit_build_pch() - compile a prefix header
 * @parser: libclang
 * @directory: directory to compile in
 * @header: path of the prefix header, which need not be there
 * @text: what it holds: @pch holds that, too, and is used without it
 * @args: arguments its units share
 * @base: precompiled header to stand on, or NULL: the new one holds what it
 *adds and needs @base to be there when it is used
 * @pch: file to write
 * @facts: cleared; filled with the facts of all headers in it, errors in
 *	   ->nr_errors and ->detail (its text names the header at fault)
 *
 * Return: 0, -EINVAL when it does not compile, another -errno when @pch cannot
 * be written.
 */
int unit_build_pch(struct unit_parser *parser, const char *directory,
		   const char *header, const struct strbuf *text,
		   const struct parse_args *args, const char *base,
		   const char *pch, struct unit_facts *facts) __must_check;

#endif
