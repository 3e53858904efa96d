// SPDX-License-Identifier: GPL-2.0-only
/* The container of facts: symbols, content hash, and the bytes on the wire. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/facts.h"

static uint32_t str(struct unit_facts *f, const char *s)
{
	return interner_addstr(&f->strings, s);
}

#define PUSH(f, name, ...)                                                     \
	do {                                                                   \
		ALLOC_GROW((f)->name, (f)->nr_##name + 1, (f)->alloc_##name);  \
		memset(&(f)->name[(f)->nr_##name], 0, sizeof(*(f)->name));     \
		(f)->name[(f)->nr_##name] =                                    \
			(__typeof__(*(f)->name)){ __VA_ARGS__ };               \
		(f)->nr_##name++;                                              \
	} while (0)

/* One body with a fact of every kind in it. */
static void fill(struct unit_facts *f)
{
	uint32_t h = str(f, "include/linux/foo.h");
	uint32_t fn = unit_facts_symbol(f, SYMBOL_FUNC, true, "foo_probe",
					"drivers/foo.c");
	uint32_t reg = unit_facts_symbol(f, SYMBOL_FUNC, false, "reg", "");
	uint32_t var = unit_facts_symbol(f, SYMBOL_VAR, false, "flag", "");
	uint32_t path = str(f, ">foo.bar");

	PUSH(f, defs, .symbol = fn, .file = h, .line = 7, .col = 1,
	     .attrs = ATTR_INIT, .type = 0);
	PUSH(f, args, .pos = 1, .value = { VALUE_PARAM, 1, 0, path });
	PUSH(f, guards, .kind = GUARD_IF, .symbol = var, .line = 8);
	PUSH(f, calls, .caller = fn, .target = { VALUE_FUNC, 1, reg, 0 },
	     .file = h, .line = 9, .col = 2, .macro = str(f, "REG"),
	     .nr_args = 1, .nr_guards = 1, .result_ignored = true);
	PUSH(f, assigns, .func = fn, .kind = ASSIGN_STORE,
	     .lhs = { VALUE_LOCAL, 0, str(f, "x"), path },
	     .rhs = { VALUE_GLOBAL, 1, var, 0 }, .slot = str(f, "foo.bar"),
	     .index = FACT_NONE, .file = h, .line = 10, .col = 3);
	PUSH(f, fields, .record = str(f, "foo"), .name = str(f, "bar"),
	     .kind = FIELD_POINTER, .type = str(f, "bus"));
	PUSH(f, bodies, .file = h, .is_header = true, .nr_defs = 1,
	     .nr_calls = 1, .nr_assigns = 1, .nr_fields = 1);
	PUSH(f, deps, .file = h, .hash = 42);
	f->bodies[0].hash = unit_facts_hash_body(f, &f->bodies[0]);
}

static void test_symbol(void **state)
{
	static const struct {
		const char *name;
		enum symbol_kind kind;
		bool is_static;
		const char *sym, *file;
		uint32_t expected;
	} table[] = {
		{ "first", SYMBOL_FUNC, false, "f", "", 0 },
		{ "again", SYMBOL_FUNC, false, "f", "", 0 },
		{ "file of an external one", SYMBOL_FUNC, false, "f", "a.c",
		  0 },
		{ "static", SYMBOL_FUNC, true, "f", "a.c", 1 },
		{ "static elsewhere", SYMBOL_FUNC, true, "f", "b.c", 2 },
		{ "variable", SYMBOL_VAR, false, "f", "", 3 },
		{ "static variable", SYMBOL_VAR, true, "f", "a.c", 4 },
		{ "static again", SYMBOL_FUNC, true, "f", "a.c", 1 },
		{ "name is a known file", SYMBOL_FUNC, true, "a.c", "f", 5 },
	};
	struct unit_facts f;
	size_t i;

	(void)state;
	unit_facts_init(&f);
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		uint32_t nr = unit_facts_symbol(&f, table[i].kind,
						table[i].is_static,
						table[i].sym, table[i].file);

		if (nr != table[i].expected)
			fail_msg("%s: %u, expected %u", table[i].name, nr,
				 table[i].expected);
	}
	assert_int_equal(f.nr_symbols, 6);
	assert_string_equal(interner_get(&f.strings, f.symbols[2].file), "b.c");
	unit_facts_clear(&f);
	assert_int_equal(unit_facts_symbol(&f, SYMBOL_VAR, false, "g", ""), 0);
	unit_facts_release(&f);
}

/* Strings handed in may be the interner's own, and it moves as it grows. */
static void test_symbol_own_strings(void **state)
{
	struct unit_facts f;
	uint32_t file, i, nr;

	(void)state;
	unit_facts_init(&f);
	file = str(&f, "drivers/base/a-long-enough-name.c");
	for (i = 0; i < 3000; i++) {
		char *name = xasprintf("a_function_with_number_%u", i);

		nr = unit_facts_symbol(&f, SYMBOL_FUNC, true, name,
				       interner_get(&f.strings, file));
		assert_int_equal(f.symbols[nr].file, file);
		free(name);
	}
	assert_int_equal(f.nr_symbols, 3000);
	unit_facts_release(&f);
}

/* Other numbers, same names: same hash. */
static void test_hash_is_of_names(void **state)
{
	struct unit_facts a, b;

	(void)state;
	unit_facts_init(&a);
	unit_facts_init(&b);
	fill(&a);
	str(&b, "something else");
	unit_facts_symbol(&b, SYMBOL_FUNC, false, "other", "");
	fill(&b);
	assert_int_not_equal(a.bodies[0].file, b.bodies[0].file);
	assert_true(a.bodies[0].hash == b.bodies[0].hash);
	unit_facts_release(&a);
	unit_facts_release(&b);
}

static void ch_body_file(struct unit_facts *f)
{
	f->bodies[0].file = str(f, "other.h");
}
static void ch_def_line(struct unit_facts *f)
{
	f->defs[0].line++;
}
static void ch_def_attrs(struct unit_facts *f)
{
	f->defs[0].attrs = 0;
}
static void ch_symbol_file(struct unit_facts *f)
{
	f->symbols[0].file = str(f, "other.c");
}
static void ch_symbol_static(struct unit_facts *f)
{
	f->symbols[1].is_static = true;
}
static void ch_call_macro(struct unit_facts *f)
{
	f->calls[0].macro = 0;
}
static void ch_call_target(struct unit_facts *f)
{
	f->calls[0].target.base = 0;
}
static void ch_call_ignored(struct unit_facts *f)
{
	f->calls[0].result_ignored = false;
}
static void ch_arg_pos(struct unit_facts *f)
{
	f->args[0].pos = 2;
}
static void ch_arg_path(struct unit_facts *f)
{
	f->args[0].value.path = 0;
}
static void ch_guard_kind(struct unit_facts *f)
{
	f->guards[0].kind = GUARD_EARLY_EXIT;
}
static void ch_no_guard(struct unit_facts *f)
{
	f->calls[0].nr_guards = 0;
}
static void ch_assign_index(struct unit_facts *f)
{
	f->assigns[0].index = 3;
}
static void ch_assign_addr(struct unit_facts *f)
{
	f->assigns[0].rhs.addr = 0;
}
static void ch_assign_func(struct unit_facts *f)
{
	f->assigns[0].func = FACT_NONE;
}
static void ch_field_type(struct unit_facts *f)
{
	f->fields[0].type = 0;
}
static void ch_field_kind(struct unit_facts *f)
{
	f->fields[0].kind = FIELD_RECORD;
}

/* Every member counts. */
static void test_hash_sees_change(void **state)
{
	static const struct {
		const char *name;
		void (*change)(struct unit_facts *f);
	} table[] = {
		{ "file of the body", ch_body_file },
		{ "line of a definition", ch_def_line },
		{ "attributes", ch_def_attrs },
		{ "file of a static symbol", ch_symbol_file },
		{ "linkage", ch_symbol_static },
		{ "macro of a call", ch_call_macro },
		{ "callee", ch_call_target },
		{ "result ignored", ch_call_ignored },
		{ "position of an argument", ch_arg_pos },
		{ "path of an argument", ch_arg_path },
		{ "kind of a guard", ch_guard_kind },
		{ "a guard less", ch_no_guard },
		{ "array element", ch_assign_index },
		{ "address or value", ch_assign_addr },
		{ "file-scope initialiser", ch_assign_func },
		{ "type of a field", ch_field_type },
		{ "kind of a field", ch_field_kind },
	};
	struct unit_facts f;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		unit_facts_init(&f);
		fill(&f);
		table[i].change(&f);
		if (f.bodies[0].hash == unit_facts_hash_body(&f, &f.bodies[0]))
			fail_msg("%s: not seen", table[i].name);
		unit_facts_release(&f);
	}
}

static void test_round_trip(void **state)
{
	struct unit_facts a, b;
	struct strbuf wire = STRBUF_INIT, again = STRBUF_INIT;

	(void)state;
	unit_facts_init(&a);
	unit_facts_init(&b);
	fill(&a);
	a.status = UNIT_ERRORS;
	a.mode = PARSE_PREFIX;
	a.nr_errors = 3;
	a.detail = str(&a, "unknown type name 'u33'");
	a.cpu_us = 1ull << 40;
	unit_facts_serialize(&a, &wire);
	assert_int_equal(unit_facts_deserialize(&b, wire.buf, wire.len), 0);
	assert_int_equal(b.status, UNIT_ERRORS);
	assert_int_equal(b.mode, PARSE_PREFIX);
	assert_int_equal(b.nr_errors, 3);
	assert_true(b.cpu_us == 1ull << 40);
	assert_string_equal(interner_get(&b.strings, b.detail),
			    "unknown type name 'u33'");
	assert_true(unit_facts_hash_body(&b, &b.bodies[0]) == a.bodies[0].hash);
	unit_facts_serialize(&b, &again);
	assert_int_equal(again.len, wire.len);
	assert_memory_equal(again.buf, wire.buf, wire.len);
	/* symbols that came over the wire are found, not doubled */
	assert_int_equal(unit_facts_symbol(&b, SYMBOL_FUNC, false, "reg", ""),
			 1);
	strbuf_release(&wire);
	strbuf_release(&again);
	unit_facts_release(&a);
	unit_facts_release(&b);
}

static void bad_status(struct unit_facts *f)
{
	f->status = UNIT_MISSING + 1;
}
static void bad_detail(struct unit_facts *f)
{
	f->detail = f->strings.nr;
}
static void bad_symbol_name(struct unit_facts *f)
{
	f->symbols[0].name = f->strings.nr;
}
static void bad_def_symbol(struct unit_facts *f)
{
	f->defs[0].symbol = f->nr_symbols;
}
static void bad_call_args(struct unit_facts *f)
{
	f->calls[0].first_arg = 1;
}
static void bad_call_guards(struct unit_facts *f)
{
	f->calls[0].first_guard = UINT32_MAX;
}
static void bad_call_target(struct unit_facts *f)
{
	f->calls[0].target.base = f->nr_symbols;
}
static void bad_value_kind(struct unit_facts *f)
{
	f->args[0].value.kind = VALUE_INT + 1;
}
static void bad_local(struct unit_facts *f)
{
	f->assigns[0].lhs.base = f->strings.nr;
}
static void bad_assign_func(struct unit_facts *f)
{
	f->assigns[0].func = f->nr_symbols;
}
static void bad_guard_symbol(struct unit_facts *f)
{
	f->guards[0].symbol = FACT_NONE;
}
static void bad_field_kind(struct unit_facts *f)
{
	f->fields[0].kind = FIELD_FUNC + 1;
}
static void bad_body_range(struct unit_facts *f)
{
	f->bodies[0].nr_calls = 2;
}
static void bad_body_bool(struct unit_facts *f)
{
	memset(&f->bodies[0].is_header, 7, 1);
}
static void bad_dep(struct unit_facts *f)
{
	f->deps[0].file = f->strings.nr;
}

/* Numbers that name nothing are found wherever they stand. */
static void test_wire_nonsense(void **state)
{
	static const struct {
		const char *name;
		void (*spoil)(struct unit_facts *f);
	} table[] = {
		{ "status", bad_status },
		{ "detail", bad_detail },
		{ "name of a symbol", bad_symbol_name },
		{ "symbol of a definition", bad_def_symbol },
		{ "arguments of a call", bad_call_args },
		{ "guards of a call", bad_call_guards },
		{ "callee", bad_call_target },
		{ "kind of a value", bad_value_kind },
		{ "name of a local", bad_local },
		{ "function of an assignment", bad_assign_func },
		{ "symbol of a guard", bad_guard_symbol },
		{ "kind of a field", bad_field_kind },
		{ "range of a body", bad_body_range },
		{ "bool", bad_body_bool },
		{ "dependency", bad_dep },
	};
	struct strbuf wire = STRBUF_INIT;
	struct unit_facts f, g;
	size_t i;

	(void)state;
	unit_facts_init(&g);
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		unit_facts_init(&f);
		fill(&f);
		table[i].spoil(&f);
		strbuf_reset(&wire);
		unit_facts_serialize(&f, &wire);
		if (unit_facts_deserialize(&g, wire.buf, wire.len) != -EBADMSG)
			fail_msg("%s: not seen", table[i].name);
		if (g.nr_symbols || g.strings.nr != 1)
			fail_msg("%s: not cleared", table[i].name);
		unit_facts_release(&f);
	}
	unit_facts_release(&g);
	strbuf_release(&wire);
}

/* Cut anywhere, or with any one byte damaged: refused or at least harmless. */
static void test_wire_damage(void **state)
{
	struct strbuf wire = STRBUF_INIT;
	struct unit_facts f, g;
	size_t i;

	(void)state;
	unit_facts_init(&f);
	unit_facts_init(&g);
	fill(&f);
	unit_facts_serialize(&f, &wire);
	for (i = 0; i < wire.len; i++) {
		/* a copy of just that size, for the sanitizer to watch */
		char *cut = xmemdup(wire.buf, i);

		assert_int_equal(unit_facts_deserialize(&g, cut, i), -EBADMSG);
		free(cut);
	}
	for (i = 0; i < wire.len; i++) {
		wire.buf[i] ^= 0xff;
		if (!unit_facts_deserialize(&g, wire.buf, wire.len) &&
		    g.nr_bodies)
			unit_facts_hash_body(&g, &g.bodies[0]);
		wire.buf[i] ^= 0xff;
	}
	strbuf_addch(&wire, 'x');
	assert_int_equal(unit_facts_deserialize(&g, wire.buf, wire.len),
			 -EBADMSG);
	strbuf_release(&wire);
	unit_facts_release(&f);
	unit_facts_release(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_symbol),
		cmocka_unit_test(test_symbol_own_strings),
		cmocka_unit_test(test_hash_is_of_names),
		cmocka_unit_test(test_hash_sees_change),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_wire_nonsense),
		cmocka_unit_test(test_wire_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
