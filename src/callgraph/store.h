/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The store: one SQLite file that holds the facts of any number of
 * configurations. Linking happens on the way in: a symbol is interned by
 * name when external and by (name, path) when static, so a call row already
 * names its callee, whichever unit defines it.
 *
 * A unit belongs to the configuration it was parsed in. Which units make up a
 * configuration is said by its members: for each of its compile commands the
 * unit that stands for it. Mostly that is its own; a configuration that builds
 * a file in the same way as another one borrows the other's unit, and nothing
 * is parsed. A unit lives as long as some configuration has it as a member.
 *
 * Rows of facts hang on a body (see indexer/facts.h) and go with it. The index
 * is derived data: a file of another version is refused or made anew, never
 * migrated.
 */
#ifndef PROBEWALK_CALLGRAPH_STORE_H
#define PROBEWALK_CALLGRAPH_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "indexer/facts.h"
#include "util/strbuf.h"

struct store;

enum store_mode {
	STORE_READ, /* must exist */
	STORE_WRITE, /* made when missing; one writer at a time */
};

/**
 * store_open() - open a database
 * @store: gets the store, to be closed with store_close()
 * @path: database file
 * @mode: how
 * @err: gets one sentence naming the file, what is wrong and the cure
 *
 * Tells apart: missing, empty, not SQLite, SQLite but not ours, made by another
 * version, cut short, read-only, held by another writer. A writer takes an
 * empty file for a new one, and makes one of an earlier version again, empty;
 * one of a later version it leaves alone.
 *
 * Return: 0 or -errno (-ENOENT, -EINVAL, -ESTALE: an earlier version, -EACCES,
 * -EBUSY, -EIO, ...).
 */
int store_open(struct store **store, const char *path, enum store_mode mode,
	       struct strbuf *err) __must_check;
void store_close(struct store *store);

/**
 * store_open_scratch() - a writable state of a database for oneself
 * @path: database file; neither it nor its lock is written to, and no writer
 *	  has to end first
 *
 * Begins as the database is now. Nobody else sees it, and it is gone when it is
 * closed. Other connections of this process to @path are to be closed before.
 *
 * Return: as store_open(); -ESTALE for one of an earlier version.
 */
int store_open_scratch(struct store **store, const char *path,
		       struct strbuf *err) __must_check;

/* Was there one of an earlier version, whose facts are gone now? */
bool store_made_again(const struct store *store);

/* Last error as text, for messages: "the disk is full ...", ... */
const char *store_error(const struct store *store);

/* ---- writing: each returns 0 or -errno ---- */

int store_begin(struct store *store) __must_check;
int store_commit(struct store *store) __must_check;
void store_rollback(struct store *store);

/**
 * store_config() - the number of a configuration, made when new
 * @name: "arm64/allyesconfig"
 * @tree: absolute path of the source tree it was indexed from
 * @kernel: kernel version as the tree's Makefile states it, or ""
 */
int store_config(struct store *store, const char *name, const char *tree,
		 const char *kernel, uint32_t *id) __must_check;

/* What is known of a unit without its facts. */
struct store_unit {
	uint32_t id; /* row; 0 for one not stored yet */
	uint32_t config; /* that it is a member of */
	uint32_t parsed_in; /* its own configuration: another one when borrowed
			     */
	const char *file; /* relative to the tree */
	uint64_t command_hash; /* of @config's command */
	uint64_t deps_hash; /* over path and content of all files it read */
	enum unit_status status;
	enum unit_mode mode;
	uint32_t nr_errors;
	const char *detail;
	/* Modules it is built into, see module.h; NULL or "" when not known.
	 * When storing only. */
	const char *module;
	/* Sets of files that it read; when reading only. */
	uint32_t deps, prefix_deps;
};

/**
 * store_prepare_units() - load what storing units needs
 * @few: no more than a few units are to come: their names are worth a search,
 *	 but not that all names there are be made ready for one
 *
 * store_put_unit() does so when it has to: this is for a moment when there is
 * nothing else to do.
 */
int store_prepare_units(struct store *store, bool few) __must_check;

/**
 * store_prepare_ahead() - begin to load in a second thread what a few units
 * need
 *
 * store_prepare_units() waits for it. Until then no process may be forked, but
 * all functions that store and read may be called.
 */
void store_prepare_ahead(struct store *store);
/* It was in vain; fine when there is nothing to wait for. */
void store_prepare_cancel(struct store *store);

/**
 * store_put_unit() - store a unit and its facts, instead of what was there
 * @unit: (config, file, command_hash) identify it; ->id and ->parsed_in are not
 *	  looked at, the other members are stored
 * @facts: its facts, or NULL when there are none. Header bodies already stored
 *	   (by hash) are skipped, but every one that the unit saw has to be
 *	   there (its ranges may be empty when it is known to be stored):
 *	   store_finish() drops what no unit names any more.
 * @prefix_deps: dependency set of the prefix header it was parsed with, from
 *		 store_put_prefix(), or 0
 *
 * The unit becomes the member of its configuration, instead of one that was
 * borrowed. A unit that is replaced keeps its id, and whoever borrowed it keeps
 * it.
 *
 * On failure the store is as it was before the call. When the disk is full all
 * since store_begin() is gone, and everything up to store_commit() or
 * store_rollback() fails.
 */
int store_put_unit(struct store *store, const struct store_unit *unit,
		   const struct unit_facts *facts,
		   uint32_t prefix_deps) __must_check;

/**
 * store_put_prefix() - store the facts of a prefix header's headers
 * @parent: dependency set of the prefix header it stands on, or 0
 * @facts: from unit_build_pch(); header bodies only
 * @deps: gets the number of the dependency set, the same for the same facts
 */
int store_put_prefix(struct store *store, uint32_t parent,
		     const struct unit_facts *facts,
		     uint32_t *deps) __must_check;

/**
 * store_borrow_unit() - let a unit of another configuration stand for a command
 * @config: configuration that borrows
 * @file: file of the command, relative to the tree
 * @command_hash: the command, as in store_put_unit()
 * @unit: id of a unit that is stored
 * @module: as in struct store_unit, of @config's command
 *
 * Takes the place of the member that was there. One that nobody else has is
 * deleted.
 */
int store_borrow_unit(struct store *store, uint32_t config, const char *file,
		      uint64_t command_hash, uint32_t unit,
		      const char *module) __must_check;

/**
 * store_drop_member() - a configuration does not have a command any more
 *
 * Deletes the unit that stood for it, unless another configuration has it, too.
 * That there is no such member is no error.
 */
int store_drop_member(struct store *store, uint32_t config, const char *file,
		      uint64_t command_hash) __must_check;

/* Delete a unit, whoever has it as a member. */
int store_delete_unit(struct store *store, uint32_t unit) __must_check;

/**
 * store_finish() - make the database fit for reading after an index run
 *
 * Drops what no unit refers to any more: header bodies of edited headers,
 * prefix headers, dependency sets. Outside or at the end of a transaction.
 */
int store_finish(struct store *store) __must_check;

/* ---- reading; the callback returns 0 to go on, else that is returned ---- */

/* Members. Ordered by name of the configuration, then path, then command hash.
 * A unit that several configurations have is told once for each. */
int store_each_unit(struct store *store, uint32_t config /* 0: all */,
		    int (*fn)(void *data, const struct store_unit *unit),
		    void *data) __must_check;

/* The same, but only those whose status is another one. */
int store_each_unit_but(struct store *store, enum unit_status status,
			int (*fn)(void *data, const struct store_unit *unit),
			void *data) __must_check;

/* How many members a configuration has. */
int store_count_members(struct store *store, uint32_t config,
			uint32_t *nr) __must_check;

/* How many units the members of some configurations are, each counted once. */
int store_count_units(struct store *store, const uint32_t *configs, size_t nr,
		      uint32_t *units) __must_check;

/**
 * store_each_foreign_unit() - what a configuration could borrow
 * @config: the one that asks
 * @fn: called with every unit that was parsed in another configuration, member
 *	of @config or not; ->config and ->parsed_in are that one's, and
 *	->command_hash is of its command there. ->deps and ->prefix_deps are
 *	sets of store_each_dep_set(): what the unit read.
 *
 * Ordered by path, then name of the configuration, then command hash.
 */
int store_each_foreign_unit(struct store *store, uint32_t config,
			    int (*fn)(void *data,
				      const struct store_unit *unit),
			    void *data) __must_check;

struct store_config {
	uint32_t id;
	const char *name, *tree, *kernel;
};
/* Ordered by name. */
int store_each_config(struct store *store,
		      int (*fn)(void *data, const struct store_config *config),
		      void *data) __must_check;

struct graph;

/* What a reader may want besides: */
enum store_part {
	/* Assignments whose right side is a string literal. They are more than
	 * half of all, and say nothing of who calls whom. */
	STORE_LITERALS = 1 << 0,
	/* The same, but not among the others: for graph_literals(), which
	 * decodes what it is asked for. */
	STORE_LITERALS_LATER = 1 << 1,
};

/**
 * store_load_graph() - the graph of one configuration
 * @config: its number
 * @parts: enum store_part
 * @graph: gets the graph, to be freed with graph_free()
 * @err: gets one sentence that names the file
 *
 * All its members, own and borrowed, the declarations that these and their
 * prefix headers saw in headers, each once. Whether a function is ambiguous is
 * judged among these.
 */
int store_load_graph(struct store *store, uint32_t config, unsigned int parts,
		     struct graph **graph, struct strbuf *err) __must_check;

#endif
