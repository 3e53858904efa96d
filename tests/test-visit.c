// SPDX-License-Identifier: GPL-2.0-only
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
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/unit.h"

#define PRELUDE                                                                \
	"#define __init __attribute__((__section__(\".init.text\")))\n"        \
	"#define __exit __attribute__((__section__(\".exit.text\")))\n"        \
	"#define WRAP(x) g(x)\n"                                               \
	"#define DEFINE(n) static int n##_probe(void *p) { return use(p); }\n" \
	"struct core { int (*probe)(void *); const char *name; void *bus; "    \
	"};\n"                                                                 \
	"struct drv { int (*probe)(void *); struct core core;\n"               \
	"	struct { int (*add)(void *); } ops; union { int (*alt)(void "        \
	"*); }; };\n"                                                          \
	"struct state { struct drv *ptr; struct drv own; };\n"                 \
	"int g(struct drv *d); int use(void *p); void *alloc(void);\n"         \
	"int a_probe(void *p); int b_probe(void *p); extern int on;\n"         \
	"static struct drv one; int printk(const char *fmt, ...);\n"

struct row {
	const char *name;
	const char *source;
	const char *facts[6];
};

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
	  { "def f", "call f -> t(1=param1)", "call t -> use(0=param1)" } },
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
	  { "call f -> copy(0=&param0>id.name 1=&\"foo\") ignored" } },
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
	  { "call f -> get()>drv.probe(0=NULL)", "call f -> get()" } },
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

	/* what is no fact */
	{ "sizeof",
	  "int f(void) { return sizeof(g(&one)); }",
	  { "!call f -> g(0=&one)" } },
	{ "typeof",
	  "int f(void) { __typeof__(g(&one)) x = 0; return x; }",
	  { "!call f -> g(0=&one)" } },
	{ "typeof in a cast",
	  "int f(long n) { return (__typeof__(g(&one)))n; }",
	  { "!call f -> g(0=&one)" } },
	{ "_Alignof",
	  "int f(void) { return _Alignof(__typeof__(g(&one))); }",
	  { "!call f -> g(0=&one)" } },
	{ "__builtin_constant_p",
	  "int f(void) { return __builtin_constant_p(g(&one)); }",
	  { "!call f -> g(0=&one)" } },
	{ "the controlling expression of _Generic",
	  "int f(void) { return _Generic(g(&one), int: 1, default: 2); }",
	  { "!call f -> g(0=&one)" } },
	{ "the choice of _Generic",
	  "int f(int n) { return _Generic(n, int: g(&one), default: 2); }",
	  { "call f -> g(0=&one)" } },
	{ "the default of _Generic",
	  "int f(void *p) { return _Generic(p, int: 0, default: g(&one)); }",
	  { "call f -> g(0=&one)" } },
	{ "behind an if and else that both return",
	  "int f(void) { if (on) return 0; else return 1; return g(&one); }",
	  { "!call f -> g(0=&one)" } },
	{ "__builtin_choose_expr",
	  "int f(void) { return __builtin_choose_expr(1, use(&one), g(&one)); "
	  "}",
	  { "call f -> use(0=&one)", "!call f -> g(0=&one)" } },
	{ "if (0)",
	  "void f(void) { if (0) g(&one); }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "the else of if (1)",
	  "void f(void) { if (1) use(0); else g(&one); }",
	  { "call f -> use(0=NULL) ignored", "!call f -> g(0=&one) ignored" } },
	{ "a label in if (0)",
	  "void f(int n) { if (n) goto in; if (0) { in: g(&one); } }",
	  { "call f -> g(0=&one) ignored" } },
	{ "0 &&",
	  "int f(void) { return 0 && g(&one); }",
	  { "!call f -> g(0=&one)" } },
	{ "1 ||",
	  "int f(void) { return 1 || g(&one); }",
	  { "!call f -> g(0=&one)" } },
	{ "on &&",
	  "int f(void) { return on && g(&one); }",
	  { "call f -> g(0=&one)" } },
	{ "the comma runs both",
	  "int f(void) { return g(&one), 0; }",
	  { "call f -> g(0=&one) ignored" } },
	{ "while (0)",
	  "void f(void) { while (0) g(&one); }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "do while (0)",
	  "void f(void) { do { g(&one); } while (0); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "behind return",
	  "int f(void) { return 0; g(&one); }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "behind return and a label",
	  "int f(int n) { if (n) goto out; return 0; out: return g(&one); }",
	  { "call f -> g(0=&one)" } },
	{ "behind if (1) return",
	  "int f(void) { if (!0) return 0; return g(&one); }",
	  { "!call f -> g(0=&one)" } },
	{ "behind if (on) return",
	  "int f(void) { if (on) return 0; return g(&one); }",
	  { "call f -> g(0=&one)" } },
	{ "behind a function that does not return",
	  "void die(void) __attribute__((noreturn)); void f(void) { die(); "
	  "g(&one); }",
	  { "!call f -> g(0=&one) ignored", "call f -> die() ignored" } },
	{ "behind one that is handed what does not return",
	  "void run(void (*die)(void) __attribute__((noreturn)));\nvoid "
	  "f(void) { run(0); g(&one); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "behind a macro that traps",
	  "#define BUG() do { __builtin_trap(); } while (0)\nvoid f(void) { "
	  "BUG(); g(&one); }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "behind if (on) trap",
	  "void f(void) { if (on) __builtin_unreachable(); g(&one); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "behind do return while (0)",
	  "void f(void) { do { return; } while (0); g(&one); }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "behind do while (0) with a break",
	  "void f(void) { do { if (on) break; return; } while (0); g(&one); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "behind do while (0) with continue",
	  "void f(void) { do { if (on) continue; return; } while (0); g(&one); "
	  "}",
	  { "call f -> g(0=&one) ignored" } },
	{ "behind a return in a block and more",
	  "void f(void) { { return; use(0); } g(&one); }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "behind for (;;)",
	  "void f(void) { for (;;) use(0); g(&one); }",
	  { "!call f -> g(0=&one) ignored", "call f -> use(0=NULL) ignored" } },
	{ "behind for (;;) with a break",
	  "void f(void) { for (;;) if (on) break; g(&one); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "behind for (;;) with another loop's break",
	  "void f(void) { for (;;) while (on) break; g(&one); }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "behind for (;;) and a label",
	  "void f(void) { for (;;) if (on) goto out; out: g(&one); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "behind for without a condition",
	  "void f(void) { int i; for (i = 0;; i++) use(0); g(&one); }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "behind for with a condition only",
	  "void f(void) { for (; on;) use(0); g(&one); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "behind for without a step",
	  "void f(void) { for (int i = 0; i < on;) use(0); g(&one); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "behind while (1)",
	  "void f(void) { while (1) use(0); g(&one); }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "behind do while (1)",
	  "void f(void) { do use(0); while (1); g(&one); }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "for (; 0;)",
	  "void f(void) { for (; 0;) g(&one); }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "for (i = 0; 0; i++)",
	  "void f(void) { int i; for (i = 0; 0; i++) g(&one); }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "for (i = 0; i < on; i++)",
	  "void f(void) { int i; for (i = 0; i < on; i++) g(&one); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "for (; 0;) with a label",
	  "void f(void) { if (on) goto in; for (; 0;) { in: g(&one); } }",
	  { "call f -> g(0=&one) ignored" } },
	{ "before the first case",
	  "void f(void) { switch (on) { g(&one); case 1: use(0); } }",
	  { "!call f -> g(0=&one) ignored", "call f -> use(0=NULL) ignored" } },
	{ "a case that is not taken",
	  "void f(void) { switch (2) { case 1: g(&one); break; case 2: use(0); "
	  "} }",
	  { "!call f -> g(0=&one) ignored", "call f -> use(0=NULL) ignored" } },
	{ "a case that is fallen into",
	  "void f(void) { switch (1) { case 1: use(0); case 2: g(&one); } }",
	  { "call f -> g(0=&one) ignored" } },
	{ "a case among those not taken, with a label",
	  "void f(void) { switch (on) { case 1: goto in; } switch (2) { case "
	  "1: in: g(&one); } }",
	  { "call f -> g(0=&one) ignored" } },
	{ "a default that is not taken",
	  "void f(void) { switch (1) { default: g(&one); break; case 0 ... 2: "
	  "use(0); } }",
	  { "!call f -> g(0=&one) ignored", "call f -> use(0=NULL) ignored" } },
	{ "a default that is taken",
	  "void f(void) { switch (3) { case 0 ... 2: break; default: g(&one); "
	  "} }",
	  { "call f -> g(0=&one) ignored" } },
	{ "a case of several labels",
	  "void f(void) { switch (3) { case 2: case 3: case 4: g(&one); } }",
	  { "call f -> g(0=&one) ignored" } },
	{ "a case within a block of the switch",
	  "void f(void) { switch (2) { case 1: while (on) { case 2: g(&one); } "
	  "} }",
	  { "call f -> g(0=&one) ignored" } },
	{ "a switch by a variable",
	  "void f(void) { switch (on) { case 1: g(&one); } }",
	  { "call f -> g(0=&one) ignored" } },
	{ "behind a switch that always returns",
	  "int f(void) { switch (on) { case 1: return 1; default: return 0; } "
	  "return g(&one); }",
	  { "!call f -> g(0=&one)" } },
	{ "behind a switch that may not return",
	  "int f(void) { switch (on) { case 1: return 1; } return g(&one); }",
	  { "call f -> g(0=&one)" } },
	{ "behind a switch with a break",
	  "int f(void) { switch (on) { case 1: break; default: return 0; } "
	  "return g(&one); }",
	  { "call f -> g(0=&one)" } },
	{ "a dead switch's cases",
	  "void f(void) { return; switch (on) { case 1: g(&one); } }",
	  { "!call f -> g(0=&one) ignored" } },
	{ "what makes the compiler complain",
	  "#define CHECK(c) do { extern void aid_##c(void); aid_##c(); } while "
	  "(0)\n"
	  "void f(void) { CHECK(12); }",
	  { "!call f -> aid_12() macro=CHECK ignored" } },

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
	  { "set - ?|drv.probe = &a_probe slot=drv.probe" } },
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

	/* guards */
	{ "a counter",
	  "void f(void) { static int n; if (!n++) g(&one); }",
	  { "call f -> g(0=&one) ignored guard=f.n" } },
	{ "a flag and an early return",
	  "static int done;\n"
	  "void f(void) { if (done) return; done = 1; g(&one); }",
	  { "call f -> g(0=&one) ignored guard=done" } },
	{ "a flag that is only read is a setting",
	  "static int enable; void f(void) { if (enable) g(&one); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "the left side of &&",
	  "static int done;\n"
	  "void f(void) { if (!done && g(&one)) done = 1; }",
	  { "call f -> g(0=&one) guard=done" } },
	{ "a pointer that is stored by a macro",
	  "#define PUT(x, v) (*(volatile __typeof__(x) *)&(x) = (v))\n"
	  "static struct drv *own; void f(struct drv *d)\n"
	  "{ if (own) return; PUT(own, d); g(d); }",
	  { "call f -> g(0=param0) ignored guard=own" } },

	/* records */
	{ "fields",
	  "struct box { struct drv d; struct drv *p; int (*f)(void);\n"
	  "int n; };",
	  { "field box.d record drv", "field box.p pointer drv",
	    "field box.f func", "!field box.n" } },
};

/* ---- facts to the notation ---- */

static const char *str(const struct unit_facts *f, uint32_t nr)
{
	return interner_get(&f->strings, nr);
}

/* @text without the "@main.c" of local records. */
static void add_clean(struct strbuf *out, const char *text)
{
	const char *at;

	while ((at = strstr(text, "@main.c"))) {
		strbuf_add(out, text, at - text);
		text = at + strlen("@main.c");
	}
	strbuf_addstr(out, text);
}

static const char *symbol(const struct unit_facts *f, uint32_t nr)
{
	return nr == FACT_NONE ? "-" : str(f, f->symbols[nr].name);
}

static void add_value(struct strbuf *out, const struct unit_facts *f,
		      const struct fact_value *v)
{
	if (v->addr)
		strbuf_addch(out, '&');
	switch ((enum value_kind)v->kind) {
	case VALUE_NONE:
		strbuf_addch(out, '?');
		break;
	case VALUE_PARAM:
		strbuf_addf(out, "param%u", v->base);
		break;
	case VALUE_LOCAL:
		strbuf_addstr(out, str(f, v->base));
		break;
	case VALUE_STRING:
		strbuf_addf(out, "\"%s\"", str(f, v->base));
		break;
	case VALUE_GLOBAL:
	case VALUE_FUNC:
		strbuf_addstr(out, symbol(f, v->base));
		break;
	case VALUE_CALL:
		strbuf_addf(out, "%s()", symbol(f, v->base));
		break;
	case VALUE_RETURN:
		strbuf_addstr(out, "return");
		break;
	case VALUE_NULL:
		strbuf_addstr(out, "NULL");
		break;
	}
	add_clean(out, str(f, v->path));
}

static void add_defs(struct strbuf *out, const struct unit_facts *f)
{
	uint32_t i;

	for (i = 0; i < f->nr_defs; i++) {
		const struct fact_def *d = &f->defs[i];

		strbuf_addf(out, "def %s", symbol(f, d->symbol));
		if (f->symbols[d->symbol].is_static)
			strbuf_addstr(out, " static");
		if (d->attrs & ATTR_INIT)
			strbuf_addstr(out, " init");
		if (d->attrs & ATTR_EXIT)
			strbuf_addstr(out, " exit");
		if (d->attrs & ATTR_MAYBE_UNUSED)
			strbuf_addstr(out, " unused");
		if (d->attrs & ATTR_INLINE)
			strbuf_addstr(out, " inline");
		if (d->type) {
			strbuf_addstr(out, " type=");
			add_clean(out, str(f, d->type));
		}
		if (d->attrs & ATTR_ARRAY)
			strbuf_addstr(out, " array");
		strbuf_addch(out, '\n');
	}
}

static void add_calls(struct strbuf *out, const struct unit_facts *f)
{
	uint32_t i, k;

	for (i = 0; i < f->nr_calls; i++) {
		const struct fact_call *c = &f->calls[i];
		struct fact_value target = c->target;

		target.addr = 0;
		strbuf_addf(out, "call %s -> ", symbol(f, c->caller));
		add_value(out, f, &target);
		strbuf_addch(out, '(');
		for (k = 0; k < c->nr_args; k++) {
			const struct fact_arg *a = &f->args[c->first_arg + k];

			strbuf_addf(out, "%s%u=", k ? " " : "", a->pos);
			add_value(out, f, &a->value);
		}
		strbuf_addch(out, ')');
		if (c->macro)
			strbuf_addf(out, " macro=%s", str(f, c->macro));
		if (c->result_ignored)
			strbuf_addstr(out, " ignored");
		for (k = 0; k < c->nr_guards; k++)
			strbuf_addf(
				out, " guard=%s",
				symbol(f,
				       f->guards[c->first_guard + k].symbol));
		strbuf_addch(out, '\n');
	}
}

static void add_sets(struct strbuf *out, const struct unit_facts *f)
{
	uint32_t i;

	for (i = 0; i < f->nr_assigns; i++) {
		const struct fact_assign *a = &f->assigns[i];

		strbuf_addf(out, "set %s ", symbol(f, a->func));
		add_value(out, f, &a->lhs);
		strbuf_addstr(out, " = ");
		add_value(out, f, &a->rhs);
		if (a->slot) {
			strbuf_addstr(out, " slot=");
			add_clean(out, str(f, a->slot));
		}
		if (a->index != FACT_NONE)
			strbuf_addf(out, " index=%u", a->index);
		strbuf_addch(out, '\n');
	}
}

static void add_fields(struct strbuf *out, const struct unit_facts *f)
{
	static const char *const kinds[] = { "record", "pointer", "func" };
	uint32_t i;

	for (i = 0; i < f->nr_fields; i++) {
		const struct fact_field *fi = &f->fields[i];

		strbuf_addstr(out, "field ");
		add_clean(out, str(f, fi->record));
		strbuf_addf(out, ".%s %s", str(f, fi->name), kinds[fi->kind]);
		if (fi->type) {
			strbuf_addch(out, ' ');
			add_clean(out, str(f, fi->type));
		}
		strbuf_addch(out, '\n');
	}
}

static bool has_line(const char *text, const char *line)
{
	size_t len = strlen(line);
	const char *at = text;

	while ((at = strstr(at, line))) {
		if ((at == text || at[-1] == '\n') && at[len] == '\n')
			return true;
		at += len;
	}
	return false;
}

/* ---- the run ---- */

struct fixture {
	char dir[256];
	char *path;
	struct unit_parser *parser;
	struct unit_facts facts;
};

static int setup(void **state)
{
	struct fixture *fx = xcalloc(1, sizeof(*fx));

	const char *tmp = getenv("TMPDIR");

	snprintf(fx->dir, sizeof(fx->dir), "%s/test-visit-XXXXXX",
		 tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(fx->dir));
	fx->path = xasprintf("%s/main.c", fx->dir);
	fx->parser = unit_parser_new(fx->dir, NULL);
	unit_facts_init(&fx->facts);
	*state = fx;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fx = *state;

	unlink(fx->path);
	assert_int_equal(chdir("/"), 0);
	rmdir(fx->dir);
	unit_parser_free(fx->parser);
	unit_facts_release(&fx->facts);
	free(fx->path);
	free(fx);
	return 0;
}

static void parse(struct fixture *fx, const char *source)
{
	char *argv[] = { "-w", NULL };
	const struct parse_args args = { .argv = argv, .argc = 1 };
	FILE *out = fopen(fx->path, "w");

	assert_non_null(out);
	fprintf(out, "%s%s\n", PRELUDE, source);
	fclose(out);
	/* a file's content is taken not to change during a run */
	unit_parser_free(fx->parser);
	fx->parser = unit_parser_new(fx->dir, NULL);
	unit_parse(fx->parser, fx->dir, fx->path, &args, NULL, &fx->facts);
}

static void test_rows(void **state)
{
	struct fixture *fx = *state;
	size_t i, k, bad = 0;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct strbuf text = STRBUF_INIT;

		parse(fx, rows[i].source);
		if (fx->facts.status != UNIT_OK)
			fail_msg("%s: %s", rows[i].name,
				 str(&fx->facts, fx->facts.detail));
		add_defs(&text, &fx->facts);
		add_calls(&text, &fx->facts);
		add_sets(&text, &fx->facts);
		add_fields(&text, &fx->facts);
		for (k = 0; k < 6 && rows[i].facts[k]; k++) {
			const char *want = rows[i].facts[k];
			bool not = *want == '!';

			if (has_line(text.buf, want + not ) != not )
				continue;
			print_error("%s: %s \"%s\" in:\n%s\n", rows[i].name,
				    not ? "unwanted" : "missing", want + not,
				    text.buf);
			bad++;
		}
		strbuf_release(&text);
	}
	assert_int_equal(bad, 0);
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
	assert_non_null(strstr(str(&fx->facts, fx->facts.detail),
			       "unknown type name 'u33'"));
	/* what could be read is there */
	assert_int_equal(fx->facts.nr_calls, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
		cmocka_unit_test_setup_teardown(test_local_records, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_declared_records, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_errors, setup, teardown),
	};

	return cmocka_run_group_tests_name("visit", tests, NULL, NULL);
}
