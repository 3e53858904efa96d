/* SPDX-License-Identifier: GPL-2.0-only */
/* Things that are chosen by name, as the formats of a report are. */
#ifndef PROBEWALK_UTIL_NAMED_H
#define PROBEWALK_UTIL_NAMED_H

#include <stddef.h>

#include "util/strbuf.h"

/* The first member of what has a name. */
struct named {
	const char *name;
};

/* { list, nr } of those that there are, in the order they are told in. */
struct named_list {
	const struct named *const *item;
	size_t nr;
};

/* NULL for an unknown name. */
const struct named *named_find(const struct named_list *list, const char *name);
/* "text, json, ..." for messages. */
void named_join(const struct named_list *list, struct strbuf *out);

#endif
