// SPDX-License-Identifier: GPL-2.0-only
/* Allocation that never returns NULL; see alloc.h for why. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "util/alloc.h"

static void *check(void *p, size_t size)
{
	if (!p && size) {
		fprintf(stderr, "probewalk: out of memory (%zu bytes asked)\n",
			size);
		exit(2);
	}
	return p;
}

/* As x86 and arm64 have them; where they are others, it is a bad guess. */
enum { HUGE_PAGE = 2 << 20, PAGE = 4096, LARGE = 2 * HUGE_PAGE };

/*
 * Memory that is touched for the first time is a trap for each page, and on a
 * virtual machine a dear one: so what is large gets large pages, where the
 * system leaves that to programs. All of a piece is meant and not what is
 * aligned in it: pages of two kinds are two mappings, which cannot be moved
 * when they grow, so they would be copied.
 */
static void *advise(char *p, size_t size)
{
	size_t before = (uintptr_t)p % PAGE;

	/* advice: where it is not taken, nothing changes */
	if (size >= LARGE)
		madvise(p - before, (before + size + PAGE - 1) / PAGE * PAGE,
			MADV_HUGEPAGE);
	return p;
}

void *xmalloc(size_t size)
{
	void *p;

	if (size < LARGE || size > SIZE_MAX / 2)
		p = malloc(size ? size : 1);
	else /* nothing is lost at its beginning */
		p = aligned_alloc(HUGE_PAGE,
				  (size + HUGE_PAGE - 1) & -(size_t)HUGE_PAGE);
	return advise(check(p, size), size);
}

void *xcalloc(size_t nr, size_t size)
{
	void *p = calloc(nr ? nr : 1, size ? size : 1);

	return advise(check(p, nr * size), nr * size);
}

void *xrealloc(void *p, size_t size)
{
	return advise(check(realloc(p, size ? size : 1), size), size);
}

void *xmemdup(const void *p, size_t size)
{
	void *copy = xmalloc(size);

	if (size)
		memcpy(copy, p, size);
	return copy;
}

char *xstrdup(const char *s)
{
	return xmemdup(s, strlen(s) + 1);
}

char *xstrndup(const char *s, size_t len)
{
	char *copy = xmalloc(len + 1);

	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;
	int len;

	va_start(ap, fmt);
	len = vasprintf(&s, fmt, ap);
	va_end(ap);
	return check(len < 0 ? NULL : s, 1);
}
