/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A growing string, always NUL-terminated once something was added. Start from
 * STRBUF_INIT; strbuf_release() frees what it holds and leaves it usable.
 */
#ifndef PROBEWALK_UTIL_STRBUF_H
#define PROBEWALK_UTIL_STRBUF_H

#include <stdarg.h>

#include "util/alloc.h"

struct strbuf {
	char *buf; /* never NULL to a reader: see strbuf_init() */
	size_t len; /* bytes before the NUL */
	size_t alloc; /* bytes owned; 0 while buf is the shared empty string */
};

extern char strbuf_empty[];

#define STRBUF_INIT                                                            \
	{                                                                      \
		.buf = strbuf_empty                                            \
	}

void strbuf_init(struct strbuf *sb);
void strbuf_release(struct strbuf *sb);
void strbuf_reset(struct strbuf *sb);
/* Cut back to @len bytes, at most what it has. */
void strbuf_setlen(struct strbuf *sb, size_t len);
void strbuf_grow(struct strbuf *sb, size_t extra);
void strbuf_add(struct strbuf *sb, const void *data, size_t len);
void strbuf_addstr(struct strbuf *sb, const char *s);
void strbuf_addch(struct strbuf *sb, char c);
void strbuf_addf(struct strbuf *sb, const char *fmt, ...) __printf(2, 3);
void strbuf_vaddf(struct strbuf *sb, const char *fmt, va_list ap)
	__printf(2, 0);

/**
 * strbuf_detach() - take the string out
 * @sb: left empty and usable
 *
 * Return: the string, to be freed by the caller; never NULL.
 */
char *strbuf_detach(struct strbuf *sb);

/**
 * strbuf_read_file() - append a whole file
 * @sb: where to
 * @path: file to read
 *
 * Return: 0 or -errno.
 */
int strbuf_read_file(struct strbuf *sb, const char *path) __must_check;

/**
 * strbuf_read_regular() - append a whole file, if it is a regular one
 * @sb: where to
 * @path: file to read
 *
 * Opening a pipe might wait for ever, and a device may have no end.
 *
 * Return: 0, -EINVAL when it is no regular file, or -errno.
 */
int strbuf_read_regular(struct strbuf *sb, const char *path) __must_check;

/**
 * strbuf_write_file() - write a file, over one that is there
 * @sb: what is to be in it
 * @path: file to write
 *
 * A reader may see a part of it; see outfile.h for files that appear whole.
 *
 * Return: 0 or -errno.
 */
int strbuf_write_file(const struct strbuf *sb, const char *path) __must_check;

/**
 * strbuf_read_fd() - append what can be read from a descriptor until its end
 * @sb: where to
 * @fd: open descriptor, left open
 *
 * Return: 0 or -errno.
 */
int strbuf_read_fd(struct strbuf *sb, int fd) __must_check;

#endif
