/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files that load a graph: rows in, numbers of the graph out. */
#ifndef PROBEWALK_CALLGRAPH_STORE_LOAD_H
#define PROBEWALK_CALLGRAPH_STORE_LOAD_H

#include <stddef.h>

#include "callgraph/graph.h"
#include "callgraph/store-internal.h"

/* A symbol as stored, and the smallest of its definitions. */
struct stored_symbol {
	uint32_t config; /* 0: no such row */
	uint8_t kind;
	bool is_static, defined, ambiguous;
	uint32_t name, file; /* rows of name, as all of these */
	uint32_t def_file, line, col, attrs, type;
	uint32_t number; /* in the graph, plus 1; 0: not there yet */
};

struct loader {
	struct store *store;
	struct graph *graph;
	struct strbuf text; /* all names */
	size_t *offset; /* of a name in text, plus 1; 0: no such row */
	uint32_t *string; /* of a name in the graph, plus 1; 0: not yet */
	uint32_t nr_names;
	struct stored_symbol *symbols;
	uint32_t nr_symbols;
	uint32_t *config; /* number in the graph; 0: no such row */
	uint32_t nr_configs;
	uint32_t *body_config; /* number in the graph */
	uint32_t nr_bodies;
	struct graph_arg *args; /* of the call being read */
	struct graph_guard *guards;
	size_t alloc_args, alloc_guards;
	bool damaged; /* a row names one that is not there */
};

uint32_t load_column(struct sqlite3_stmt *stmt, int at);
/* Number in the graph of a row of name, of symbol; added when new. */
uint32_t load_string(struct loader *l, uint32_t name);
uint32_t load_symbol(struct loader *l, uint32_t id);
/* A value in four columns from @at on. */
struct graph_value load_value(struct loader *l, struct sqlite3_stmt *stmt,
			      int at);
int load_calls(struct loader *l) __must_check;

#endif
