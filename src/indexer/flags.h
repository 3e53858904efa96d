/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From the command that builds a unit to the arguments libclang is given: what
 * has no meaning for a parse goes (output, dependencies, warnings), what clang
 * does not know goes too and is counted, a cross gcc becomes --target.
 */
#ifndef PROBEWALK_INDEXER_FLAGS_H
#define PROBEWALK_INDEXER_FLAGS_H

#include <stdbool.h>
#include <stdint.h>

#include "indexer/compdb.h"

/* Arguments for libclang, without the compiler and without the source file. */
struct parse_args {
	char **argv; /* NULL-terminated; mostly the command's own words */
	int argc;
	char **made; /* the others */
	int nr_made;
	/*
	 * Hash of everything that decides what a header says: all arguments but
	 * -I and the KBUILD_* defines. Units with the same value may share a
	 * prefix header.
	 */
	uint64_t prefix_key;
	uint64_t command_hash; /* of all arguments: another value is another
				  unit */
};

/* Flags that were dropped because clang does not know them, with how often. */
struct flag_report;

struct flag_report *flag_report_new(void);
void flag_report_free(struct flag_report *report);

/**
 * flag_report_line() - one line that names the dropped flags
 * @report: filled by parse_args_init()
 * @out: gets "dropped N flags that clang does not know: -fa (12 units), ..."
 *	 sorted; nothing when none was dropped
 */
void flag_report_line(const struct flag_report *report, struct strbuf *out);

/**
 * parse_args_init() - arguments for one command
 * @args: filled; release with parse_args_release()
 * @cmd: compile command, which has to live as long as @args
 * @report: flags that clang does not know, asked of libclang itself once per
 *	    distinct flag and remembered; counted here
 */
void parse_args_init(struct parse_args *args, const struct compile_cmd *cmd,
		     struct flag_report *report);
void parse_args_release(struct parse_args *args);

/* A macro that tells a unit what kbuild calls it: every one has its own. */
bool parse_arg_is_kbuild(const char *word);

#endif
