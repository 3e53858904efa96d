/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a value may be. A fact says `driver_register(d)` with d a local; the
 * resolver looks at what is assigned to d, through pointers, fields of
 * variables and tables, until a variable, a function, a parameter or something
 * that cannot be named is left.
 *
 * Flow-insensitive: every assignment counts, whatever its order.
 */
#ifndef PROBEWALK_RULES_RESOLVE_H
#define PROBEWALK_RULES_RESOLVE_H

#include "util/strbuf.h"

#include "callgraph/graph.h"

/* As struct graph_value, with the path in the resolver's own strings. */
struct place {
	uint8_t kind; /* enum value_kind */
	uint8_t addr;
	uint32_t base;
	uint32_t path;
};

/* More than that says nothing any more. */
enum { PLACES_MAX = 256 };

struct places {
	struct place *list;
	uint32_t nr, alloc;
};

/* What the last step of a path is, once somebody has asked. */
struct path_end {
	uint32_t head; /* path before it, plus 1 */
	uint32_t slot; /* graph_path_slot() of the path, plus 1 */
	char op; /* what the step begins with; 0 of a path without steps */
};

struct resolver {
	const struct graph *g;
	struct interner paths;
	/* The same few paths are joined over and over: */
	struct u64map own; /* path, string of the graph -> in paths, plus 1 */
	struct u64map composed; /* two paths -> what resolver_compose() made */
	struct path_end *ends; /* by path */
	size_t nr_ends;
	struct strbuf joined; /* a path while it is composed */
	struct u64map named; /* hashes of values: see returns.c */
};

void resolver_init(struct resolver *r, const struct graph *g);
void resolver_release(struct resolver *r);

const char *place_path(const struct resolver *r, const struct place *p);
bool place_equal(const struct place *a, const struct place *b);

/* A fact's value as a place. */
struct place resolver_place(struct resolver *r, const struct graph_value *v);

/**
 * resolver_compose() - follow a path from a value
 * @pointer: value that the path starts from
 * @path: string of the resolver, "" for the value itself
 * @addr: whether the address of what the path leads to is meant
 *
 * With @pointer `&foo_driver` and @path ">platform_driver.driver" the result is
 * "foo_driver|platform_driver.driver". Steps that undo each other are left out:
 * with @pointer `&p->core` and @path "<drv.core|drv.probe" it is "p>drv.probe".
 *
 * Return: the place; of kind VALUE_NONE when @pointer is no pointer to the
 * field that container_of() says, or when the path would be too long.
 */
struct place resolver_compose(struct resolver *r, const struct place *pointer,
			      uint32_t path, uint8_t addr);

/* graph_path_slot() of a place. */
uint32_t resolver_slot(struct resolver *r, const struct place *p);

/**
 * resolver_head() - a path without its last step
 * @path: string of the resolver
 * @op: gets what that step begins with, 0 when there is none
 *
 * Return: string of the resolver.
 */
uint32_t resolver_head(struct resolver *r, uint32_t path, char *op);

/* A path given as text. */
uint32_t resolver_path(struct resolver *r, const char *text);

/**
 * resolver_values() - what variable, function or parameter a place may hold
 * @fn: function that the value stands in, or GRAPH_NONE
 * @p: value
 * @out: values are added, each once; locals only where nothing is assigned
 */
void resolver_values(struct resolver *r, uint32_t fn, struct place p,
		     struct places *out);

/* The same, with the string literals among them. */
void resolver_values_and_literals(struct resolver *r, uint32_t fn,
				  struct place p, struct places *out);

/**
 * resolver_may_return() - may it be a variable or a function, or part of one?
 * @fn: function that returns it
 * @left: how many assignments are gone through, one after the other
 *
 * Return: false only when resolver_values() would find none.
 */
bool resolver_may_return(struct resolver *r, uint32_t fn, int left);

void places_add(struct places *list, struct place p);
void places_release(struct places *list);

/**
 * place_describe() - a place as a reader would write it
 * @fn: function that it stands in, for the names of its locals
 * @out: gets "priv->drv", "foo_driver", "drivers[]"
 */
void place_describe(const struct resolver *r, const struct place *p,
		    struct strbuf *out);

#endif
