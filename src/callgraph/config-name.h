/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which configurations of a database somebody means: "arm64/allyesconfig" is
 * one, and "arm64" stands for all of that architecture.
 */
#ifndef PROBEWALK_CALLGRAPH_CONFIG_NAME_H
#define PROBEWALK_CALLGRAPH_CONFIG_NAME_H

#include "util/strbuf.h"
#include "util/string-list.h"

/* The name itself, or what stands before a slash in it. */
bool config_is_meant(const char *wanted, const char *name);
/* One of those that are wanted; of no list, or an empty one, everything is. */
bool config_is_wanted(const struct string_list *wanted, const char *name);

/**
 * config_check_names() - whether all that is wanted is there
 * @wanted: may be NULL
 * @have: names of all configurations
 * @db: the database, for the message
 *
 * Return: 0 or -ENOENT with @err filled.
 */
int config_check_names(const struct string_list *wanted,
		       const struct string_list *have, const char *db,
		       struct strbuf *err) __must_check;

#endif
