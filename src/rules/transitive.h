/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Chains over two buses. The driver core's own dispatch is a barrier for the
 * walk: device_add() reaches every probe there is. In its place stands a model:
 * a callback on bus A that adds a device on bus B, joined with a callback on
 * bus B that registers a driver on bus A. Who adds devices is inferred as who
 * registers drivers is, and so is the bus that they are added on.
 */
#ifndef PROBEWALK_RULES_TRANSITIVE_H
#define PROBEWALK_RULES_TRANSITIVE_H

#include "rules/analysis.h"

/* Why two halves are taken for one chain. */
enum join_match {
	JOIN_NONE,
	JOIN_NAME, /* the device is given a name that the driver states */
	/*
	 * What adds devices on the bus at all is a callback on the other bus,
	 * or one driver with one such callback; and nothing that is not indexed
	 * can add any.
	 */
	JOIN_ONLY_ADDER,
	JOIN_BUS, /* some device on that bus is added from there */
};

/* The outer half of a chain. */
struct join {
	enum join_match match;
	enum confidence confidence;
	const struct probe *probe;
	struct edge *edges; /* from the probe to where the device is added */
	uint32_t nr_edges;
	uint32_t call; /* the one that adds it */
	uint32_t name; /* string, JOIN_NAME */
};

struct joiner;

/* For the rule of an analysis whose barriers are known. */
struct joiner *joiner_new(struct analysis *a);
void joiner_free(struct joiner *j);

/**
 * joiner_find() - the chain by which a callback's device was added
 * @probe: the callback, on a bus that is known
 * @bus: where the outer callback must be
 * @join: filled; to be released by join_release()
 *
 * Joins that are less sure than the walk was asked for are not made.
 *
 * Return: whether there is one.
 */
bool joiner_find(struct joiner *j, const struct probe *probe, uint32_t bus,
		 struct join *join);
void join_release(struct join *join);

const char *join_match_name(enum join_match match);

#endif
