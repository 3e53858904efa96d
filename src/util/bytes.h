/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading bytes that somebody else may have written: what is not there is not
 * read, and it is enough to ask at the end whether all was.
 */
#ifndef PROBEWALK_UTIL_BYTES_H
#define PROBEWALK_UTIL_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
	const char *p;
	size_t left;
	bool bad; /* more was asked for than there is; nothing is given then */
};

/* The next bytes in place, or NULL. */
const char *bytes_take(struct bytes *b, size_t len);
/* The next bytes to @to, or zeroes. */
void bytes_copy(struct bytes *b, void *to, size_t len);
/* A number as it is in memory, or 0. */
uint32_t bytes_number(struct bytes *b);
/* Up to and with the next NUL, in place; or NULL. */
const char *bytes_string(struct bytes *b);

#endif
