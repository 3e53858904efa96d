/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that cannot be had ends the program with a message, as in git: no
 * caller of a static analyser can do anything better, and no error path for it
 * would ever be tested.
 */
#ifndef PROBEWALK_UTIL_ALLOC_H
#define PROBEWALK_UTIL_ALLOC_H

#include <stddef.h>
#include <stdlib.h>

#ifndef __must_check
#define __must_check __attribute__((warn_unused_result))
#endif
#ifndef __printf
#define __printf(fmt, args) __attribute__((format(printf, fmt, args)))
#endif

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

void *xmalloc(size_t size);
void *xcalloc(size_t nr, size_t size);
void *xrealloc(void *p, size_t size);
void *xmemdup(const void *p, size_t size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, size_t len);
char *xasprintf(const char *fmt, ...) __printf(1, 2);

/**
 * ALLOC_GROW() - make room for at least @want elements
 * @arr: array, an lvalue; may move
 * @want: elements needed in all
 * @alloc: elements there is room for, an lvalue; updated
 */
#define ALLOC_GROW(arr, want, alloc)                                           \
	do {                                                                   \
		if ((want) > (alloc)) {                                        \
			size_t grow_to = (size_t)(alloc)*3 / 2 + 16;           \
			if (grow_to < (size_t)(want))                          \
				grow_to = (want);                              \
			(arr) = xrealloc((arr), grow_to * sizeof(*(arr)));     \
			(alloc) = grow_to;                                     \
		}                                                              \
	} while (0)

#endif
