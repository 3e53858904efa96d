/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The linked facts of one configuration in memory: symbols, definitions, calls,
 * assignments, fields, as compact arrays. Read-only once built. A test builds
 * one by hand with the graph_add_*() functions; store_load_graph() does it from
 * a database. Nothing here knows a rule.
 *
 * store_load_graph() goes through the bodies in the order of their files, and
 * through a function in the order of places. Symbols are numbered in the order
 * in which they are met then, calls and assignments stand in it, so whoever
 * walks in the order of the arrays is deterministic, whatever order the units
 * were stored in. Numbers of strings are the database's own: nothing may be
 * ordered by them.
 */
#ifndef PROBEWALK_CALLGRAPH_GRAPH_H
#define PROBEWALK_CALLGRAPH_GRAPH_H

#include <stdbool.h>
#include <stdint.h>

#include "indexer/facts.h"

#define GRAPH_NONE UINT32_MAX

/* No kernel has a tenth of them. */
#define GRAPH_MAX_STRINGS (1u << 27)

/*
 * The structs below come in millions, and their size is what loading a graph
 * costs, as all that memory is cleared for it first: hence the odd types.
 *
 * A value as in indexer/facts.h; base is a symbol of the graph (GLOBAL, FUNC,
 * CALL), a string of the graph (LOCAL, STRING) or a parameter's index; path is
 * a string of the graph.
 */
struct graph_value {
	uint32_t kind : 4; /* enum value_kind */
	bool addr : 1;
	uint32_t path : 27;
	uint32_t base;
} __attribute__((packed, aligned(2)));

struct graph_symbol {
	uint32_t kind : 1; /* enum symbol_kind */
	bool is_static : 1;
	/* a definition was seen: the members below hold */
	bool defined : 1;
	/*
	 * A function with several bodies in the configuration: an inline one
	 * that is compiled differently in different units, a file compiled
	 * twice, a weak one and what overrides it, two modules' functions of
	 * one name. Its calls are those of all bodies, so not sure for any.
	 */
	bool ambiguous : 1;
	uint32_t col : 28;
	uint32_t name; /* string */
	uint32_t file; /* string; where it is defined; when it is not: where a
			* static one stands, "" for an external one */
	uint32_t line;
	uint32_t attrs; /* enum def_attr */
	uint32_t type; /* string: record name of a variable */
};

struct graph_call {
	uint32_t caller; /* symbol */
	struct graph_value target; /* VALUE_FUNC: direct */
	uint32_t file, line; /* file: string */
	uint32_t macro; /* string, "" when none */
	uint32_t first_arg;
	uint32_t decided; /* number of a graph_decision plus 1, or 0 */
	uint16_t col; /* 65535 stands for all beyond */
	uint16_t nr_args : 15;
	bool result_ignored : 1;
};

struct graph_arg {
	uint8_t pos;
	bool only;
	struct graph_value value;
};

struct graph_guard {
	uint8_t kind; /* enum guard_kind */
	uint32_t symbol;
	uint32_t line;
};

/* As in indexer/facts.h. */
struct graph_cond {
	uint32_t value;
	uint8_t kind; /* enum cond_kind */
	uint8_t param;
	bool or_next;
};

/* What decides whether a call is made; few have any. */
struct graph_decision {
	uint32_t first_guard, first_cond;
	uint8_t nr_guards, nr_conds;
};

struct graph_assign {
	uint32_t func; /* symbol, or GRAPH_NONE for a file-scope initialiser */
	struct graph_value lhs, rhs;
	uint32_t slot; /* string "rec.field", "" when none */
	uint32_t index; /* array element, or GRAPH_NONE */
	uint32_t file;
	uint32_t line : 24;
	uint32_t kind : 8; /* enum assign_kind */
	uint16_t col; /* as of a call */
} __attribute__((packed, aligned(2)));

struct graph_field {
	uint32_t record, name; /* strings */
	uint8_t kind; /* enum field_kind */
	uint32_t type; /* string: record name */
};

/* A file with code, and what it is built into; see module.h. */
struct graph_module {
	uint32_t file, module; /* strings */
};

struct graph;

/* ---- building: add in any order, then graph_finish() once ---- */

struct graph *graph_new(void);
void graph_free(struct graph *g);
uint32_t graph_add_string(struct graph *g, const char *s);
/* Returns the number by which calls and assignments being added name it. */
uint32_t graph_add_symbol(struct graph *g, const struct graph_symbol *sym);
/* What is first of @call is set by this function. @guard: the only one, or
 * NULL.
 */
void graph_add_call(struct graph *g, const struct graph_call *call,
		    const struct graph_arg *args,
		    const struct graph_guard *guard);
/* Conditions of the call that was added last. */
void graph_add_conds(struct graph *g, const struct graph_cond *conds,
		     uint8_t nr);
void graph_add_assign(struct graph *g, const struct graph_assign *assign);
void graph_add_field(struct graph *g, const struct graph_field *field);
void graph_add_module(struct graph *g, uint32_t file, uint32_t module);
void graph_set_config(struct graph *g, const char *name);
/* Brings together what each function does, and makes all lists. Numbers that
 * graph_add_symbol() gave stay; those of calls and assignments may change. */
void graph_finish(struct graph *g);

/* ---- reading ---- */

/* A run of elements in one of the graph's arrays. */
#define GRAPH_RANGE(type)                                                      \
	struct type##_range {                                                  \
		const struct type *first;                                      \
		uint32_t nr;                                                   \
	}
GRAPH_RANGE(graph_call);
GRAPH_RANGE(graph_arg);
GRAPH_RANGE(graph_guard);
GRAPH_RANGE(graph_cond);
GRAPH_RANGE(graph_assign);
GRAPH_RANGE(graph_field);
GRAPH_RANGE(graph_module);

const char *graph_string(const struct graph *g, uint32_t string);
/* UINT32_MAX when no fact contains it; one that only deleted facts contained
 * may still be found. */
uint32_t graph_find_string(const struct graph *g, const char *s);

uint32_t graph_nr_symbols(const struct graph *g);
const struct graph_symbol *graph_symbol(const struct graph *g, uint32_t symbol);
const char *graph_name(const struct graph *g, uint32_t symbol);
/* Name of the configuration, "" when none was set. */
const char *graph_config(const struct graph *g);

/* A run of numbers: of calls, of assignments, of symbols. */
struct graph_list {
	const uint32_t *first;
	uint32_t nr;
};

/**
 * graph_find_symbol() - an external symbol by name
 * Return: the symbol or GRAPH_NONE.
 */
uint32_t graph_find_symbol(const struct graph *g, enum symbol_kind kind,
			   const char *name);

/* Symbols called @name, static ones too. */
struct graph_list graph_symbols_named(const struct graph *g, const char *name);

uint32_t graph_nr_calls(const struct graph *g);
const struct graph_call *graph_call(const struct graph *g, uint32_t call);
/* Calls made in a function, by place. */
struct graph_call_range graph_calls_from(const struct graph *g, uint32_t fn);
/* Number of a call that graph_calls_from() gave. */
uint32_t graph_call_number(const struct graph *g,
			   const struct graph_call *call);
/* Direct calls of a function, as numbers of calls. */
struct graph_list graph_calls_to(const struct graph *g, uint32_t fn);
/* All calls through a pointer. */
struct graph_list graph_indirect_calls(const struct graph *g);
/* Indirect calls through a field, by its "rec.field" string. */
struct graph_list graph_calls_through(const struct graph *g, uint32_t slot);
struct graph_arg_range graph_args(const struct graph *g,
				  const struct graph_call *call);
struct graph_guard_range graph_guards(const struct graph *g,
				      const struct graph_call *call);
struct graph_cond_range graph_conds(const struct graph *g,
				    const struct graph_call *call);

uint32_t graph_nr_assigns(const struct graph *g);
const struct graph_assign *graph_assign(const struct graph *g, uint32_t assign);
/* Assignments in a function, by place. */
struct graph_assign_range graph_assigns_in(const struct graph *g, uint32_t fn);
/* Assignments to a field of any object, as numbers. */
struct graph_list graph_assigns_to_slot(const struct graph *g, uint32_t slot);
/* Assignments whose left side starts at a variable, as numbers. */
struct graph_list graph_assigns_to_global(const struct graph *g, uint32_t var);
/* Assignments of string literals in a function or to a variable that are not
 * among the above; there are some only after STORE_LITERALS_LATER. */
struct graph_assign_range graph_literals(const struct graph *g,
					 uint32_t symbol);
/* Uses of a symbol (function or variable) as a value: right sides, as numbers
 * of assignments; and as an argument, as numbers of calls. */
struct graph_list graph_assigns_of(const struct graph *g, uint32_t symbol);
struct graph_list graph_calls_passing(const struct graph *g, uint32_t symbol);

/* Fields of a record, by name. */
struct graph_field_range graph_fields(const struct graph *g, uint32_t record);

/* All, in no order; a file that is built several times is there as often. */
struct graph_module_range graph_modules(const struct graph *g);

/**
 * graph_path_slot() - the field that an access path ends in
 * @path: a path, the string itself
 *
 * Return: "rec.field" of its last field step (a trailing "[]" or "*" is passed
 * over), as a string of the graph; "" (0) when there is none or no fact
 * mentions it.
 */
uint32_t graph_path_slot(const struct graph *g, const char *path);

#endif
