/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the visitors: what they share while the cursors of one translation
 * unit are turned into facts. The only headers that name a clang type are this
 * one and its users in src/indexer.
 *
 *   visit.c          top-level declarations: functions, variables, records
 *   visit-stmt.c     statements: what is executed, under which conditions
 *   visit-guard.c    conditions on static variables
 *   visit-cond.c     conditions on parameters, of calls
 *   visit-case.c     those that the cases of a switch make
 *   visit-test.c     an expression -> what it tests
 *   visit-param.c    an expression -> the parameter that it is
 *   visit-flow.c     where control goes, and what is never run
 *   visit-store.c    stores to locals that nothing looks at
 *   visit-call.c     calls, assignments, returns
 *   visit-expr.c     what an expression is made of
 *   visit-value.c    an expression -> where its value comes from
 *   visit-literal.c  the same of a literal
 *   visit-path.c     access paths
 *   visit-init.c     initialisers
 *   visit-name.c     names: files, symbols, records, fields, locals
 */
#ifndef PROBEWALK_INDEXER_VISIT_H
#define PROBEWALK_INDEXER_VISIT_H

#include <clang-c/Index.h>

#include "indexer/facts.h"
#include "indexer/flags.h"

/* A CXString and its C string, so that none is leaked. */
struct cxstr {
	CXString cx;
	const char *s;
};

static inline struct cxstr cxstr_init(CXString cx)
{
	const char *s = clang_getCString(cx);

	return (struct cxstr){ cx, s ? s : "" };
}

static inline void cxstr_release(struct cxstr *str)
{
	clang_disposeString(str->cx);
}

/* A place in a file, as a reader would look for it. */
struct place {
	CXFile file;
	uint32_t path; /* string */
	uint32_t line, col;
	unsigned int offset; /* bytes from the start of the file */
};

/* A function that is another one's second name. */
struct alias {
	CXCursor fn;
	uint32_t target; /* string */
	uint32_t attrs; /* enum def_attr */
};

/* The call of a function that an attribute names. */
struct cleanup {
	uint32_t call;
	uint32_t name; /* string */
};

/* A condition in force, until it is known whether its parameter is changed. */
struct visit_cond {
	struct fact_cond cond;
	uint64_t decl, copy; /* keys of the parameter, of a local that is one */
	bool or_next;
	bool over; /* there is a way round the test */
};

/* The switch whose body is visited. */
struct switch_conds {
	uint32_t first; /* in conds: those within it begin here */
	bool at_case; /* the case being entered is one of the body itself */
	bool known; /* it decides by a parameter, which is: */
	uint32_t param;
	uint64_t decl, copy;
};

struct visit {
	struct unit_facts *facts;
	CXTranslationUnit tu;
	const char *tree, *objdir, *directory;
	const struct parse_args *args; /* of the unit, or NULL */
	uint32_t main_path; /* string: path of the main file */
	bool is_prefix; /* the unit is a prefix header: all it has is headers */

	struct u64map files; /* CXFile -> string + 1 */
	struct u64map symbols; /* canonical declaration -> symbol + 1 */
	struct u64map records; /* definition of a record -> string + 1 */
	struct u64map locals; /* declaration -> string + 1, of one function */
	struct u64map local_names; /* hash of a name -> uses in the function */
	struct u64map params; /* declaration -> index + 1, of one function */
	struct u64map noreturn; /* declaration -> 1: returns, 2: never does */
	struct strbuf scratch;

	/* text of the file last looked into, for the names of macros */
	CXFile text_file;
	const char *text;
	size_t text_len;

	uint32_t func; /* symbol being visited, or FACT_NONE */
	const char *func_name; /* its name, for static locals */
	/* variable at file scope being visited, or NULL: its compound literals
	 * are named after it */
	const char *owner_name;
	uint32_t owner_path; /* string: file it stands in */

	struct u64map written; /* static variables the function writes */
	struct fact_guard *guards; /* those in force, innermost last */
	uint32_t nr_guards;
	size_t alloc_guards;

	struct u64map changed; /* keys of parameters and locals of the function
				* that are stored to, or their address taken */
	struct visit_cond *conds; /* those in force, innermost last */
	uint32_t nr_conds;
	size_t alloc_conds;
	struct visit_cond *sources; /* of those of the function's calls */
	uint32_t nr_sources;
	size_t alloc_sources;
	struct switch_conds in_switch;

	struct alias *aliases; /* of the unit */
	uint32_t nr_aliases;
	size_t alloc_aliases;

	struct cleanup *cleanups; /* of the unit, until resolve_cleanups() */
	uint32_t nr_cleanups;
	size_t alloc_cleanups;

	/* children of cursors, a stack: see kids_of() */
	CXCursor *kids;
	uint32_t nr_kids;
	size_t alloc_kids;
};

/* The children of a cursor: indices into visit->kids, which may move. */
struct kids {
	uint32_t first, nr;
};

/* visit.c */
void visit_init(struct visit *v);
void visit_release(struct visit *v);
/* Everything the unit says, into v->facts. */
void visit_tu(struct visit *v);

/* visit-name.c */
/*
 * A cursor's first data pointer is the declaration it stands for (clang's
 * CXCursor.h), which makes a better key than clang_hashCursor()'s 32 bits. It
 * is used as a number only.
 */
static inline uint64_t decl_key(CXCursor decl)
{
	return (uint64_t)(uintptr_t)decl.data[0];
}

uint32_t name_add(struct visit *v, const char *s);
uint32_t name_of(struct visit *v, CXCursor cursor);
struct place place_of(struct visit *v, CXCursor cursor);
uint32_t path_of_file(struct visit *v, CXFile file);
/* Identifier that stands in the file at a place, or 0 for none. */
uint32_t identifier_at(struct visit *v, const struct place *place);
/* What stands between two expressions in the text, if both stand in a file. */
bool text_between(struct visit *v, CXCursor left, CXCursor right, char *buf,
		  size_t size);
/* The text from the start of one cursor to the start of another behind it. */
bool text_until(struct visit *v, CXCursor from, CXCursor to, char *buf,
		size_t size);
uint32_t symbol_of(struct visit *v, CXCursor decl);
bool is_static_storage(CXCursor var);
/* A declaration as clang prints it, with all its attributes. */
struct cxstr print_decl(CXCursor decl);
/*
 * A function that is known by its name only: the unit's own static one if there
 * is one by now; else an external one, or one of some header (see fact_symbol).
 */
uint32_t function_named(struct visit *v, uint32_t name, bool external);
/*
 * A function that a macro declares inside a function, with a pasted name: what
 * BUILD_BUG_ON() calls to make the compiler complain. It exists nowhere.
 */
bool is_compiler_aid(struct visit *v, CXCursor fn);
uint32_t local_of(struct visit *v, CXCursor var);
/* A compound literal of a function: an object as a local is, without a name. */
uint32_t literal_of(struct visit *v, CXCursor literal);
void variable_name(struct visit *v, CXCursor decl, struct strbuf *out);
uint32_t record_name(struct visit *v, CXCursor record);
/* Record that a type is, points to or is an array of; "" (0) for none. */
uint32_t type_record(struct visit *v, CXType type);
/* "rec.field" */
uint32_t field_name(struct visit *v, CXCursor field);

/* visit-expr.c */
struct kids kids_of(struct visit *v, CXCursor cursor);
void kids_drop(struct visit *v, struct kids kids);

static inline CXCursor kid(const struct visit *v, struct kids kids, uint32_t i)
{
	return v->kids[kids.first + i];
}

/* Constant value of an expression; false when it has none. */
bool const_int(CXCursor expr, long long *value);
bool is_array(CXType type);
bool is_function(CXType type);
/* A pointer, or what becomes one when it is used: an array, a function. */
bool is_pointer_like(CXType type);
/* __builtin_choose_expr() seen as a nameless expression of three. */
bool choose_expr(struct visit *v, CXCursor expr, CXCursor *chosen);
/* Through parentheses, casts and what else does not change the place. */
CXCursor strip(struct visit *v, CXCursor expr);

/* visit-literal.c */
/* A string that names something: its text; VALUE_NONE for any other. */
struct fact_value string_value(struct visit *v, CXCursor literal);
/* `(struct rec){ ... }` as a variable; VALUE_NONE when it has no fields. */
struct fact_value literal_value(struct visit *v, CXCursor literal);
/* What it is initialised with. */
void visit_literal(struct visit *v, CXCursor literal);

/* visit-value.c */
enum { MAX_VALUES = 16 };

/* What an expression may evaluate to: more than one for `c ? a : b`. */
struct values {
	struct fact_value v[MAX_VALUES];
	uint32_t nr;
};

void values_of(struct visit *v, CXCursor expr, struct values *out);
/* As values_of() for a place: the first alternative only. */
struct fact_value place_value(struct visit *v, CXCursor expr);

/* visit-path.c */
uint32_t path_append(struct visit *v, uint32_t path, char op, uint32_t field);
/* Slot of a path: "rec.field" of its last field step, or 0. */
uint32_t path_slot(struct visit *v, uint32_t path);
/*
 * The object around the field that @ptr points to. Around `&obj.field` it is
 * obj, and around `&p->field` what p points to.
 */
struct fact_value path_container(struct visit *v, struct fact_value ptr,
				 uint32_t field);

/* visit-stmt.c */
void visit_stmt(struct visit *v, CXCursor stmt);

/* visit-guard.c */
/* Put every variable with static storage that @cond looks at in force. */
void push_guards(struct visit *v, CXCursor cond, enum guard_kind kind);
/* An earlier `if (flag) return;` guards what follows in the block. */
void push_early_exit(struct visit *v, CXCursor stmt);
/* `flag = 1`, `flag++`, `flag += 1`: the function writes it. */
void note_plain_assignment(struct visit *v, CXCursor expr);
void note_step(struct visit *v, CXCursor expr);
void note_first_written(struct visit *v, CXCursor expr);

/* visit-cond.c */
/* Put in force what @expr being @truth says of parameters. */
void push_cond(struct visit *v, CXCursor expr, bool truth);
/* What the left side of && and || says when the right side is run. */
void push_left_cond(struct visit *v, CXCursor left, CXCursor right);
/* What an if says that control only gets past in one way. */
void push_exit_cond(struct visit *v, CXCursor stmt);
/* From @from on they do not hold any more: control comes in another way. */
void end_conds(struct visit *v, uint32_t from);
void add_conds(struct visit *v, struct fact_call *fact);
/* Drop those on parameters that turned out to be changed. */
void keep_unchanged_conds(struct visit *v, uint32_t first_call);

/* visit-case.c */
void switch_begin(struct visit *v, CXCursor value, struct switch_conds *old);
void switch_end(struct visit *v, const struct switch_conds *old);
/*
 * @stmt begins, if it is a case, what is run for its values only; unless
 * control @falls_in from the one before. Returns whether it is a case.
 */
bool push_case(struct visit *v, struct kids block, CXCursor stmt,
	       bool falls_in);
/* A label or a case is entered, and then what is behind it. */
void enter_label(struct visit *v, CXCursor stmt, CXCursor behind);

/* visit-param.c */
/* @place is stored to, or its address is taken. */
void note_changed(struct visit *v, CXCursor place);
/* enum def_attr */
uint32_t changed_params(struct visit *v, CXCursor fn);
/* A constant from 0 to 2^31 - 1. */
bool small_const(struct visit *v, CXCursor expr, uint32_t *value);
/* An argument that is one of the caller's parameters, value unchanged. */
bool passed_param(struct visit *v, CXCursor arg, uint32_t *index);

/* visit-flow.c */
enum search_step { SEARCH_ON, SEARCH_SKIP, SEARCH_FOUND };

/* Ask @test about a cursor and all below it, until it is found. */
bool search(struct visit *v, CXCursor root,
	    enum search_step (*test)(struct visit *, CXCursor, void *),
	    void *data);
/* Can control get into @stmt but at its start? By a label, by a case. */
bool has_entry(struct visit *v, CXCursor stmt);
/* Does control never get past @stmt? */
bool ends_in_jump(struct visit *v, CXCursor stmt);
/* A for or while, @kids its children, whose condition is constant and false. */
bool body_never_runs(struct visit *v, CXCursor loop, struct kids kids);

struct case_label {
	bool is_default;
	bool known; /* first and last hold: `case 1 ... 3` */
	long long first, last;
};

/* What a switch decides by, as far as it is constant. */
struct switch_value {
	bool known;
	bool has_case; /* some case has it: default is not taken */
	long long value;
};

struct switch_value switch_value_of(struct visit *v, CXCursor cond,
				    CXCursor body);
/* Does the switch go to @stmt, a statement of its body? */
bool switch_enters(struct visit *v, const struct switch_value *sw,
		   CXCursor stmt);

/* visit-store.c */
/* Statements of a block that do nothing but store to a local. */
struct local_stores {
	struct local_store *list;
	uint32_t nr;
	size_t alloc;
};

/*
 * Statement @at of a block was visited and added the assignments from @before
 * on. If it stores to a local, an earlier store to it that nothing can have
 * looked at is no fact any more.
 */
void note_local_store(struct visit *v, struct kids block, uint32_t at,
		      uint32_t before, struct local_stores *stores);

/* visit-call.c */
void visit_call(struct visit *v, CXCursor call, bool ignored);
void visit_binary(struct visit *v, CXCursor expr);
bool is_assignment(CXCursor expr, CXCursor lhs, CXCursor rhs);
void visit_return(struct visit *v, CXCursor stmt);
/* What __attribute__((cleanup(f))) of a local calls when its scope is left. */
void visit_cleanup(struct visit *v, CXCursor var);
void resolve_cleanups(struct visit *v);
void add_assign(struct visit *v, enum assign_kind kind, struct fact_value lhs,
		struct fact_value rhs, uint32_t index,
		const struct place *place);

/* visit-init.c */
void visit_var(struct visit *v, CXCursor var);
/* The definition of a variable, or of a literal that is one. */
void add_var_def(struct visit *v, CXCursor var, uint32_t symbol);
void visit_initialiser(struct visit *v, struct fact_value lhs, CXCursor init,
		       uint32_t index);

#endif
