/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Function pointers in fields. A slot is a field of a struct type, written
 * "rec.field"; this finds the functions that sit in it, whatever way they took:
 * an initialiser, a store at run time, a parameter handed down.
 */
#ifndef PROBEWALK_RULES_SLOT_H
#define PROBEWALK_RULES_SLOT_H

#include "rules/resolve.h"

struct slot_use {
	uint32_t fn; /* function that sits in the slot */
	uint32_t in_fn; /* function that puts it there, or GRAPH_NONE */
	/*
	 * The object that holds the slot: for `foo.driver.probe` and the slot
	 * device_driver.probe it is foo.driver; kind VALUE_NONE when unknown.
	 */
	struct place holder;
	uint32_t index; /* element of an initialised array, or GRAPH_NONE */
	bool indirect; /* copied from another slot */
};

/**
 * slot_functions() - functions in a slot
 * @slot: string of the graph
 * @fn: called for each use, in a deterministic order
 */
void slot_functions(struct resolver *r, uint32_t slot,
		    void (*fn)(const struct slot_use *use, void *data),
		    void *data);

/* Stores through a pointer to a field: `fn = &drv->probe; *fn = foo_probe;` */
struct slot_stores {
	struct slot_store *list;
	uint32_t nr;
	size_t alloc;
};

/* All that a graph has: there are few, but it takes a look at every store. */
void slot_stores_find(struct slot_stores *stores, struct resolver *r);
void slot_stores_release(struct slot_stores *stores);

/* As slot_functions(), for what such stores put into the slot. */
void slot_functions_stored(struct resolver *r, const struct slot_stores *stores,
			   uint32_t slot,
			   void (*fn)(const struct slot_use *use, void *data),
			   void *data);

/* The object that a place is a field of, or what points to it. */
struct place slot_holder(struct resolver *r, struct place p);

/* Slot of a path given as text, as a string of the graph, or GRAPH_NONE. */
uint32_t slot_of_path(const struct graph *g, const char *path);

/* The type of a field that is a struct itself; NULL when it is none. */
const char *field_type(const struct graph *g, uint32_t slot);

/* Is a slot a field of @record (NULL: no)? */
bool slot_record_is(const struct graph *g, uint32_t slot, const char *record);

/**
 * slot_embedded() - the way from one record to another that it holds
 * @record: outer record
 * @inner: inner record
 * @path: gets ">record.field|record2.field2", as from a pointer to the outer
 *
 * Return: whether it holds one, at most three levels down.
 */
bool slot_embedded(const struct graph *g, const char *record, const char *inner,
		   struct strbuf *path);

#endif
