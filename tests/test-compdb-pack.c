// SPDX-License-Identifier: GPL-2.0-only
/* Compilation databases as the bytes that an index keeps. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "compdb-text.h"

/* What describe() leaves out as well. */
static char *describe_all(const struct compdb *db)
{
	struct strbuf out = STRBUF_INIT;
	char *text = describe(db);
	size_t i;

	strbuf_addstr(&out, text);
	for (i = 0; i < db->nr; i++)
		strbuf_addf(&out, "\n%s",
			    db->cmds[i].broken ? db->cmds[i].broken : "-");
	free(text);
	return strbuf_detach(&out);
}

/* Words put in, left out, moved, the same one twice, none, an @file. */
#define AT(dir, file) "{\"directory\":\"" dir "\",\"file\":\"" file "\","
#define LINE(words)   "\"command\":\"" words "\"}"
static const char packed[] = "[" AT("/o", "a.c") LINE("cc -A -B -C -D") "," AT(
	"/o", "b.c") LINE("cc -A -X -B -C -D") "," AT("/o", "c.c")
	LINE("cc -D -C -o c.o") "," AT("/p", "c.c")
		LINE("-D cc") "," AT("/p", "d.c")
			LINE("cc '' '' -D -D -D -D -D") "," AT("/p", "e.c")
				LINE("cc @no/such -oe.o") "," AT("/p", "d.c")
					LINE("cc '' '' -D -D -D -D -E") "]";

static void test_pack(void **state)
{
	char *quick = all_entries("");
	const char *const inputs[] = { packed, quick };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(inputs); i++) {
		struct compdb db = COMPDB_INIT, again = COMPDB_INIT;
		struct strbuf err = STRBUF_INIT, bytes = STRBUF_INIT;
		char *got, *want;
		size_t nr;

		assert_int_equal(load(&db, inputs[i], &err), 0);
		want = describe_all(&db);
		compdb_pack(&db, &bytes);
		compdb_release(&db);
		assert_int_equal(compdb_unpack(&again, bytes.buf, bytes.len),
				 0);
		got = describe_all(&again);
		assert_string_equal(got, want);
		/* one that is there already is left out, as in any other */
		nr = again.nr;
		compdb_add(&again, again.cmds[0].directory, again.cmds[0].file,
			   again.cmds[0].argv, again.cmds[0].argc);
		assert_int_equal(again.nr, nr);
		compdb_release(&again);
		strbuf_release(&err);
		strbuf_release(&bytes);
		free(got);
		free(want);
	}
	free(quick);
}

static void unpack_bad(const char *bytes, size_t len)
{
	struct compdb db = COMPDB_INIT;
	char *copy = xmemdup(bytes, len); /* so that ASan sees its end */

	assert_int_equal(compdb_unpack(&db, copy, len), -EBADMSG);
	assert_int_equal(db.nr, 0);
	assert_null(db.pool);
	free(copy);
}

/* Cut short, longer, or with another byte in it: refused, or other words. */
static void test_unpack_errors(void **state)
{
	struct compdb db = COMPDB_INIT;
	struct strbuf err = STRBUF_INIT, bytes = STRBUF_INIT;
	size_t i;

	(void)state;
	assert_int_equal(load(&db, packed, &err), 0);
	compdb_pack(&db, &bytes);
	compdb_release(&db);
	for (i = 0; i < bytes.len; i++)
		unpack_bad(bytes.buf, i);
	unpack_bad(bytes.buf, bytes.len + 1);
	for (i = 0; i < bytes.len; i++) {
		char old = bytes.buf[i];

		bytes.buf[i] = (char)0xff;
		if (!compdb_unpack(&db, bytes.buf, bytes.len))
			assert_true(db.nr > 0);
		compdb_release(&db);
		bytes.buf[i] = old;
	}
	strbuf_release(&err);
	strbuf_release(&bytes);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pack),
		cmocka_unit_test(test_unpack_errors),
	};

	return cmocka_run_group_tests_name("compdb-pack", tests,
					   compdb_dir_make, tree_remove);
}
