// SPDX-License-Identifier: GPL-2.0-only
/* What the progress of an index run says, and when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "cmd-progress.h"

static void expect(const char *name, struct strbuf *got, const char *want)
{
	if (strcmp(got->buf, want))
		fail_msg("%s: '%s' instead of '%s'", name, got->buf, want);
	strbuf_release(got);
}

static void test_duration(void **state)
{
	static const struct {
		double seconds;
		const char *text;
	} table[] = {
		{ -1, "0 s" },
		{ 0, "0 s" },
		{ 0.6, "1 s" },
		{ 59.4, "59 s" },
		{ 59.6, "1 min" },
		{ 89, "1 min" },
		{ 91, "2 min" },
		{ 3569, "59 min" },
		{ 3599, "1 h 00 min" },
		{ 3900, "1 h 05 min" },
		{ 90000, "25 h 00 min" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf sb = STRBUF_INIT;

		progress_duration(&sb, table[i].seconds);
		expect(table[i].text, &sb, table[i].text);
	}
}

static void test_size(void **state)
{
	static const struct {
		uint64_t bytes;
		const char *text;
	} table[] = {
		{ 0, "0 KiB" },
		{ 831488, "812 KiB" },
		{ 1363149, "1.3 MiB" },
		{ 1073741823, "1.0 GiB" },
		{ 2147483648, "2.0 GiB" },
		{ 1ull << 41, "2.0 TiB" },
		{ 1ull << 52, "4096.0 TiB" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf sb = STRBUF_INIT;

		progress_size(&sb, table[i].bytes);
		expect(table[i].text, &sb, table[i].text);
	}
}

static void test_line(void **state)
{
	static const struct {
		const char *name;
		struct index_progress p;
		double seconds;
		int width;
		const char *text;
	} table[] = {
		{ "reading",
		  { INDEX_READING, 0, 0, 0 },
		  9,
		  0,
		  "c: reading the commands" },
		{ "looking",
		  { INDEX_LOOKING, 0, 0, 0 },
		  9,
		  0,
		  "c: looking for changes" },
		{ "prefixes",
		  { INDEX_PREFIXES, 1, 14, 0 },
		  9,
		  0,
		  "c: building prefix headers: 1 of 14 (7 %)" },
		{ "storing",
		  { INDEX_STORING, 0, 0, 2 },
		  9,
		  0,
		  "c: storing, 2 failed" },
		{ "no rate yet",
		  { INDEX_PARSING, 5, 200, 0 },
		  1.9,
		  0,
		  "c: parsing: 5 of 200 units (2 %)" },
		{ "nothing done",
		  { INDEX_PARSING, 0, 200, 0 },
		  60,
		  0,
		  "c: parsing: 0 of 200 units (0 %)" },
		{ "slow",
		  { INDEX_PARSING, 5, 200, 1 },
		  10,
		  0,
		  "c: parsing: 5 of 200 units (2 %), 0.5 a second, 7 min left, "
		  "1 failed" },
		{ "fast",
		  { INDEX_PARSING, 9000, 18000, 0 },
		  300,
		  0,
		  "c: parsing: 9000 of 18000 units (50 %), 30 a second, 5 min "
		  "left" },
		{ "all done",
		  { INDEX_PARSING, 200, 200, 0 },
		  10,
		  0,
		  "c: parsing: 200 of 200 units (100 %), 20 a second" },
		{ "many",
		  { INDEX_PARSING, 4000000000u, 4000000000u, 0 },
		  1,
		  0,
		  "c: parsing: 4000000000 of 4000000000 units (100 %)" },
		{ "cut", { INDEX_PARSING, 5, 200, 1 }, 10, 12, "c: parsing: " },
		{ "wide enough",
		  { INDEX_LOOKING, 0, 0, 0 },
		  9,
		  22,
		  "c: looking for changes" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf sb = STRBUF_INIT;

		progress_line(&sb, "c", &table[i].p, table[i].seconds,
			      table[i].width);
		expect(table[i].name, &sb, table[i].text);
	}
}

/* One run, looked at now and then. */
static void test_due(void **state)
{
	static const struct {
		double seconds;
		struct index_progress p;
		bool due;
	} table[] = {
		{ 1, { INDEX_READING, 0, 0, 0 }, false },
		{ 29, { INDEX_LOOKING, 0, 0, 0 }, false },
		{ 30, { INDEX_LOOKING, 0, 0, 0 }, true },
		{ 31, { INDEX_LOOKING, 0, 0, 0 }, false },
		{ 40, { INDEX_PARSING, 50, 100, 0 }, false }, /* too soon */
		{ 60, { INDEX_PARSING, 55, 100, 0 }, true },
		{ 95, { INDEX_PARSING, 64, 100, 0 }, false }, /* too little */
		{ 96, { INDEX_PARSING, 65, 100, 0 }, true },
		{ 300, { INDEX_PARSING, 74, 100, 0 }, false },
		{ 301, { INDEX_STORING, 0, 0, 0 }, true },
	};
	struct progress_mark mark = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (progress_is_due(&mark, &table[i].p, table[i].seconds) !=
		    table[i].due)
			fail_msg("after %.0f seconds", table[i].seconds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_duration),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_due),
	};

	return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
