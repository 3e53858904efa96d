// SPDX-License-Identifier: GPL-2.0-only
/* What is never executed is no fact, and what decides is a guard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "visit-rows.h"

static const struct row rows[] = {
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

	/* conditions on parameters */
	{ "if and else",
	  "void f(int n) { if (n) use(0); else g(&one); g(0); }",
	  { "call f -> use(0=NULL) ignored when=param0!=0",
	    "call f -> g(0=&one) ignored when=param0==0",
	    "call f -> g(0=NULL) ignored" } },
	{ "a flag, a pointer, an early exit",
	  "int f(void *p, unsigned n) { if (!p) return 0; if (!(n & 4)) goto "
	  "out; use(0); out: return g(&one); }",
	  { "call f -> use(0=NULL) ignored when=param0!=0 when=param1&4",
	    "call f -> g(0=&one)" } },
	{ "one of two",
	  "enum { A = 3 }; void f(int n) { if (n == A || n == 1) g(&one); if "
	  "(n != 2 && on) use(0); }",
	  { "call f -> g(0=&one) ignored when=param0==3|param0==1",
	    "call f -> use(0=NULL) ignored when=param0!=2" } },
	{ "a parameter that is changed",
	  "void f(int n) { if (n) g(&one); n = 0; }",
	  { "call f -> g(0=&one) ignored" } },
	{ "a parameter whose address is taken",
	  "void f(int n) { if (n) g(&one); use(&n); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "a copy of a parameter, and one that is changed",
	  "void f(int n) { int m = n, k = n; if (m == 1) g(&one); if (k) "
	  "use(0); k++; }",
	  { "call f -> g(0=&one) ignored when=param0==1",
	    "call f -> use(0=NULL) ignored" } },
	{ "a copy that does not hold all of it",
	  "void f(int n) { char m = n; if (m == 1) g(&one); }",
	  { "call f -> g(0=&one) ignored" } },
	{ "the cases of a switch",
	  "void f(int n) { switch (n) { case 1: g(&one); break; case 2: case "
	  "3: use(0); default: g(0); } }",
	  { "call f -> g(0=&one) ignored when=param0==1",
	    "call f -> use(0=NULL) ignored when=param0==2|param0==3",
	    "call f -> g(0=NULL) ignored" } },
	{ "default, and a case in a block",
	  "void f(int n, int k) { switch (n) { default: use(0); break; case 1: "
	  "if (k) { case 2: g(&one); } } }",
	  { "call f -> use(0=NULL) ignored when=param0!=1",
	    "call f -> g(0=&one) ignored" } },
	{ "an else that leaves, and a way into the middle",
	  "int f(int n) { if (n) ; else return 1; use(0); if (on) goto in; if "
	  "(n == 3) { in: g(&one); } return 0; }",
	  { "call f -> use(0=NULL) ignored when=param0!=0",
	    "call f -> g(0=&one) ignored" } },
	{ "what a parameter points to",
	  "void f(int *p) { if (*p) g(&one); if (!p) use(0); }",
	  { "call f -> g(0=&one) ignored",
	    "call f -> use(0=NULL) ignored when=param0==0" } },
	{ "unlikely() and !",
	  "int f(int n, long k) { return __builtin_expect(!!(n), 0) && !k && "
	  "-n && g(&one); }",
	  { "call f -> g(0=&one) when=param0!=0 when=param1==0" } },

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
