// SPDX-License-Identifier: GPL-2.0-only
/* Bytes that may be wrong: see bytes.h. */
#include <string.h>

#include "util/bytes.h"

const char *bytes_take(struct bytes *b, size_t len)
{
	const char *p = b->p;

	if (b->bad || len > b->left) {
		b->bad = true;
		return NULL;
	}
	b->p += len;
	b->left -= len;
	return p;
}

void bytes_copy(struct bytes *b, void *to, size_t len)
{
	const char *p = bytes_take(b, len);

	if (!p)
		memset(to, 0, len);
	else if (len)
		memcpy(to, p, len);
}

uint32_t bytes_number(struct bytes *b)
{
	uint32_t nr;

	bytes_copy(b, &nr, sizeof(nr));
	return nr;
}

const char *bytes_string(struct bytes *b)
{
	const char *nul = b->bad || !b->left ? NULL
					     : memchr(b->p, '\0', b->left);

	if (!nul)
		b->bad = true;
	return nul ? bytes_take(b, nul - b->p + 1) : NULL;
}
