/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From C to facts, without a database. Each row is a small source and facts
 * that it must (or, after a '!', must not) have, in a notation of one line:
 *
 *   def f [static] [init] [exit] [unused] [inline] [type=rec] [array]
 *   call f -> g(0=&x|rec.field 1=param1) [macro=M] [ignored] [guard=x]
 *   set f lhs = rhs [slot=rec.field] [index=N]      ("-" for no function)
 *   field rec.name record|pointer|func [type]
 *
 * Names are without the "@file" of records local to the source.
 */
#ifndef PROBEWALK_TESTS_VISIT_ROWS_H
#define PROBEWALK_TESTS_VISIT_ROWS_H

#include "indexer/unit.h"

enum { MAX_ROW_FACTS = 6 };

struct row {
	const char *name;
	const char *source;
	const char *facts[MAX_ROW_FACTS];
};

struct fixture {
	char dir[256];
	char *path;
	struct unit_parser *parser;
	struct unit_facts facts;
};

int visit_setup(void **state);
int visit_teardown(void **state);
/* @source, after what visit-rows.c declares for all of them. */
void parse(struct fixture *fx, const char *source);
/* Each row that fails is told. */
void check_rows(struct fixture *fx, const struct row *rows, size_t nr);

#endif
