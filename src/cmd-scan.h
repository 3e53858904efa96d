/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to scan: where its commands come from and where it keeps its index.
 */
#ifndef PROBEWALK_CMD_SCAN_H
#define PROBEWALK_CMD_SCAN_H

#include "util/string-list.h"

#include "indexer/compdb.h"

#include "cmd-check.h"

struct scan {
	char *tree; /* absolute */
	bool all_archs; /* then ->archs is empty */
	struct string_list archs, compdbs, configs, dirs;
	const char *objdir, *cache;
	char *llvm;
	int jobs;
	bool every_config; /* see struct index_options */
	struct check_options check;
};

/* One configuration to index. */
struct scan_source {
	char *config; /* its name */
	char *from; /* where the commands come from, for messages */
	struct compdb db;
};

struct scan_sources {
	struct scan_source *list; /* in the order of the command line */
	size_t nr;
};

/**
 * scan_sources_load() - get the commands of every configuration
 * @sources: filled, to be released whatever is returned
 * @scan: options
 * @partly: set when kbuild could not list all commands
 *
 * Says on stderr what it does and what goes wrong.
 *
 * Return: 0 or EXIT_USAGE.
 */
int scan_sources_load(struct scan_sources *sources, const struct scan *scan,
		      bool *partly);
void scan_sources_release(struct scan_sources *sources);

/**
 * scan_database() - where the index of a scan is kept
 * @scan: options
 * @sources: its configurations
 * @path: gets the path of the database; its directory is there
 * @err: gets the reason
 *
 * A place of its own for each tree and choice of configurations and
 * directories, so that a scan of one directory does not throw away the index of
 * the tree.
 *
 * Return: 0 or -errno.
 */
int scan_database(const struct scan *scan, const struct scan_sources *sources,
		  struct strbuf *path, struct strbuf *err) __must_check;

/**
 * scan_drop_others() - forget configurations that an earlier scan left
 * @path: the database; may be missing
 * @sources: those that stay
 * @err: gets the reason
 *
 * A report is about what was asked for; only a --cache that the user named can
 * hold something else.
 *
 * Return: 0 or -errno.
 */
int scan_drop_others(const char *path, const struct scan_sources *sources,
		     struct strbuf *err) __must_check;

#endif
