// SPDX-License-Identifier: GPL-2.0-only
/* The reader of Makefiles: what is assigned, word by word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gate/makefile.h"
#include "util/strbuf.h"

static const struct {
	const char *name, *text, *words; /* "VAR=WORD;" each */
} cases[] = {
	{ "assignments", "obj-y := a.o\nobj-y += b.o c.o\nx ?= d\nz::=e\n",
	  "obj-y=a.o;obj-y=b.o;obj-y=c.o;x=d;z=e;" },
	{ "an option", "obj-$(CONFIG_FOO)\t+= foo.o bar/\n",
	  "obj-$(CONFIG_FOO)=foo.o;obj-$(CONFIG_FOO)=bar/;" },
	{ "continuation lines", "foo-objs := a.o \\\n\tb.o\\\r\n c.o\nn = d\n",
	  "foo-objs=a.o;foo-objs=b.o;foo-objs=c.o;n=d;" },
	{ "comments", "# obj-y += no.o\nobj-y += a.o # no.o\nx += a\\#b\n",
	  "obj-y=a.o;x=a#b;" },
	{ "a blank in a reference", "obj-y += $(if $(A B),x y) z.o\n",
	  "obj-y=$(if $(A B),x y);obj-y=z.o;" },
	{ "a condition inside", "ifdef X\n  obj-y += a.o\nelse\nendif\n",
	  "obj-y=a.o;" },
	{ "rules and what is no assignment",
	  "a.o: b.c\n\tcc -c b.c\ninclude x\n$(call f,a)\nifeq ($(A),b)\n",
	  "" },
	{ "no newline at the end", "export obj-y=a.o", "obj-y=a.o;" },
	{ "an unclosed reference", "obj-y += $(a b\nobj-m += c.o\n",
	  "obj-y=$(a b;obj-m=c.o;" },
	{ "a lone backslash", "obj-y += a.o \\", "obj-y=a.o;obj-y=\\;" },
	{ "nothing", "", "" },
};

static void test_read(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct makefile m = MAKEFILE_INIT;
		struct strbuf sb = STRBUF_INIT;

		makefile_read(&m, cases[i].text);
		for (k = 0; k < m.nr; k++)
			strbuf_addf(&sb, "%s=%s;", m.list[k].var,
				    m.list[k].word);
		if (strcmp(sb.buf, cases[i].words))
			fail_msg("%s: '%s'", cases[i].name, sb.buf);
		strbuf_release(&sb);
		makefile_release(&m);
	}
}

static void test_words(void **state)
{
	static const struct {
		const char *word;
		bool lists, object;
	} words[] = {
		{ "obj-y", true, false },
		{ "obj-$(CONFIG_A)", true, false },
		{ "foo-objs", true, false },
		{ "foo-m", true, false },
		{ "ccflags-y", false, false },
		{ "CFLAGS_a.o", false, true },
		{ "hostprogs-y", false, false },
		{ "targets", false, false },
		{ "a.o", false, true },
		{ "a/", false, true },
		{ ".o", false, false },
		{ "$(a).o", false, false },
		{ "%.o", false, false },
		{ "a.c", false, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (makefile_lists_objects(words[i].word) != words[i].lists ||
		    makefile_is_object(words[i].word) != words[i].object)
			fail_msg("%s", words[i].word);
}

static void test_has(void **state)
{
	struct makefile m = MAKEFILE_INIT;

	(void)state;
	makefile_read(&m, "obj-y += a.o\ntargets += b.o\n");
	assert_true(makefile_has(&m, "obj-y", "a.o"));
	assert_true(makefile_has(&m, NULL, "a.o"));
	assert_false(makefile_has(&m, "obj-m", "a.o"));
	assert_false(makefile_has(&m, NULL, "b.o"));
	assert_true(makefile_has(&m, "targets", "b.o"));
	makefile_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
