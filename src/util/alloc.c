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

void *xmalloc(size_t size)
{
	return check(malloc(size ? size : 1), size);
}

void *xcalloc(size_t nr, size_t size)
{
	return check(calloc(nr ? nr : 1, size ? size : 1), nr * size);
}

static void *advise_large(char *p, size_t size)
{
	const size_t huge = 2 << 20;
	size_t skip = (huge - (uintptr_t)p % huge) % huge;

	/* advice: where it is not taken, nothing changes */
	if (size >= skip + huge)
		madvise(p + skip, (size - skip) / huge * huge, MADV_HUGEPAGE);
	return p;
}

void *xmalloc_large(size_t size)
{
	return advise_large(xmalloc(size), size);
}

void *xcalloc_large(size_t nr, size_t size)
{
	return advise_large(xcalloc(nr, size), nr * size);
}

void *xrealloc(void *p, size_t size)
{
	return check(realloc(p, size ? size : 1), size);
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
