/* SPDX-License-Identifier: GPL-2.0-only */
/* A short list of strings that owns them: { 0 } is an empty one. */
#ifndef PROBEWALK_UTIL_STRING_LIST_H
#define PROBEWALK_UTIL_STRING_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct string_list {
	char **item;
	size_t nr;
};

/* @s is copied. */
void string_list_add(struct string_list *list, const char *s);
/* Sort in the order of strcmp() and drop what is there twice. */
void string_list_sort_unique(struct string_list *list);
bool string_list_has(const struct string_list *list, const char *s);
/* Leaves an empty list, which can be filled again. */
void string_list_release(struct string_list *list);

#endif
