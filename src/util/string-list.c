// SPDX-License-Identifier: GPL-2.0-only
/* Lists of strings are short: no room is kept for more. */
#include <string.h>

#include "util/alloc.h"
#include "util/string-list.h"

void string_list_add(struct string_list *list, const char *s)
{
	list->item = xrealloc(list->item, (list->nr + 1) * sizeof(char *));
	list->item[list->nr++] = xstrdup(s);
}

static int cmp_strings(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void string_list_sort_unique(struct string_list *list)
{
	size_t i, kept = 0;

	if (!list->nr)
		return;
	qsort(list->item, list->nr, sizeof(char *), cmp_strings);
	for (i = 1; i < list->nr; i++) {
		if (strcmp(list->item[i], list->item[kept]))
			list->item[++kept] = list->item[i];
		else
			free(list->item[i]);
	}
	list->nr = kept + 1;
}

bool string_list_has(const struct string_list *list, const char *s)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		if (!strcmp(list->item[i], s))
			return true;
	return false;
}

void string_list_release(struct string_list *list)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		free(list->item[i]);
	free(list->item);
	list->item = NULL;
	list->nr = 0;
}
