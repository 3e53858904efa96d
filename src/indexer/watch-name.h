/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which headers a text names, as numbers: enough to tell whether a new file may
 * be one of them. Conditions around an #include are not looked at.
 */
#ifndef PROBEWALK_INDEXER_WATCH_NAME_H
#define PROBEWALK_INDEXER_WATCH_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	NAME_QUOTED = 1, /* looked for beside the includer first */
	NAME_ANYWHERE = 2, /* "../x.h", "/x.h": where from is not known */
	NAME_FLAGS = 3,
};

/**
 * watch_names() - the names in #include and __has_include of a text
 * @text: NUL-terminated
 * @len: bytes before the NUL
 * @names: growing array, added to: watch_name_hash() and flags in the low bits
 *
 * Return: whether there is one that a macro names.
 */
bool watch_names(const char *text, size_t len, uint32_t **names, uint32_t *nr,
		 size_t *alloc);

/* The number of "linux/irq.h", with the flags' bits 0. */
uint32_t watch_name_hash(const char *name, size_t len);

#endif
