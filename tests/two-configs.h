/* SPDX-License-Identifier: GPL-2.0-only */
/* A database of two configurations, for tests of what one lends the other. */
#ifndef PROBEWALK_TESTS_TWO_CONFIGS_H
#define PROBEWALK_TESTS_TWO_CONFIGS_H

#include "callgraph/graph.h"
#include "callgraph/store.h"

#include "facts-by-hand.h"

enum { ARM = 1, X86 = 2 };

struct test {
	char dir[64];
	char *db;
	struct store *store;
};

/* For cmocka: *state is a struct test. */
int two_configs_setup(void **state);
int two_configs_teardown(void **state);

void put_facts(struct test *t, uint32_t config, const char *file,
	       uint64_t command, const struct unit_facts *f);
/* A file that defines an external function, which calls deep(). */
void put_definition(struct test *t, uint32_t config, const char *file,
		    const char *name);
/* The unit that stands for a file, 0 for none. */
uint32_t unit_of(struct test *t, uint32_t config, const char *file);
void borrow(struct test *t, uint32_t config, const char *file, uint64_t command,
	    uint32_t unit);
/* What a configuration sees; to be freed with graph_free(). */
struct graph *load(struct test *t, uint32_t config);

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, two_configs_setup,               \
					two_configs_teardown)

#endif
