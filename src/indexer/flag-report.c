// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which flags clang knows depends on its version and target, so no list could
 * be right. libclang itself is asked, with an empty source file: once for the
 * flags of the first command, all together, and then only for flags that never
 * came up before. A kernel of twenty thousand commands costs some fifty parses
 * of nothing.
 */
#include <stdint.h>
#include <string.h>

#include <clang-c/Index.h>

#include "util/hash.h"

#include "indexer/flag-report.h"

#define EMPTY_FILE "probewalk-flags.c"

enum flag_state {
	FLAG_NEW, /* not asked yet */
	FLAG_GOOD,
	FLAG_BAD,
};

struct known_flag {
	char *text;
	enum flag_state state;
	uint32_t units; /* that lost it */
	uint32_t last_unit; /* a flag given twice is one unit all the same */
};

struct flag_report {
	struct known_flag *flags;
	uint32_t nr;
	size_t alloc;
	struct u64map by_key; /* hash of target and flag: index + 1 */
	uint32_t unit; /* serial number of the command looked at */
	char **last; /* arguments of the last command, and hashes of them */
	struct flag_hashes *hashes;
	int nr_last;
	size_t alloc_last, alloc_hashes;
};

/* The flags of one question; @known runs beside @flags. */
struct question {
	const char *target;
	const struct flag **flags;
	struct known_flag **known;
	int nr;
};

struct flag_report *flag_report_new(void)
{
	struct flag_report *report = xcalloc(1, sizeof(*report));

	u64map_init(&report->by_key);
	return report;
}

void flag_report_free(struct flag_report *report)
{
	uint32_t i;

	if (!report)
		return;
	for (i = 0; i < report->nr; i++)
		free(report->flags[i].text);
	for (i = 0; i < (uint32_t)report->nr_last; i++)
		free(report->last[i]);
	free(report->last);
	free(report->hashes);
	free(report->flags);
	u64map_release(&report->by_key);
	free(report);
}

struct flag_hashes *flag_report_hashes(struct flag_report *report,
				       const struct parse_args *args,
				       int *known)
{
	int same = 0, i;

	while (same < args->argc && same < report->nr_last &&
	       !strcmp(args->argv[same], report->last[same]))
		same++;
	for (i = same; i < report->nr_last; i++)
		free(report->last[i]);
	ALLOC_GROW(report->last, (size_t)args->argc + 1, report->alloc_last);
	if (!report->hashes)
		report->hashes = xcalloc(1, sizeof(*report->hashes));
	ALLOC_GROW(report->hashes, (size_t)args->argc + 2,
		   report->alloc_hashes);
	for (i = same; i < args->argc; i++)
		report->last[i] = xstrdup(args->argv[i]);
	report->nr_last = args->argc;
	*known = same;
	return report->hashes;
}

/* The index of what is known about @flag, which is made when there is none. */
static uint32_t find_known(struct flag_report *report, uint64_t target_hash,
			   const struct flag *flag)
{
	uint64_t key = hash64_str(flag->word, target_hash);
	struct known_flag *known;
	uint32_t nr;

	if (flag->value)
		key = hash64_str(flag->value, key);
	nr = u64map_get(&report->by_key, key);
	if (nr)
		return nr - 1;
	ALLOC_GROW(report->flags, (size_t)report->nr + 1, report->alloc);
	known = &report->flags[report->nr++];
	memset(known, 0, sizeof(*known));
	known->text = flag->value ? xasprintf("%s %s", flag->word, flag->value)
				  : xstrdup(flag->word);
	u64map_put(&report->by_key, key, report->nr);
	return report->nr - 1;
}

/* Warnings that say that a flag is not what its author thinks it is. */
static bool names_unknown_flag(const char *text)
{
	return strstr(text, "unknown") || strstr(text, "unsupported") ||
	       strstr(text, "optimization flag");
}

/* Does @text hold 'WORD' in quotes, WORD being @len bytes of @word? */
static bool quotes(const char *text, const char *word, size_t len)
{
	const char *p;

	for (p = strchr(text, '\''); p; p = strchr(p + 1, '\'')) {
		if (!strncmp(p + 1, word, len) && p[1 + len] == '\'')
			return true;
	}
	return false;
}

/*
 * How sure it is that a diagnostic means this flag: "unknown argument: '-fx'",
 * "unsupported argument 'y' to option '-mx='", "unknown target CPU 'y'".
 */
static int blame(const char *text, const struct flag *flag)
{
	const char *equals = strchr(flag->word, '=');
	const char *value = equals ? equals + 1 : flag->value;
	bool names_value = value && *value &&
			   quotes(text, value, strlen(value));
	size_t len = equals ? (size_t)(equals - flag->word)
			    : strlen(flag->word);

	if (quotes(text, flag->word, strlen(flag->word)))
		return 4;
	if (quotes(text, flag->word, len) ||
	    (equals && quotes(text, flag->word, len + 1)))
		return names_value ? 3 : 1;
	return names_value ? 2 : 0;
}

/* Mark the new flag that @text means; false when it is none of them. */
static bool mark_culprit(const struct question *q, const char *text)
{
	int i, sure, best = 0;
	bool marked = false;

	for (i = 0; i < q->nr; i++) {
		sure = q->known[i]->state == FLAG_NEW ? blame(text, q->flags[i])
						      : 0;
		best = sure > best ? sure : best;
	}
	for (i = 0; best && i < q->nr; i++) {
		if (q->known[i]->state == FLAG_NEW &&
		    blame(text, q->flags[i]) == best) {
			q->known[i]->state = FLAG_BAD;
			marked = true;
		}
	}
	return marked;
}

#define ALL_FLAGS -1
#define NO_FLAG	  -2

/* The target, and the flags of @q that are not bad, or only number @only. */
static const char **question_argv(const struct question *q, int only, int *argc)
{
	const char **argv = xcalloc(2 * q->nr + 3, sizeof(*argv));
	int i, n = 0;

	if (q->target)
		argv[n++] = q->target;
	for (i = 0; i < q->nr; i++) {
		if (only == ALL_FLAGS ? q->known[i]->state == FLAG_BAD
				      : i != only)
			continue;
		argv[n++] = q->flags[i]->word;
		if (q->flags[i]->value)
			argv[n++] = q->flags[i]->value;
	}
	argv[n++] = "-ferror-limit=0";
	*argc = n;
	return argv;
}

static CXTranslationUnit parse_nothing(CXIndex index, const char **argv,
				       int argc)
{
	struct CXUnsavedFile empty = { .Filename = EMPTY_FILE, .Contents = "" };
	CXTranslationUnit tu = NULL;

	if (clang_parseTranslationUnit2(index, EMPTY_FILE, argv, argc, &empty,
					1, CXTranslationUnit_None, &tu))
		return NULL;
	return tu;
}

struct answer {
	int complaints;
	int explained; /* complaints that name a new flag, which is marked */
};

static void read_diagnostic(const struct question *q, CXDiagnostic diag,
			    struct answer *a)
{
	CXString str = clang_getDiagnosticSpelling(diag);
	const char *text = clang_getCString(str);

	if (clang_getDiagnosticSeverity(diag) >= CXDiagnostic_Error ||
	    names_unknown_flag(text)) {
		a->complaints++;
		a->explained += mark_culprit(q, text);
	}
	clang_disposeString(str);
}

/*
 * Ask about all flags together, or about one of them. An index lives no longer
 * than its question: whoever calls may fork afterwards.
 */
static struct answer ask(const struct question *q, int only)
{
	CXIndex index = clang_createIndex(0, 0);
	struct answer a = { 0, 0 };
	CXTranslationUnit tu;
	const char **argv;
	unsigned int i;
	int argc;

	argv = question_argv(q, only, &argc);
	tu = parse_nothing(index, argv, argc);
	if (!tu)
		a.complaints = 1;
	for (i = 0; tu && i < clang_getNumDiagnostics(tu); i++) {
		CXDiagnostic diag = clang_getDiagnostic(tu, i);

		read_diagnostic(q, diag, &a);
		clang_disposeDiagnostic(diag);
	}
	if (tu)
		clang_disposeTranslationUnit(tu);
	clang_disposeIndex(index);
	free(argv);
	return a;
}

/* Complaints that name no flag of ours: each flag by itself, then. */
static void ask_one_by_one(const struct question *q)
{
	struct answer a = ask(q, NO_FLAG);
	int i;

	/* The target itself is at fault; the parse of the unit will say so. */
	if (a.complaints)
		return;
	for (i = 0; i < q->nr; i++) {
		if (q->known[i]->state != FLAG_NEW)
			continue;
		a = ask(q, i);
		if (a.complaints)
			q->known[i]->state = FLAG_BAD;
	}
}

static void settle(const struct question *q)
{
	struct answer a;
	int i;

	/* Some errors hide others, so go on until nothing is left to drop. */
	do {
		a = ask(q, ALL_FLAGS);
	} while (a.explained);
	if (a.complaints)
		ask_one_by_one(q);
	for (i = 0; i < q->nr; i++) {
		if (q->known[i]->state == FLAG_NEW)
			q->known[i]->state = FLAG_GOOD;
	}
}

/* Learn what is not known yet about the flags at hand. */
static void learn(struct flag_report *report, const char *target,
		  const struct flag *flags, int nr, const uint32_t *ids)
{
	struct question q = { .target = target };
	int i;

	q.flags = xcalloc(nr + 1, sizeof(*q.flags));
	q.known = xcalloc(nr + 1, sizeof(*q.known));
	for (i = 0; i < nr; i++) {
		if (!flags[i].ask)
			continue;
		q.flags[q.nr] = &flags[i];
		q.known[q.nr++] = &report->flags[ids[i]];
	}
	settle(&q);
	free(q.flags);
	free(q.known);
}

void flag_report_filter(struct flag_report *report, const char *target,
			struct flag *flags, int nr)
{
	uint64_t target_hash = hash64_str(target ? target : "", 0);
	uint32_t *ids = xcalloc(nr + 1, sizeof(*ids));
	struct known_flag *known;
	bool any_new = false;
	int i;

	report->unit++;
	for (i = 0; i < nr; i++) {
		if (!flags[i].ask)
			continue;
		ids[i] = find_known(report, target_hash, &flags[i]);
		any_new |= report->flags[ids[i]].state == FLAG_NEW;
	}
	if (any_new)
		learn(report, target, flags, nr, ids);
	for (i = 0; i < nr; i++) {
		known = &report->flags[ids[i]];
		if (!flags[i].ask || known->state != FLAG_BAD)
			continue;
		flags[i].dropped = true;
		known->units += known->last_unit != report->unit;
		known->last_unit = report->unit;
	}
	free(ids);
}

static int by_text(const void *a, const void *b)
{
	const struct known_flag *x = a, *y = b;

	return strcmp(x->text, y->text);
}

/* The dropped flags, sorted; the same one of two targets is one. */
static uint32_t collect_bad(const struct flag_report *report,
			    struct known_flag *bad)
{
	uint32_t i, nr = 0, n = 0;

	for (i = 0; i < report->nr; i++) {
		if (report->flags[i].units)
			bad[nr++] = report->flags[i];
	}
	qsort(bad, nr, sizeof(*bad), by_text);
	for (i = 0; i < nr; i++) {
		if (n && !strcmp(bad[n - 1].text, bad[i].text))
			bad[n - 1].units += bad[i].units;
		else
			bad[n++] = bad[i];
	}
	return n;
}

void flag_report_line(const struct flag_report *report, struct strbuf *out)
{
	struct known_flag *bad = xcalloc(report->nr + 1, sizeof(*bad));
	uint32_t i, nr = collect_bad(report, bad);

	if (nr)
		strbuf_addf(out,
			    "dropped %u flag%s that clang does not know:", nr,
			    nr == 1 ? "" : "s");
	for (i = 0; i < nr; i++)
		strbuf_addf(out, "%s %s (%u unit%s)", i ? "," : "", bad[i].text,
			    bad[i].units, bad[i].units == 1 ? "" : "s");
	free(bad);
}
