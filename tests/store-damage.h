/* SPDX-License-Identifier: GPL-2.0-only */
/* A database for the time of a test, for what can be wrong with it. */
#ifndef PROBEWALK_TESTS_STORE_DAMAGE_H
#define PROBEWALK_TESTS_STORE_DAMAGE_H

#include <sys/types.h>

#include "callgraph/graph.h"
#include "callgraph/store.h"

struct test {
	char dir[64];
	char *db;
	struct strbuf err;
};

/* Of the file nothing is there yet. */
int damage_setup(void **state);
int damage_teardown(void **state);
/* With all that stands beside it. */
void remove_db(const struct test *t);
char *beside(const struct test *t, const char *suffix);

/* The test fails with what is in @t->err. */
void expect(int ret, int expected, struct test *t);
void assert_has(const char *name, const char *message, const char *part);

/* One file of @nr calls. */
int put(struct store *store, const char *file, uint32_t nr);
struct store *open_store(struct test *t, enum store_mode mode);
/* Of 2000 calls. */
void make_db(struct test *t);
uint32_t nr_calls(struct test *t, struct store *store);

void write_at(const struct test *t, off_t at, const void *data, size_t len);
off_t size_of(const struct test *t);

#endif
