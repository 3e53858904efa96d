/* SPDX-License-Identifier: GPL-2.0-only */
/* A database for the time of a test, and small units to put into it. */
#ifndef PROBEWALK_TESTS_STORE_UNITS_H
#define PROBEWALK_TESTS_STORE_UNITS_H

#include "callgraph/graph.h"
#include "callgraph/store.h"

#include "facts-by-hand.h"
#include "graph-dump.h"

struct test {
	char dir[64];
	char *db;
	struct store *store;
	struct strbuf err;
};

int store_setup(void **state);
int store_teardown(void **state);
void remove_file(const struct test *t, const char *suffix);

/* Facts of a driver, of a core that calls it, and of a header both include. */
void driver(struct unit_facts *f, const char *file);
void core(struct unit_facts *f, const char *file);
void header_bodies(struct unit_facts *f, uint32_t line);

struct unit {
	const char *config, *file;
	uint64_t command;
	void (*main)(struct unit_facts *f, const char *file);
	uint32_t header_line; /* 0: does not include it */
};

int try_put(struct test *t, const struct unit *u, uint32_t prefix);
/* The same where nothing may go wrong. */
void put(struct test *t, const char *config, const char *file,
	 void (*main)(struct unit_facts *f, const char *file),
	 uint32_t header_line);

/* For graph_free(); the second is that of "arm64". */
struct graph *load_config(struct test *t, const char *name);
struct graph *load(struct test *t);

void assert_symbol(const struct graph *g, uint32_t i, const char *name,
		   const char *file, bool defined);

/* Of one configuration, or of all: 0. */
uint32_t nr_units(struct test *t, uint32_t config);
/* Calls out of the header. */
uint32_t nr_header_calls(struct test *t);

#endif
