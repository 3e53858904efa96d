// SPDX-License-Identifier: GPL-2.0-only
/* Choosing by name: see named.h. */
#include <string.h>

#include "util/named.h"

const struct named *named_find(const struct named_list *list, const char *name)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		if (!strcmp(list->item[i]->name, name))
			return list->item[i];
	return NULL;
}

void named_join(const struct named_list *list, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", list->item[i]->name);
}
