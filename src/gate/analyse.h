/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the rules find before and after a patch. The database knows the tree as
 * it was indexed; the units that a patch concerns are analysed again with its
 * files laid over the tree, into a private copy of the database. Neither the
 * tree nor the database is written to, and nothing of the tree is executed.
 */
#ifndef PROBEWALK_GATE_ANALYSE_H
#define PROBEWALK_GATE_ANALYSE_H

#include "gate/gate.h"
#include "gate/patch.h"

struct compdb;
struct store;

enum gate_phase {
	GATE_READING, /* the database */
	GATE_LOOKING, /* which units the patch concerns */
	GATE_PARSING,
	GATE_WALKING, /* the rules */
};

struct gate_progress {
	enum gate_phase phase;
	uint32_t done, total; /* of the phase; 0 when it cannot be counted */
};

struct gate_options {
	const char *tree; /* absolute path of the tree that the patch is for */
	const char *db;
	/* No other one is looked at. NULL or empty: all there are. */
	const struct string_list *configs;
	int jobs; /* worker processes, at least 1 */
	int timeout; /* seconds a unit may take, 0 for no limit */
	/* to parse for a configuration of a state, 0 for no limit */
	uint32_t max_units;
	int seconds; /* for all of it, both states together; 0 for no limit */
	/*
	 * Findings are asked for of configurations, too, that the patch does
	 * not change.
	 */
	bool all_findings;
	/*
	 * The rules over a configuration of an open database: its findings are
	 * added to @report, but for those below the confidence that was asked
	 * for. May be called in a thread of its own, with a store and a report
	 * of its own, and again with the same report.
	 *
	 * Return: 0 or -errno, with the reason in @err.
	 */
	int (*check)(void *data, struct store *store, const char *config,
		     struct report *report, struct strbuf *err);
	void *check_data;
	/* May be NULL. */
	void (*progress)(void *data, const struct gate_progress *progress);
	void *progress_data;
	/*
	 * For a database that does not hold the commands it was indexed by:
	 * those of a configuration, or NULL. May be NULL itself.
	 */
	const struct compdb *(*commands)(void *data, const char *config);
	void *commands_data;
};

/**
 * gate_analyse() - the findings of two states of a tree
 * @opt: options
 * @base: what has to be changed of the tree to have the first state, or NULL:
 *	  it is as it stands
 * @head: what has to be changed of the tree to have the second one
 * @result: initialised; ->before, ->after, ->units_*, ->left_out and ->notes
 *	    are filled
 * @err: gets what is wrong and the cure, a line for each thing
 *
 * Units that cannot be analysed with the patch, or are too many, are in
 * ->left_out, and the findings of the database hold for them.
 *
 * Return: 0 or -errno with the reason in @err.
 */
int gate_analyse(const struct gate_options *opt, const struct patch_set *base,
		 const struct patch_set *head, struct gate_result *result,
		 struct strbuf *err) __must_check;

#endif
