// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading access paths. A record of a main file carries the path of that file
 * in its name, ">priv@drivers/foo/bar.c.ops|ops.run", so a step ends at what
 * begins the next one and at nothing else.
 */
#include <stddef.h>
#include <string.h>

#include "callgraph/graph-internal.h"

const char *path_last_field(const char *path, size_t *len)
{
	const char *last = NULL, *p = path, *end;

	while (*p) {
		end = p + 1 + strcspn(p + 1, ">|[*<");
		if (*p == '>' || *p == '|') {
			last = p + 1;
			*len = end - last;
		} else if (*p == '<') { /* the object around a field */
			last = NULL;
		}
		p = end;
	}
	return last && *len ? last : NULL;
}
