/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to stale*.c: what the store knows of the units of a configuration,
 * beside what is on the disk now.
 */
#ifndef PROBEWALK_INDEXER_STALE_H
#define PROBEWALK_INDEXER_STALE_H

#include "callgraph/store-memo.h"
#include "indexer/index-internal.h"
#include "indexer/watch.h"

/* A unit that the store knows. */
struct known_unit {
	uint32_t id;
	uint32_t deps, prefix_deps; /* indices in sets, from 1; 0: none */
	uint32_t missing; /* watch_name_hash() of a header's last part, or 0 */
	char *file; /* of the command */
	uint64_t command_hash;
	bool borrowed; /* parsed in another configuration */
	bool usable; /* may be left alone if no file changed */
	bool failed;
	bool again; /* borrowed, and parsed again since then */
	bool wanted; /* still in the compilation database */
	bool errors;
};

/* A set of versions of files, which units share. */
struct file_set {
	uint32_t first, nr; /* in members: watch_file() numbers */
	bool changed; /* one of them says something else now */
	bool source_changed; /* one that was not generated does */
	bool computed; /* one of them includes what a macro names */
	bool overlaid; /* one of them is not as it stands on the disk */
	bool outdated; /* one of them is not what is remembered, or overlaid */
};

struct stale_check {
	struct index_job *job;
	struct watch *watch;
	struct known_unit *known;
	uint32_t nr_known;
	size_t alloc_known;
	struct u64map by_key; /* unit_key() -> index in known, from 1 */
	struct file_set *sets;
	uint32_t nr_sets;
	size_t alloc_sets;
	struct u64map set_by_id; /* of the store -> index in sets, from 1 */
	uint32_t *members;
	uint32_t nr_members;
	size_t alloc_members;
	struct stale_version {
		uint32_t file; /* watch_file() */
		uint64_t hash;
		bool generated; /* stands below a build directory */
		bool overlaid; /* the overlay in use has the file */
	} * versions; /* by id */
	uint32_t nr_versions;
	size_t alloc_versions;
	struct interner search; /* directories that headers are looked for in */
	struct u64map search_by_word; /* -> number in search, from 1 */
};

/*
 * Read what the store knows. Looks at every file that any of the units has
 * read, or at those of the overlay.
 */
int stale_load(struct stale_check *c) __must_check;

/* What makes facts: another one may see other things. */
void stale_tool_name(struct strbuf *out);

/* Has a file changed that the unit read? */
bool stale_sets_changed(const struct stale_check *c,
			const struct known_unit *k);

/* Say of each unit whether it has to be parsed. */
void stale_check_units(struct stale_check *c);

/* Drop members that have no command any more. */
int stale_delete_gone(struct stale_check *c) __must_check;

/* ---- index-kept.c ---- */

/* After stale_load(): which of the kept prefix headers hold. */
void index_kept_check(struct stale_check *c);

/* ---- stale-overlay.c ---- */

/* Does the overlay in use have the file? */
bool stale_is_overlaid(const struct stale_check *c, const char *name);

/* Has a unit to be parsed for the overlay in use? @k: or NULL */
bool stale_by_overlay(const struct stale_check *c, const struct index_unit *u,
		      const struct known_unit *k);

/* index_find_stale() for an overlay. */
int stale_find_overlaid(struct stale_check *c) __must_check;

/* ---- stale.c ---- */

/* What the store knows of a unit, or NULL. */
struct known_unit *stale_known(const struct stale_check *c,
			       const struct index_unit *u);

/* The same as they stand in its command. */
void stale_each_search(const struct index_job *job, const struct index_unit *u,
		       void (*fn)(void *data, const char *directory,
				  const char *dir),
		       void *data);

/**
 * stale_search_dirs() - the directories that a unit looks for headers in
 * @out: numbers in c->search as uint32_t, added to
 */
void stale_search_dirs(struct stale_check *c, const struct index_unit *u,
		       struct strbuf *out);

/* The index of a set, from 1, made empty when new; 0 for none. */
uint32_t stale_set_number(struct stale_check *c, uint32_t id);

/**
 * stale_borrow() - have other configurations' units stand for stale ones
 *
 * Return: 0 or -errno.
 */
int stale_borrow(struct stale_check *c) __must_check;

/**
 * stale_by_new_names() - have those parsed that may find a header which was not
 * there before
 *
 * Such a header is new only once, so it is written down in the store.
 *
 * Return: 0 or -errno.
 */
int stale_by_new_names(struct stale_check *c) __must_check;

#endif
