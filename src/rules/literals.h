/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What things are called: the string literals by which a device and a driver
 * find each other. Drivers state theirs in an initialiser and in the tables it
 * points to; a device gets its name from what is handed to the adder.
 */
#ifndef PROBEWALK_RULES_LITERALS_H
#define PROBEWALK_RULES_LITERALS_H

#include "rules/resolve.h"

/* Strings of the graph, each once. */
struct literals {
	uint32_t *list;
	uint32_t nr;
	size_t alloc;
};

bool literals_has(const struct literals *l, uint32_t string);
void literals_release(struct literals *l);

/* The names and identifiers of a driver that is (part of) a variable. */
void literals_of_driver(struct literals *l, struct resolver *r,
			const struct place *driver);

/* Of the tables only: what decides which devices it is probed for. */
void literals_of_tables(struct literals *l, struct resolver *r,
			const struct place *driver);

/* What the arguments of a call name: literals, and structs that hold some. */
void literals_of_call(struct literals *l, struct resolver *r,
		      const struct graph_call *c);

#endif
