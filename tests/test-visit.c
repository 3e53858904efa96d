// SPDX-License-Identifier: GPL-2.0-only
/*
 * Definitions, records, calls and their arguments. What is reached through a
 * pointer is test-visit-value.c's, what is executed test-visit-flow.c's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "visit-rows.h"

static const struct row rows[] = {
	/* definitions */
	{ "a function", "void f(void) { }", { "def f" } },
	{ "static",
	  "static void f(void) { } void h(void) { f(); }",
	  { "def f static" } },
	{ "__init",
	  "static int __init f(void) { return 0; }",
	  { "def f static init" } },
	{ "__exit", "static void __exit f(void) { }", { "def f static exit" } },
	{ "unused",
	  "static __attribute__((unused)) void f(void) { }",
	  { "def f static unused" } },
	{ "inline",
	  "static inline void f(void) { }",
	  { "def f static inline" } },
	{ "__init brought in by a macro",
	  "#define MOD(n) static int __init n##_init(void) { return 0; }\n"
	  "MOD(foo)",
	  { "def foo_init static init" } },
	{ "a struct variable",
	  "static struct drv x = { 0 };",
	  { "def x static type=drv" } },
	{ "an array of structs",
	  "struct drv x[3] = { 0 };",
	  { "def x type=drv array" } },
	{ "a name pasted by a macro",
	  "DEFINE(foo)",
	  { "def foo_probe static",
	    "call foo_probe -> use(0=param0) macro=DEFINE" } },
	{ "an alias",
	  "int t(int n, void *p) { return use(p); }\nint f(int n, void *p) "
	  "__attribute__((alias(\"t\")));",
	  { "def f", "call f -> t(0=param0 1=param1)",
	    "call t -> use(0=param1)" } },
	{ "a weak alias of a static function further down",
	  "extern int f(void *p) __attribute__((weak, alias(\"t\")));\nstatic "
	  "int t(void *p) { return use(p); }",
	  { "call f -> t(0=param0)", "def t static" } },
	{ "a call of an alias",
	  "int t(void *p) { return use(p); }\nint f(void *p) "
	  "__attribute__((alias(\"t\"))); int h(void) { return f(&one); }",
	  { "call h -> f(0=&one)", "call f -> t(0=param0)" } },

	/* calls */
	{ "a call as a statement",
	  "void f(void) { g(&one); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "a call whose result is used",
	  "int f(void) { return g(&one); }",
	  { "call f -> g(0=&one)" } },

	/* is the result ignored? */
	{ "a result cast to void",
	  "void f(void) { (void)g(&one); }",
	  { "call f -> g(0=&one) ignored", "!call f -> g(0=&one)" } },
	{ "a result in parentheses",
	  "void f(void) { (g(&one)); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "the left of a comma",
	  "int f(void) { return (g(&one), 0); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "the right of a comma that is used",
	  "int f(void) { return (use(&one), g(&one)); }",
	  { "call f -> g(0=&one)", "call f -> use(0=&one) ignored" } },
	{ "the right of a comma that is not",
	  "void f(void) { use(&one), g(&one); }",
	  { "call f -> g(0=&one) ignored", "call f -> use(0=&one) ignored" } },
	{ "a comma in a comment",
	  "void f(int n) { n = /* a, b */ g(&one); }",
	  { "call f -> g(0=&one)" } },
	{ "a conditional statement",
	  "void f(void) { on ? g(&one) : use(&one); }",
	  { "call f -> g(0=&one) ignored", "call f -> use(0=&one) ignored" } },
	{ "a conditional value",
	  "int f(void) { return on ? g(&one) : 0; }",
	  { "call f -> g(0=&one)" } },
	{ "the right of && as a statement",
	  "void f(void) { on && g(&one); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "in a condition",
	  "void f(void) { if (g(&one)) return; while (use(&one)) ; }",
	  { "call f -> g(0=&one)", "call f -> use(0=&one)" } },
	{ "the value of a statement expression",
	  "int f(void) { return ({ use(&one); g(&one); }); }",
	  { "call f -> g(0=&one)", "call f -> use(0=&one) ignored" } },
	{ "a statement expression as a statement",
	  "void f(void) { ({ g(&one); }); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "the steps of a for",
	  "void f(void) { for (use(&one); on; g(&one)) ; }",
	  { "call f -> g(0=&one) ignored", "call f -> use(0=&one) ignored" } },
	{ "negated",
	  "int f(void) { return !g(&one); }",
	  { "call f -> g(0=&one)" } },

	/* callees and arguments */
	{ "parentheses around the callee",
	  "int f(void) { return (g)(&one); }",
	  { "call f -> g(0=&one)" } },
	{ "the macro at the site",
	  "int f(void) { return WRAP(&one); }",
	  { "call f -> g(0=&one) macro=WRAP" } },
	{ "a call in a macro's argument is no macro's",
	  "#define ID(x) (x)\nint f(void) { return ID(g(&one)); }",
	  { "call f -> g(0=&one)" } },
	{ "a parameter handed on",
	  "int f(int n, struct drv *d) { return g(d); }",
	  { "call f -> g(0=param1)" } },
	{ "a field of what a parameter points to",
	  "int f(struct state *s) { return g(s->ptr); }",
	  { "call f -> g(0=param0>state.ptr)" } },
	{ "the address of a field",
	  "int f(struct state *s) { return use(&s->own.core); }",
	  { "call f -> use(0=&param0>state.own|drv.core)" } },
	{ "a local",
	  "int f(void) { struct drv *d = &one; return g(d); }",
	  { "set f d = &one", "call f -> g(0=d)" } },
	{ "an element",
	  "struct drv t[2]; int f(int i) { return g(&t[i]); }",
	  { "call f -> g(0=&t[])" } },
	{ "through a pointer by index",
	  "int f(struct drv **t, int i) { return g(t[i]); }",
	  { "call f -> g(0=param0[])" } },
	{ "what a function returns",
	  "int f(void) { return g(alloc()); }",
	  { "call f -> g(0=alloc())" } },
	{ "both sides of ?:",
	  "static struct drv two; int f(int c) { return g(c ? &one : &two); }",
	  { "call f -> g(0=&one 0=&two)" } },
	{ "a cast",
	  "int f(void *p) { return g((struct drv *)p); }",
	  { "call f -> g(0=param0)" } },
	{ "a statement expression",
	  "int f(void) { return g(({ struct drv *d = &one; d; })); }",
	  { "call f -> g(0=d)" } },
	{ "a function as an argument",
	  "int f(void) { return use(a_probe); }",
	  { "call f -> use(0=&a_probe)" } },

	/* names of devices and drivers */
	{ "a name is kept of what a variadic function gets",
	  "int name(void *p, const char *fmt, ...);\nvoid f(void *p) { name(p, "
	  "\"foo.0\"); name(p, \"foo%d\", 1); printk(\"two words\"); "
	  "printk(\"end\\n\"); }",
	  { "call f -> name(0=param0 1=&\"foo.0\") ignored",
	    "call f -> name(0=param0) ignored", "call f -> printk() ignored",
	    "!call f -> printk(0=&\"two words\") ignored" } },
	{ "a name as an argument",
	  "void *add(const char *name, int id); void f(void) { add(\"foo\", "
	  "-1); }",
	  { "call f -> add(0=&\"foo\") ignored" } },
	{ "a name copied into a field",
	  "struct id { char name[20]; }; long copy(char *to, const char *from, "
	  "long n);\nvoid f(struct id *i) { copy(i->name, \"foo\", 20); }",
	  { "call f -> copy(0=&param0>id.name 1=&\"foo\" 2=20) ignored" } },
	{ "names in a table",
	  "struct id { char name[20], compatible[40]; void *data; };\nstatic "
	  "const struct id t[] = { { .compatible = \"a,b\", .data = &one }, { "
	  "\"foo\" }, { } };",
	  { "set - t[]|id.compatible = &\"a,b\" slot=id.compatible index=0",
	    "set - t[]|id.data = &one slot=id.data index=0",
	    "set - t[]|id.name = &\"foo\" slot=id.name index=1" } },
	{ "names in a table by a macro",
	  "struct id { char type[20]; int addr; };\n#define INFO(n, a) .type = "
	  "n, .addr = (a)\nstatic struct id t[] = { { INFO(\"foo\", 0x48) } };",
	  { "set - t[]|id.type = &\"foo\" slot=id.type index=0" } },
	{ "a name in a local",
	  "struct id { char type[20]; int addr; }; void *add(struct id *i);\n"
	  "void f(void) { struct id i = { .type = \"foo\" }; add(&i); }",
	  { "set f i|id.type = &\"foo\" slot=id.type",
	    "call f -> add(0=&i) ignored" } },
	{ "a name in a compound literal",
	  "struct id { char type[20]; int addr; }; void *add(struct id *i);\n"
	  "void f(void) { add(&(struct id){ .type = \"foo\" }); add(&(struct "
	  "id){ \"bar\", 1 }); }",
	  { "set f (id)|id.type = &\"foo\" slot=id.type",
	    "call f -> add(0=&(id)) ignored",
	    "set f (id)#2|id.type = &\"bar\" slot=id.type",
	    "call f -> add(0=&(id)#2) ignored" } },
	{ "a pointer to a compound literal",
	  "void f(void) { struct drv *d = &(struct drv){ .probe = a_probe }; "
	  "use(d); }",
	  { "set f d = &(drv)",
	    "set f (drv)|drv.probe = &a_probe slot=drv.probe" } },
	{ "an array as a compound literal",
	  "void f(void) { use((struct drv[]){ { .probe = a_probe } }); }",
	  { "set f (drv)[]|drv.probe = &a_probe slot=drv.probe index=0",
	    "call f -> use(0=&(drv)) ignored" } },
	{ "a table of names",
	  "static const char *const t[] = { \"foo\", \"bar\" };",
	  { "set - t[] = &\"foo\" index=0", "set - t[] = &\"bar\" index=1" } },
	{ "a name stored",
	  "void f(struct drv *d) { d->core.name = \"foo\"; }",
	  { "set f param0>drv.core|core.name = &\"foo\" slot=core.name" } },

	/* records */
	{ "fields",
	  "struct box { struct drv d; struct drv *p; int (*f)(void);\n"
	  "int n; };",
	  { "field box.d record drv", "field box.p pointer drv",
	    "field box.f func", "!field box.n" } },
};

static void test_rows(void **state)
{
	check_rows(*state, rows, ARRAY_SIZE(rows));
}

/* A record of the main file is this file's own; a header's is not. */
static void test_local_records(void **state)
{
	struct fixture *fx = *state;

	parse(fx, "struct mine { int (*cb)(void); };\n"
		  "int f(struct mine *m) { return m->cb(); }");
	assert_true(interner_find(&fx->facts.strings, "mine@main.c.cb") !=
		    UINT32_MAX);
}

/* A header that only declares a record makes it one for all its readers. */
static void test_declared_records(void **state)
{
	struct fixture *fx = *state;
	char *header = xasprintf("%s/declares.h", fx->dir);
	FILE *f = fopen(header, "w");

	assert_non_null(f);
	fputs("struct opaque; struct user { struct opaque *p; };\n", f);
	assert_int_equal(fclose(f), 0);
	parse(fx, "#include \"declares.h\"\n"
		  "struct opaque { int (*cb)(void); };\n"
		  "int f(struct user *u) { return u->p->cb(); }");
	assert_int_equal(fx->facts.status, UNIT_OK);
	assert_true(interner_find(&fx->facts.strings, "opaque.cb") !=
		    UINT32_MAX);
	unlink(header);
	free(header);
}

static void test_errors(void **state)
{
	struct fixture *fx = *state;

	parse(fx, "int f(void) { return g(&one); }\nu33 x;");
	assert_int_equal(fx->facts.status, UNIT_ERRORS);
	assert_int_equal(fx->facts.nr_errors, 1);
	assert_non_null(
		strstr(interner_get(&fx->facts.strings, fx->facts.detail),
		       "unknown type name 'u33'"));
	/* what could be read is there */
	assert_int_equal(fx->facts.nr_calls, 1);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, visit_setup, visit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rows),
		TEST(test_local_records),
		TEST(test_declared_records),
		TEST(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
