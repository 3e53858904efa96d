// SPDX-License-Identifier: GPL-2.0-only
/* Where values come from: calls through pointers, initialisers, stores. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "visit-rows.h"

static const struct row rows[] = {
	/* indirect calls */
	{ "no object",
	  "void f(struct drv *d) { g((struct drv *)0); use(on ? d : 0); }",
	  { "call f -> g(0=NULL) ignored",
	    "call f -> use(0=param0) ignored" } },
	{ "a number is an object",
	  "void f(void) { use((void *)1); }",
	  { "call f -> use() ignored" } },
	{ "through a field",
	  "int f(struct drv *d) { return d->probe(d); }",
	  { "call f -> param0>drv.probe(0=param0)" } },
	{ "through a dereferenced field",
	  "int f(struct drv *d) { return (*d->probe)(d); }",
	  { "call f -> param0>drv.probe(0=param0)" } },
	{ "through a nameless struct's field",
	  "int f(struct drv *d) { return d->ops.add(d); }",
	  { "call f -> param0>drv.ops|drv::.add(0=param0)" } },
	{ "through an anonymous union's field",
	  "int f(struct drv *d) { return d->alt(d); }",
	  { "call f -> param0>drv.alt(0=param0)" } },
	{ "through a local of two values",
	  "int f(void *p) { int (*fn)(void *) = on ? a_probe : b_probe; return "
	  "fn(p); }",
	  { "set f fn = &a_probe", "set f fn = &b_probe",
	    "call f -> fn(0=param0)" } },
	{ "through a local set under conditions",
	  "int f(void *p) { int (*fn)(void *) = 0; if (on) fn = a_probe; else "
	  "fn = b_probe; return fn ? fn(p) : 0; }",
	  { "set f fn = &a_probe", "set f fn = &b_probe",
	    "call f -> fn(0=param0)" } },
	{ "through ?:",
	  "int f(void *p) { return (on ? a_probe : b_probe)(p); }",
	  { "call f -> a_probe(0=param0)", "call f -> b_probe(0=param0)" } },
	{ "through a table",
	  "static int (*const t[])(void *) = { a_probe, b_probe };\nint f(void "
	  "*p, int i) { return t[i](p); }",
	  { "set - t[] = &a_probe index=0", "set - t[] = &b_probe index=1",
	    "call f -> t[](0=param0)" } },
	{ "through a table in the function",
	  "int f(void *p, int i) { static int (*const t[])(void *) = { [1] = "
	  "a_probe }; return (*t[i])(p); }",
	  { "set f f.t[] = &a_probe index=1", "call f -> f.t[](0=param0)" } },
	{ "through a table that is looped over",
	  "static int (*const t[])(void *) = { a_probe };\nint f(void *p) { "
	  "int (*const *e)(void *); for (e = t; e < t + 1; e++) (*e)(p); "
	  "return 0; }",
	  { "set f e = &t", "call f -> e*(0=param0) ignored" } },
	{ "through a table of structs",
	  "static struct drv t[] = { { a_probe } };\nint f(void *p, int i) { "
	  "return t[i].probe(p); }",
	  { "set - t[]|drv.probe = &a_probe slot=drv.probe index=0",
	    "call f -> t[]|drv.probe(0=param0)" } },
	{ "through an element of a table",
	  "static struct drv t[] = { { a_probe } };\nint f(void *p) { struct "
	  "drv *d; for (d = t; d < &t[1]; d++) d->probe(p); return 0; }",
	  { "set f d = &t", "call f -> d>drv.probe(0=param0) ignored" } },
	{ "through a pointer to a pointer",
	  "int f(int (**fn)(void *)) { return (*fn)(0); }",
	  { "call f -> param0*(0=NULL)" } },
	{ "through a typedef",
	  "typedef int (*fn_t)(void *); int f(fn_t fn) { fn_t h = fn; return "
	  "(**h)(0); }",
	  { "set f h = param0", "call f -> h(0=NULL)" } },
	{ "a pointer handed on",
	  "int f(int (*cb)(void *)) { return use(cb) + use(*cb); }",
	  { "call f -> use(0=param0)" } },
	{ "a field's pointer handed on",
	  "int f(struct drv *d) { return use(d->probe); }",
	  { "call f -> use(0=param0>drv.probe)" } },
	{ "through a pointer to a field",
	  "void f(struct drv *d) { int (**p)(void *) = &d->probe; *p = "
	  "a_probe; (*p)(d); }",
	  { "set f param0>drv.probe = &a_probe slot=drv.probe",
	    "call f -> p*(0=param0) ignored" } },
	{ "through a pointer to a variable's field",
	  "static struct drv two; void f(void) { int (**p)(void *); p = "
	  "&two.core.probe; *p = a_probe; }",
	  { "set f two|drv.core|core.probe = &a_probe slot=core.probe" } },
	{ "through the field of a call's result",
	  "struct drv *get(int n); int f(void) { return get(1)->probe(0); }",
	  { "call f -> get()>drv.probe(0=NULL)", "call f -> get(0=1)" } },
	{ "through the field of a cast",
	  "int f(void *p) { return ((struct drv *)p)->probe(p); }",
	  { "call f -> param0>drv.probe(0=param0)" } },
	{ "through the field of a number",
	  "int f(long n) { return ((struct drv *)n)->probe(0) + (*(struct drv "
	  "**)n)->core.probe(0); }",
	  { "call f -> param0>drv.probe(0=NULL)",
	    "call f -> param0*>drv.core|core.probe(0=NULL)" } },
	{ "through the field of an element",
	  "struct drv *t[2]; int f(int i) { return t[i]->probe(0); }",
	  { "call f -> t[]>drv.probe(0=NULL)" } },
	{ "through the field of ?:",
	  "static struct drv two; int f(void) { return (on ? &one : "
	  "&two)->probe(0); }",
	  { "call f -> one|drv.probe(0=NULL)",
	    "call f -> two|drv.probe(0=NULL)" } },

	/* container_of() */
	{ "the object around a field",
	  "#define container_of(p, t, m) ({ void *mptr = (void *)(p); ((t "
	  "*)(mptr - __builtin_offsetof(t, m))); })\nint f(struct core *c) { "
	  "struct drv *d = container_of(c, struct drv, core); return g(d); }",
	  { "set f d = &param0<drv.core", "call f -> g(0=d)" } },
	{ "the object around what is known",
	  "#define container_of(p, t, m) ({ void *mptr = (void *)(p); ((t "
	  "*)(mptr - __builtin_offsetof(t, m))); })\nvoid f(struct state *s) { "
	  "g(container_of(&s->own.core, struct drv, core)); "
	  "g(container_of(&one.core, struct drv, core)); "
	  "use(container_of(&s->own, struct state, own)); }",
	  { "call f -> g(0=&param0>state.own) ignored",
	    "call f -> g(0=&one) ignored",
	    "call f -> use(0=param0) ignored" } },
	{ "the object around a field of a field",
	  "#define container_of(p, t, m) ({ void *mptr = (void *)(p); ((t "
	  "*)(mptr - __builtin_offsetof(t, m))); })\nint f(struct core *c) { "
	  "return use(container_of(c, struct state, own.core)); }",
	  { "call f -> use(0=&param0<drv.core<state.own)" } },
	{ "the object around something else",
	  "#define container_of(p, t, m) ({ void *mptr = (void *)(p); ((t "
	  "*)(mptr - __builtin_offsetof(t, m))); })\nint f(struct drv *d) { "
	  "return use(container_of(&d->probe, struct drv, core)); }",
	  { "call f -> use(0=&?<drv.core)" } },
	{ "a call of the object around a field",
	  "#define container_of(p, t, m) ({ void *mptr = (void *)(p); ((t "
	  "*)(mptr - __builtin_offsetof(t, m))); })\nint f(struct core *c) { "
	  "return container_of(c, struct drv, core)->probe(c); }",
	  { "call f -> param0<drv.core|drv.probe(0=param0)" } },
	{ "a store into the object around a field",
	  "#define container_of(p, t, m) ({ void *mptr = (void *)(p); ((t "
	  "*)(mptr - __builtin_offsetof(t, m))); })\nvoid f(struct core *c) { "
	  "container_of(c, struct drv, core)->probe = a_probe; }",
	  { "set f param0<drv.core|drv.probe = &a_probe slot=drv.probe" } },
	{ "an array's element has no object around it",
	  "#define container_of(p, t, m) ({ void *mptr = (void *)(p); ((t "
	  "*)(mptr - __builtin_offsetof(t, m))); })\nint f(struct state *s, "
	  "void *p) { return use(p - 8) + use(container_of(p, struct state, "
	  "own)); }",
	  { "call f -> use()", "call f -> use(0=&param1<state.own)" } },

	/* parameters and locals */
	{ "through a parameter",
	  "int f(int (*cb)(void *)) { return cb(0); }",
	  { "call f -> param0(0=NULL)" } },
	{ "two locals of one name",
	  "int f(void) { { struct drv *d = &one; g(d); }\n"
	  "{ struct drv *d = alloc(); return g(d); } }",
	  { "set f d = &one", "set f d#2 = alloc()", "call f -> g(0=d#2)" } },
	{ "a cleanup attribute",
	  "static void end(int *n) { use(n); }\nvoid f(void) { int n "
	  "__attribute__((cleanup(end))) = 1; }",
	  { "call f -> end(0=&n) ignored", "def end static" } },
	{ "one brought in by a macro",
	  "void __free_x(void *p);\n"
	  "#define __free(n) __attribute__((__cleanup__(__free_##n)))\n#define "
	  "CLASS(n, var) void *var __free(n) = alloc()\nvoid f(void) { "
	  "CLASS(x, v); }\nvoid __free_x(void *p) { }",
	  { "call f -> __free_x(0=&v) ignored",
	    "call f -> alloc() macro=CLASS" } },
	{ "other attributes of a variable",
	  "void f(void) { int n __attribute__((unused)) = 1; g(&one); }",
	  { "call f -> g(0=&one) ignored" } },

	/* initialisers */
	{ "designated",
	  "static struct drv x = { .probe = a_probe };",
	  { "set - x|drv.probe = &a_probe slot=drv.probe" } },
	{ "designated, two fields deep",
	  "static struct drv x = { .core.probe = a_probe };",
	  { "set - x|drv.core|core.probe = &a_probe slot=core.probe" } },
	{ "designated, nested",
	  "static struct drv x = { .core = { .name = \"n\", .probe = a_probe } "
	  "};",
	  { "set - x|drv.core|core.name = &\"n\" slot=core.name",
	    "set - x|drv.core|core.probe = &a_probe slot=core.probe" } },
	{ "positional",
	  "static struct drv x = { a_probe, { b_probe, \"n\" } };",
	  { "set - x|drv.probe = &a_probe slot=drv.probe",
	    "set - x|drv.core|core.probe = &b_probe slot=core.probe",
	    "set - x|drv.core|core.name = &\"n\" slot=core.name" } },
	{ "positional without inner braces",
	  "static struct drv x = { a_probe, b_probe, \"n\" };",
	  { "set - x|drv.core|core.probe = &b_probe slot=core.probe",
	    "set - x|drv.core|core.name = &\"n\" slot=core.name" } },
	{ "positional behind designated",
	  "static struct core x = { .probe = a_probe, \"n\" };",
	  { "set - x|core.name = &\"n\" slot=core.name" } },
	{ "an array",
	  "static struct drv x[] = { { a_probe }, { b_probe } };",
	  { "set - x[]|drv.probe = &a_probe slot=drv.probe index=0",
	    "set - x[]|drv.probe = &b_probe slot=drv.probe index=1" } },
	{ "an array, designated",
	  "static struct drv x[] = { [2] = { a_probe }, { b_probe } };",
	  { "set - x[]|drv.probe = &a_probe slot=drv.probe index=2",
	    "set - x[]|drv.probe = &b_probe slot=drv.probe index=3" } },
	{ "a range of an array",
	  "static struct drv x[] = { [0 ... 3] = { a_probe } };",
	  { "set - x[]|drv.probe = &a_probe slot=drv.probe index=3" } },
	{ "an array's element and field",
	  "static struct drv x[] = { [1].probe = a_probe };",
	  { "set - x[]|drv.probe = &a_probe slot=drv.probe index=1" } },
	{ "an array of pointers",
	  "static struct drv *const x[] = { &one };",
	  { "set - x[] = &one index=0" } },
	{ "a nameless object",
	  "static struct drv *x = &(struct drv){ .probe = a_probe };",
	  { "set - x = &x.(drv)",
	    "def x.(drv) static type=drv",
	    "set - x.(drv)|drv.probe = &a_probe slot=drv.probe" } },
	{ "two nameless objects in one",
	  "struct drv *x[] = { &(struct drv){ .probe = a_probe }, "
	  "&(struct drv){ b_probe } };",
	  { "set - x[] = &x.(drv) index=0",
	    "set - x[] = &x.(drv)#2 index=1",
	    "set - x.(drv)|drv.probe = &a_probe slot=drv.probe",
	    "set - x.(drv)#2|drv.probe = &b_probe slot=drv.probe" } },
	{ "a nameless array that a pointer is set to",
	  "struct drv *x = (struct drv[]){ { .probe = a_probe } };",
	  { "set - x = &x.(drv)",
	    "def x.(drv) static type=drv array",
	    "set - x.(drv)[]|drv.probe = &a_probe slot=drv.probe index=0" } },
	{ "a nameless array of pointers",
	  "struct drv *const *x = (struct drv *const[]){ &one };",
	  { "set - x = &x.(drv)",
	    "set - x.(drv)[] = &one index=0" } },
	{ "a nameless array in a function",
	  "void f(void) { struct drv *x = (struct drv[]){ { a_probe } }; "
	  "use(x); }",
	  { "set f x = &(drv)",
	    "set f (drv)[]|drv.probe = &a_probe slot=drv.probe index=0" } },
	{ "a pointer in braces and a cast",
	  "static struct drv *x = (struct drv *){ &one };",
	  { "set - x = &one" } },
	{ "a string in braces",
	  "struct id { char type[8]; char name[64]; };\n"
	  "static struct id x = { .type = { \"foo\" } };",
	  { "set - x|id.type = &\"foo\" slot=id.type",
	    "!set - x|id.type[] = &\"foo\" index=0" } },
	{ "strings in braces by position",
	  "struct id { char type[8]; char name[64]; };\n"
	  "static struct id x[] = { { { \"foo\" }, \"bar\" }, { \"baz\" } };",
	  { "set - x[]|id.type = &\"foo\" slot=id.type index=0",
	    "set - x[]|id.name = &\"bar\" slot=id.name index=0",
	    "set - x[]|id.type = &\"baz\" slot=id.type index=1" } },
	{ "an anonymous union",
	  "static struct drv x = { .alt = a_probe };",
	  { "set - x|drv.alt = &a_probe slot=drv.alt" } },
	{ "a local object",
	  "void f(void) { struct drv x = { .probe = a_probe }; use(&x); }",
	  { "set f x|drv.probe = &a_probe slot=drv.probe",
	    "call f -> use(0=&x) ignored" } },
	{ "a static local",
	  "void f(void) { static struct drv x = { .probe = a_probe }; g(&x); }",
	  { "def f.x static type=drv",
	    "set f f.x|drv.probe = &a_probe slot=drv.probe",
	    "call f -> g(0=&f.x) ignored" } },

	/* stores */
	{ "a function into a field",
	  "void f(struct drv *d) { d->probe = a_probe; }",
	  { "set f param0>drv.probe = &a_probe slot=drv.probe" } },
	{ "an address into a field",
	  "static int bus; void f(struct drv *d) { d->core.bus = &bus; }",
	  { "set f param0>drv.core|core.bus = &bus slot=core.bus" } },
	{ "a parameter into a field",
	  "void f(struct drv *d, int (*p)(void *)) { d->probe = p; }",
	  { "set f param0>drv.probe = param1 slot=drv.probe" } },
	{ "a whole struct",
	  "void f(struct drv *d) { *d = (struct drv){ .probe = a_probe }; }",
	  { "set f param0>drv.probe = &a_probe slot=drv.probe" } },
	{ "a copy",
	  "void f(struct drv *d) { *d = one; }",
	  { "set f param0* = one" } },
	{ "arithmetic within an array",
	  "struct drv t[3]; void f(void) { use(t + 1); use(2 + t); use(&t[1] - "
	  "1); }",
	  { "call f -> use(0=&t[]) ignored", "!call f -> use() ignored" } },
	{ "arithmetic with a pointer",
	  "void f(struct drv *d, int n) { use(d + n); }",
	  { "call f -> use(0=&param0[]) ignored" } },
	{ "arithmetic behind one object",
	  "void f(struct drv *d) { use(&d->core + 1); use(&one + 1); }",
	  { "call f -> use() ignored", "!call f -> use(0=&one) ignored" } },
	{ "a comma is no arithmetic",
	  "void f(struct drv *d, int n) { use((n, d)); }",
	  { "call f -> use(0=param0) ignored" } },
	{ "arithmetic with bytes",
	  "void f(void *p, char *s) { use(p + 8); use(s + 1); }",
	  { "call f -> use() ignored", "!call f -> use(0=&param0[]) ignored",
	    "!call f -> use(0=&param1[]) ignored" } },
	{ "the difference of two pointers",
	  "int sub(long n); void f(struct drv *a, struct drv *b) { sub(a - b); "
	  "}",
	  { "call f -> sub() ignored" } },
	{ "a pointer that is stepped",
	  "struct drv t[3]; void f(void) { struct drv *d = t; g(d++); d += 1; "
	  "}",
	  { "set f d = &t", "call f -> g(0=d) ignored" } },
	{ "returned",
	  "struct drv *f(void) { return &one; }",
	  { "set f return = &one" } },
	{ "a store that nothing looks at",
	  "static struct drv two; void f(void) { struct drv *d; d = &one; "
	  "use(0); d = &two; g(d); }",
	  { "!set f d = &one", "set f d = &two" } },
	{ "one in a declaration",
	  "static struct drv two; void f(void) { struct drv *d = &one, *e; d = "
	  "&two; g(d); }",
	  { "set f d = &one", "set f d = &two" } },
	{ "one in a declaration of its own",
	  "static struct drv two; void f(void) { struct drv *d = &one; d = "
	  "&two; g(d); }",
	  { "!set f d = &one", "set f d = &two" } },
	{ "a store of NULL instead",
	  "static struct drv two; void f(void) { struct drv *d = &one; d = "
	  "(void *)0; g(d); }",
	  { "!set f d = &one" } },
	{ "three stores",
	  "static struct drv two; void f(void) { struct drv *d, *e; d = &one; "
	  "e = &one; d = &two; e = &two; d = alloc(); g(d); g(e); }",
	  { "!set f d = &one", "!set f d = &two", "!set f e = &one",
	    "set f e = &two", "set f d = alloc()" } },
	{ "a store with a use between",
	  "static struct drv two; void f(void) { struct drv *d; d = &one; "
	  "g(d); d = &two; }",
	  { "set f d = &one", "set f d = &two" } },
	{ "a store that reads the first",
	  "static struct drv two; void f(void) { struct drv *d; d = &one; d = "
	  "on ? d : &two; g(d); }",
	  { "set f d = &one", "set f d = &two" } },
	{ "a store under a condition",
	  "static struct drv two; void f(void) { struct drv *d; d = &one; if "
	  "(on) d = &two; g(d); }",
	  { "set f d = &one", "set f d = &two" } },
	{ "a store with a jump between",
	  "static struct drv two; void f(void) { struct drv *d; d = &one; if "
	  "(on) goto out; d = &two; out: g(d); }",
	  { "set f d = &one", "set f d = &two" } },
	{ "a store with a return between",
	  "static struct drv two; void f(void) { struct drv *d; d = &one; if "
	  "(on) return; d = &two; g(d); }",
	  { "!set f d = &one", "set f d = &two" } },
	{ "a store of a variable pointed to",
	  "static struct drv two; void f(void) { struct drv *d, **p = &d; d = "
	  "&one; use(*p); d = &two; }",
	  { "set f d = &one", "set f d = &two" } },
	{ "a store into what it points to",
	  "static struct drv two; void f(void) { struct drv *d; d = &one; "
	  "d->probe = a_probe; d = &two; g(d); }",
	  { "set f d = &one", "set f d = &two" } },
	{ "a store that another one stands in",
	  "static struct drv two; void f(struct drv *e) { struct drv *d; d = "
	  "({ e->probe = a_probe; &one; }); d = &two; g(d); }",
	  { "!set f d = &one", "set f d = &two",
	    "set f param0>drv.probe = &a_probe slot=drv.probe" } },
};

static void test_rows(void **state)
{
	check_rows(*state, rows, ARRAY_SIZE(rows));
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, visit_setup, visit_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
