/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What one translation unit says: the border between libclang and everything
 * else. Plain arrays of plain structs; strings are numbers into one interner.
 * Nothing here knows a rule, and nothing here needs libclang or a database, so
 * a test can write facts by hand.
 *
 * The unit of storage is the *body*: one top-level declaration with everything
 * found inside. Bodies of the main file belong to the unit. A body that stands
 * in a header is the same in nearly every unit, so it carries a hash of its
 * content and is stored once per configuration and content.
 */
#ifndef PROBEWALK_INDEXER_FACTS_H
#define PROBEWALK_INDEXER_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "util/hash.h"
#include "util/strbuf.h"

/*
 * Bump when the meaning or the set of facts changes: an index made with another
 * version is stale as a whole.
 */
#define FACTS_VERSION 5

#define FACT_NONE UINT32_MAX

/*
 * Where a value comes from. A value is a base and an access path from there;
 * `addr` says whether the address of the place is meant or what it holds.
 *
 * The access path is a string of steps, "" for the base itself:
 *   ">rec.field"  the base (or the steps so far) is a pointer: through it, to
 *                 the field of struct rec
 *   "|rec.field"  a field of the object itself
 *   "[]"          an element of an array, or through a pointer by index
 *   "*"           through a pointer, no field
 *   "<rec.field"  the base (or the steps so far) is a pointer to that field:
 * the object around it, as container_of() finds it
 * `&drv->driver.bus` with drv the first parameter is
 * { VALUE_PARAM, addr 1, base 0, ">platform_driver.driver|device_driver.bus" }.
 *
 * A compound literal in a function, `(struct rec){ ... }`, is a local whose
 * name is "(rec)".
 *
 * `rec` is the tag (or the typedef name of a struct without one). A record that
 * is defined in a unit's main file is local to that file, so its name is
 * "tag@path": two drivers may both have a struct foo_priv. Unless a header
 * declares it (`struct foo;`): then it is that header's. The fields of a
 * nameless record are named after the nearest record around it that has a name
 * ("outer::" when only its field has a name; "outer" for C11's anonymous
 * members, whose fields are spelled as the outer record's own).
 */
enum value_kind {
	VALUE_NONE, /* nothing that is followed: a number, arithmetic */
	VALUE_PARAM, /* base: index of the parameter of the function */
	VALUE_LOCAL, /* base: string, the name of a local; "x#2" when reused */
	VALUE_GLOBAL, /* base: symbol, a variable with static storage */
	VALUE_FUNC, /* base: symbol, a function; addr is 1 */
	VALUE_CALL, /* base: symbol, the function whose result it is */
	VALUE_STRING, /* base: string, a literal */
	VALUE_RETURN, /* only left of an assignment: what the function returns
		       */
	VALUE_NULL, /* only an argument: no object at all */
	VALUE_INT, /* only an argument: base is the number, below 2^31 */
};

struct fact_value {
	uint8_t kind; /* enum value_kind */
	uint8_t addr;
	uint32_t base;
	uint32_t path; /* string */
};

enum symbol_kind { SYMBOL_FUNC, SYMBOL_VAR };

/*
 * Identity only. An external symbol is its name; a static one is its name and
 * the file it stands in (a static local of function f is called "f.name"). A
 * static function without a file is known by its name only, from an attribute:
 * the external one of that name or else the one static one that there is.
 */
struct fact_symbol {
	uint8_t kind; /* enum symbol_kind */
	bool is_static;
	uint32_t name; /* string */
	uint32_t file; /* string, path relative to the tree; "" when external */
};

enum def_attr {
	ATTR_INIT = 1 << 0, /* section .init.text */
	ATTR_EXIT = 1 << 1, /* section .exit.text */
	ATTR_MAYBE_UNUSED = 1 << 2,
	ATTR_INLINE = 1 << 3,
	ATTR_ARRAY = 1 << 4, /* a variable that is an array */
	ATTR_FUNCTION_LOCAL = 1 << 5, /* a static variable inside a function */
	/* the upper half of a function's: see attr_changed() */
	ATTR_CHANGED_SHIFT = 16,
	ATTR_CHANGED_LAST = 15,
};

/*
 * Attribute of a function that may change one of its parameters, or lets others
 * do so by its address. The last bit stands for all the parameters from there.
 */
static inline uint32_t attr_changed(uint32_t param)
{
	if (param > ATTR_CHANGED_LAST)
		param = ATTR_CHANGED_LAST;
	return 1u << (ATTR_CHANGED_SHIFT + param);
}

/* A definition: of a function with a body, or of a struct or pointer variable.
 */
struct fact_def {
	uint32_t symbol;
	uint32_t file; /* string */
	uint32_t line, col; /* from 1 */
	uint32_t attrs; /* enum def_attr */
	uint32_t type; /* string: record name of a variable (of its elements or
			* of what it points to), "" when none; "" for functions
			*/
};

/* A call, at the place where a reader would look (macro expansion). */
struct fact_call {
	uint32_t caller; /* symbol */
	struct fact_value target; /* VALUE_FUNC when direct; else the pointer */
	uint32_t file; /* string */
	uint32_t line, col;
	uint32_t
		macro; /* string: the macro spelled at the site, "" when none */
	uint32_t first_arg, nr_args; /* in args */
	uint32_t first_guard, nr_guards; /* in guards */
	uint32_t first_cond, nr_conds; /* in conds */
	bool result_ignored; /* the call is a statement of its own */
};

/*
 * An argument that carries a followed value; several for `c ? a : b`. Of
 * numbers there are constants and the caller's own parameters, and nothing
 * else.
 */
struct fact_arg {
	uint8_t pos; /* from 0 */
	bool only; /* this value, whatever happens: there is no other */
	struct fact_value value;
};

enum guard_kind {
	GUARD_IF, /* the call stands inside: if (... var ...) call() */
	GUARD_EARLY_EXIT, /* an earlier if (... var ...) return; */
};

/* A variable with static storage whose test decides whether a call is made. */
struct fact_guard {
	uint8_t kind; /* enum guard_kind */
	uint32_t symbol; /* the variable */
	uint32_t line; /* of the condition, in the file of the call */
};

enum cond_kind {
	COND_EQ, /* the parameter is the value */
	COND_NE,
	COND_SET, /* the parameter has one of the bits of the value */
	COND_CLEAR, /* it has none of them */
};

/*
 * What holds of a parameter that its function never changes whenever a call is
 * made. All of a call's conditions hold; those joined by @or_next are one
 * condition, of which one part does. The caller of the function may pass a
 * constant that makes that impossible.
 */
struct fact_cond {
	uint32_t value; /* below 2^31; 0 for no pointer */
	uint8_t kind; /* enum cond_kind */
	uint8_t param; /* index */
	bool or_next; /* or what the next one says */
};

enum assign_kind {
	ASSIGN_INIT, /* part of an initialiser */
	ASSIGN_STORE, /* at run time */
	ASSIGN_RETURN, /* lhs is VALUE_RETURN */
};

/* `lhs = rhs` where rhs is a followed value. */
struct fact_assign {
	uint32_t func; /* symbol, or FACT_NONE for a file-scope initialiser */
	uint8_t kind; /* enum assign_kind */
	struct fact_value lhs; /* a place: addr is 0 */
	struct fact_value rhs;
	uint32_t slot; /* string "rec.field": last field step of lhs, or "" */
	uint32_t index; /* array element of an initialiser, or FACT_NONE */
	uint32_t file; /* string */
	uint32_t line, col;
};

enum field_kind {
	FIELD_RECORD, /* embeds a struct or union (or an array of them) */
	FIELD_POINTER, /* points to a struct or union */
	FIELD_FUNC, /* points to a function */
};

/* A field of a record, of one of the kinds above. */
struct fact_field {
	uint32_t record; /* string */
	uint32_t name; /* string */
	uint8_t kind; /* enum field_kind */
	uint32_t type; /* string: record name; "" for FIELD_FUNC */
};

/* One top-level declaration: ranges of the arrays below. */
struct fact_body {
	uint32_t file; /* string: where it stands */
	bool is_header; /* not in the unit's main file */
	uint64_t hash; /* of the content, names and not numbers; headers only */
	uint32_t first_def, nr_defs;
	uint32_t first_call, nr_calls;
	uint32_t first_assign, nr_assigns;
	uint32_t first_field, nr_fields;
};

/*
 * A file that the unit read, with a hash of its content. The unit's own source
 * is the first.
 */
struct fact_dep {
	uint32_t file; /* string */
	uint32_t size; /* bytes */
	uint64_t hash;
};

enum unit_status {
	UNIT_OK,
	UNIT_ERRORS, /* parsed with errors: partly analysed */
	UNIT_FAILED, /* not parsed at all */
	UNIT_CRASHED, /* took its worker down */
	UNIT_TIMEOUT, /* took longer than allowed */
	UNIT_MISSING, /* the file named by the command does not exist */
};

/* How the unit was parsed. */
enum unit_mode {
	PARSE_EXACT,
	PARSE_PREFIX, /* with the precompiled prefix header */
};

struct unit_facts {
	struct interner strings;
	struct u64map symbol_map; /* for unit_facts_symbol() only */
	enum unit_status status;
	enum unit_mode mode;
	uint32_t nr_errors; /* error diagnostics */
	uint32_t detail; /* string: first error, or why it failed */
	uint64_t cpu_us; /* CPU time spent on the unit, microseconds */

#define FACT_ARRAY(type, name)                                                 \
	struct type *name;                                                     \
	uint32_t nr_##name;                                                    \
	size_t alloc_##name
	FACT_ARRAY(fact_symbol, symbols);
	FACT_ARRAY(fact_def, defs);
	FACT_ARRAY(fact_call, calls);
	FACT_ARRAY(fact_arg, args);
	FACT_ARRAY(fact_guard, guards);
	FACT_ARRAY(fact_cond, conds);
	FACT_ARRAY(fact_assign, assigns);
	FACT_ARRAY(fact_field, fields);
	FACT_ARRAY(fact_body, bodies);
	FACT_ARRAY(fact_dep, deps);
#undef FACT_ARRAY
};

void unit_facts_init(struct unit_facts *facts);
void unit_facts_release(struct unit_facts *facts);
/* Forget everything, keep the memory. */
void unit_facts_clear(struct unit_facts *facts);

/**
 * unit_facts_symbol() - the number of a symbol, added when new
 * @facts: facts of the unit
 * @kind: function or variable
 * @is_static: linkage
 * @name: name; "f.name" for a static local of f
 * @file: path relative to the tree; not looked at unless @is_static
 */
uint32_t unit_facts_symbol(struct unit_facts *facts, enum symbol_kind kind,
			   bool is_static, const char *name, const char *file);

/**
 * unit_facts_hash_body() - content hash of a body
 * @facts: facts of the unit
 * @body: complete body
 *
 * Made of names and never of numbers, so that two units agree.
 */
uint64_t unit_facts_hash_body(const struct unit_facts *facts,
			      const struct fact_body *body);

/**
 * unit_facts_serialize() - append the facts as bytes
 * @facts: what to write
 * @out: where to; the format is private to this program and this run
 */
void unit_facts_serialize(const struct unit_facts *facts, struct strbuf *out);

/**
 * unit_facts_deserialize() - the other way
 * @facts: initialised or cleared; filled
 * @data: what unit_facts_serialize() wrote
 * @len: bytes
 *
 * Return: 0, or -EBADMSG when the bytes are cut or make no sense.
 */
int unit_facts_deserialize(struct unit_facts *facts, const char *data,
			   size_t len) __must_check;

#endif
