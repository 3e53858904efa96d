// SPDX-License-Identifier: GPL-2.0-only
/* What an index run remembers of files and directories. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/watch-name.h"
#include "indexer/watch.h"

#include "small-tree.h"

#define HOUR_NS 3600000000000ll

static int make_tree(void **state)
{
	(void)state;
	return tree_make("test-watch");
}

/* ---- names in a text ---- */

static void add_flags(struct strbuf *out, uint32_t number)
{
	strbuf_addch(out, number & NAME_QUOTED ? '"' : '<');
	if (number & NAME_ANYWHERE)
		strbuf_addch(out, '*');
}

static void test_names(void **state)
{
	static const struct {
		const char *text;
		const char *names[3];
		const char *flags;
		bool computed;
	} table[] = {
		{ "#include <a/b.h>\n", { "a/b.h" }, "<", false },
		{ "  #\tinclude \"b.h\"", { "b.h" }, "\"", false },
		{ "#include_next <a.h>\nint include;\n",
		  { "a.h" },
		  "<",
		  false },
		{ "#include \\\n <a.h>\n", { "a.h" }, "<", false },
		{ "#include <a.h>\n#include \"b.h\"\n",
		  { "a.h", "b.h" },
		  "<\"",
		  false },
		{ "#if __has_include(<a.h>) && __has_include_next ( \"b.h\" )",
		  { "a.h", "b.h" },
		  "<\"",
		  false },
		{ "#ifdef __has_include\n", { NULL }, "", false },
		{ "#include \"./a.h\"", { "a.h" }, "\"", false },
		{ "#include \"../x/a.h\"", { "x/a.h" }, "\"*", false },
		{ "#include \"x/../../a.h\"", { "a.h" }, "\"*", false },
		{ "#include \"/x/a.h\"", { "x/a.h" }, "\"*", false },
		{ "#include TRACE(x)\n", { NULL }, "", true },
		{ "#if __has_include(NAME)\n", { NULL }, "", true },
		{ "#include <a.h\nint b;>", { NULL }, "", false },
		{ "#include", { NULL }, "", true },
		{ "include <a.h>", { NULL }, "", false },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf flags = STRBUF_INIT;
		uint32_t *names = NULL, nr = 0;
		size_t alloc = 0;
		bool computed;

		computed = watch_names(table[i].text, strlen(table[i].text),
				       &names, &nr, &alloc);
		for (k = 0; k < nr; k++)
			add_flags(&flags, names[k]);
		if (computed != table[i].computed ||
		    strcmp(flags.buf, table[i].flags))
			fail_msg("%s: %d '%s'", table[i].text, computed,
				 flags.buf);
		for (k = 0; k < nr; k++)
			if ((names[k] & ~(uint32_t)NAME_FLAGS) !=
			    watch_name_hash(table[i].names[k],
					    strlen(table[i].names[k])))
				fail_msg("%s: name %zu", table[i].text, k);
		strbuf_release(&flags);
		free(names);
	}
}

/* ---- stamps ---- */

static void test_settled(void **state)
{
	static const int64_t now = 1700000000000000000ll;
	static const struct {
		const char *name;
		int64_t mtime, ctime; /* before now */
		bool settled;
	} table[] = {
		{ "an hour ago", HOUR_NS, HOUR_NS, true },
		{ "just now", 1000, 1000, false },
		{ "a second ago", 1000000000, 1000000000, false },
		{ "three seconds ago", 3000000000, 3000000000, true },
		{ "in the future", -HOUR_NS, HOUR_NS, false },
		{ "an old time given to it now", HOUR_NS, 0, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		const struct watch_stamp stamp = {
			.mtime = now - table[i].mtime,
			.ctime = now - table[i].ctime,
		};

		if (watch_settled(&stamp, now) != table[i].settled)
			fail_msg("%s", table[i].name);
	}
}

static uint64_t content(struct watch *w, const char *name)
{
	return watch_content(w, watch_file(w, name));
}

/* Take @from to the next run, as the database does. */
static void next_run(struct watch *w, struct watch *from, int64_t later)
{
	struct strbuf data = STRBUF_INIT;

	watch_save(from, &data);
	watch_init(w, tree, NULL);
	w->began += later;
	assert_true(watch_load(w, data.buf, data.len));
	strbuf_release(&data);
}

/* A file that seems unchanged is not read: a false hash stays. */
static void test_not_read_again(void **state)
{
	struct watch a, b, c, d;
	uint64_t hash;

	(void)state;
	write_file("x.h", "one");
	watch_init(&a, tree, NULL);
	a.began += HOUR_NS;
	hash = content(&a, "x.h");
	assert_int_not_equal(hash, 0);
	assert_true(a.dirty);
	a.files[watch_file(&a, "x.h")].hash = 77;
	next_run(&b, &a, HOUR_NS);
	assert_int_equal(content(&b, "x.h"), 77);
	assert_false(b.dirty);

	/* touched: read, and it says what it said */
	write_file("x.h", "one");
	next_run(&c, &b, HOUR_NS);
	assert_int_equal(content(&c, "x.h"), hash);
	assert_true(c.dirty);

	/* read a moment after it was written: read again next time */
	write_file("x.h", "two");
	c.began -= 2 * HOUR_NS;
	c.files[watch_file(&c, "x.h")].checked = false;
	assert_int_not_equal(content(&c, "x.h"), hash);
	c.files[watch_file(&c, "x.h")].hash = 77;
	next_run(&d, &c, 0);
	assert_int_not_equal(content(&d, "x.h"), 77);
	watch_release(&a);
	watch_release(&b);
	watch_release(&c);
	watch_release(&d);
}

static void test_no_content(void **state)
{
	char *path = xasprintf("%s/fifo", tree);
	struct watch w;

	(void)state;
	assert_int_equal(mkfifo(path, 0666), 0);
	make_dir("dir");
	watch_init(&w, tree, NULL);
	assert_int_equal(content(&w, "fifo"), 0);
	assert_int_equal(content(&w, "dir"), 0);
	assert_int_equal(content(&w, "gone"), 0);
	assert_int_equal(content(&w, "/dev/zero"), 0);
	watch_release(&w);
	free(path);
}

/* ---- what has appeared ---- */

static void expect_appeared(const struct watch *w, const char *want)
{
	struct strbuf got = STRBUF_INIT;
	size_t i;

	for (i = 0; i < w->appeared.len; i++)
		strbuf_addch(&got,
			     w->appeared.buf[i] ? w->appeared.buf[i] : ' ');
	assert_string_equal(got.buf, want);
	strbuf_release(&got);
}

static void test_appeared(void **state)
{
	struct watch a, b, c, d;

	(void)state;
	make_dir("inc");
	make_dir("inc/sub");
	make_dir("inc/.git");
	write_file("inc/old.h", "");
	watch_init(&a, tree, NULL);
	a.began += HOUR_NS;
	watch_dir_check(&a, "inc");
	watch_dir_check(&a, "later");
	expect_appeared(&a, "");

	next_run(&b, &a, HOUR_NS);
	watch_dir_check(&b, "inc");
	watch_dir_check(&b, "later");
	expect_appeared(&b, "");
	assert_false(b.dirty);

	write_file("inc/a.h", "");
	write_file("inc/sub/b.h", "");
	write_file("inc/.git/c.h", "");
	make_dir("inc/new");
	write_file("inc/new/d.h", "");
	make_dir("later");
	write_file("later/e.h", "");
	next_run(&c, &b, HOUR_NS);
	watch_dir_check(&c, "inc");
	watch_dir_check(&c, "later");
	expect_appeared(&c, "inc/a.h inc/new/d.h inc/sub/b.h later/e.h ");

	next_run(&d, &c, HOUR_NS);
	watch_dir_check(&d, "inc");
	watch_dir_check(&d, "later");
	expect_appeared(&d, "");
	watch_release(&a);
	watch_release(&b);
	watch_release(&c);
	watch_release(&d);
}

/* What appeared while the units were parsed is for the next run to find. */
static void test_closing(void **state)
{
	struct watch a, b;

	(void)state;
	make_dir("beside");
	watch_init(&a, tree, NULL);
	a.began -= HOUR_NS;
	a.closing = true;
	write_file("beside/new.h", "");
	watch_dir_check(&a, "beside");
	expect_appeared(&a, "");
	next_run(&b, &a, 0);
	watch_dir_check(&b, "beside");
	expect_appeared(&b, "beside/new.h ");
	watch_release(&a);
	watch_release(&b);
}

/* ---- bytes ---- */

static void test_bad_bytes(void **state)
{
	struct strbuf data = STRBUF_INIT;
	struct watch w;
	size_t len;

	(void)state;
	make_dir("inc");
	write_file("inc/x.h", "#include <y.h>\n");
	watch_init(&w, tree, NULL);
	content(&w, "inc/x.h");
	watch_dir_check(&w, "inc");
	watch_save(&w, &data);
	watch_release(&w);
	for (len = 0; len < data.len; len++) {
		char *copy = xmemdup(data.buf, len);

		watch_init(&w, tree, NULL);
		if (watch_load(&w, copy, len))
			fail_msg("%zu of %zu bytes", len, data.len);
		assert_true(w.fresh);
		watch_release(&w);
		free(copy);
	}
	watch_init(&w, tree, NULL);
	data.buf[0] ^= 1;
	assert_false(watch_load(&w, data.buf, data.len));
	data.buf[0] ^= 1;
	assert_true(watch_load(&w, data.buf, data.len));
	watch_release(&w);
	strbuf_release(&data);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_tree, tree_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_names),	   TEST(test_settled),
		TEST(test_not_read_again), TEST(test_no_content),
		TEST(test_appeared),	   TEST(test_closing),
		TEST(test_bad_bytes),
	};

	return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
