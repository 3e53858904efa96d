/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Words of a command line, as the POSIX shell, or a compiler that reads an
 * @file, tells them apart. Nothing is expanded and nothing is run.
 */
#ifndef PROBEWALK_UTIL_SHELL_H
#define PROBEWALK_UTIL_SHELL_H

#include "util/strbuf.h"

enum shell_mode {
	SHELL_PLAIN, /* one simple command: `;` and friends are ordinary */
	SHELL_SCRIPT, /* operators, newlines and comments as in a script */
	SHELL_RESPONSE, /* an @file: a backslash escapes inside quotes, too */
};

enum shell_token {
	SHELL_END,
	SHELL_WORD,
	SHELL_OPERATOR, /* SHELL_SCRIPT only: `;`, `&&`, `|`, `>`, newline, ...
			 */
	SHELL_UNCLOSED, /* a quote or a substitution that never ends */
};

/**
 * shell_next() - the next word or operator
 * @p: where to read; moved on behind what was read
 * @mode: see enum shell_mode
 * @text: replaced by the word without its quotes, or by the operator
 *
 * A command substitution is part of the word it stands in and is kept as
 * written.
 */
enum shell_token shell_next(const char **p, enum shell_mode mode,
			    struct strbuf *text);

#endif
