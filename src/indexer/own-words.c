// SPDX-License-Identifier: GPL-2.0-only
/*
 * A word that most commands of a configuration have is the configuration's: its
 * architecture, the kernel's own headers. Any other is the command's own, and
 * so is that it lacks one of those. What kbuild tells every unit about itself
 * does not count; nor do -m and -f, which only set macros of the compiler: see
 * stale-borrow.c. Nor do the directories that headers are looked for in: 614
 * units of drivers/gpu/drm/amd have more of them on x86_64 than on arm64, and
 * find the same headers in the others.
 */
#include <string.h>

#include "callgraph/store-memo.h"
#include "indexer/own-words.h"
#include "indexer/tree-path.h"

/* What is kept: a row with the hash of all commands, and one for each. */
struct row {
	uint64_t unit, hash;
};

enum kind { MACRO, FILE_NAME };

/* A word of a command, with the one behind it when they belong together. */
struct own_word {
	enum kind kind;
	char option; /* tells -D from -U, and -include from -imacros */
	const char *value; /* what it names */
	uint32_t unit; /* whose it is */
};

struct tallied {
	struct own_word word; /* of the first unit that has it */
	uint32_t units; /* that have it */
	uint32_t last_unit; /* from 1: given twice, it is one unit's */
	uint64_t hash; /* when most have it */
};

struct tally {
	const struct index_job *job;
	struct u64map by_text; /* -> index in words, from 1 */
	struct tallied *words;
	uint32_t nr;
	size_t alloc;
	uint32_t *common; /* words that most have */
	uint32_t nr_common;
};

/* ---- words ---- */

static bool take_joined(const char *text, struct own_word *word)
{
	if (text[0] != '-' || (text[1] != 'D' && text[1] != 'U') ||
	    parse_arg_is_kbuild(text))
		return false;
	word->kind = MACRO;
	word->option = text[1];
	word->value = text + 2;
	return true;
}

static bool take_separate(const char *text, const char *next,
			  struct own_word *word)
{
	if (!next || (strcmp(text, "-include") && strcmp(text, "-imacros")))
		return false;
	word->kind = FILE_NAME;
	word->option = text[2];
	word->value = next;
	return true;
}

/* The next word that may be a unit's own, from @i on; moves @i behind it. */
static bool next_word(const struct tally *t, uint32_t unit, int *i,
		      struct own_word *word)
{
	const struct parse_args *args = plan_args(t->job, &t->job->units[unit]);

	word->unit = unit;
	while (*i < args->argc) {
		const char *text = args->argv[(*i)++];

		if (take_joined(text, word))
			return true;
		/* the last one ends in NULL */
		if (take_separate(text, args->argv[*i], word)) {
			(*i)++;
			return true;
		}
	}
	return false;
}

/* Add what a word says to a hash. */
static uint64_t hash_word(const struct tally *t, const struct own_word *word,
			  uint64_t hash)
{
	const struct index_job *job = t->job;
	struct strbuf text = STRBUF_INIT;
	char *path;

	if (word->kind == MACRO)
		return hash64_str(word->value, hash64_u64(word->option, hash));
	path = path_normalise(job->units[word->unit].cmd->directory,
			      word->value);
	tree_path_add_dir(&text, job->opt->tree, job->objdir, path);
	hash = hash64_str(text.buf, hash64_u64(word->option, hash));
	strbuf_release(&text);
	free(path);
	return hash;
}

/* ---- commands ---- */

static struct tallied *find_word(struct tally *t, const struct own_word *word)
{
	uint64_t key = hash64_str(word->value, word->option);
	uint32_t nr = u64map_get(&t->by_text, key);

	if (nr)
		return &t->words[nr - 1];
	ALLOC_GROW(t->words, (size_t)t->nr + 1, t->alloc);
	memset(&t->words[t->nr], 0, sizeof(*t->words));
	t->words[t->nr++].word = *word;
	u64map_put(&t->by_text, key, t->nr);
	return &t->words[t->nr - 1];
}

static void count_words(struct tally *t, uint32_t unit)
{
	struct own_word word;
	int i = 0;

	while (next_word(t, unit, &i, &word)) {
		struct tallied *w = find_word(t, &word);

		w->units += w->last_unit != unit + 1;
		w->last_unit = unit + 1;
	}
}

static bool is_common(const struct tally *t, const struct tallied *w)
{
	return w->units > t->job->nr_units / 2;
}

static void find_common(struct tally *t)
{
	uint32_t i;

	for (i = 0; i < t->job->nr_units; i++)
		count_words(t, i);
	t->common = xcalloc((size_t)t->nr + 1, sizeof(*t->common));
	for (i = 0; i < t->nr; i++) {
		struct tallied *w = &t->words[i];

		w->last_unit = 0;
		if (!is_common(t, w))
			continue;
		w->hash = hash_word(t, &w->word, 0);
		t->common[t->nr_common++] = i;
	}
}

static uint64_t hash_own(struct tally *t, uint32_t unit)
{
	uint64_t hash = 0, lacks = 0;
	struct own_word word;
	uint32_t k;
	int i = 0;

	while (next_word(t, unit, &i, &word)) {
		struct tallied *w = find_word(t, &word);

		w->last_unit = unit + 1;
		if (!is_common(t, w))
			hash = hash_word(t, &word, hash);
	}
	for (k = 0; k < t->nr_common; k++) {
		const struct tallied *w = &t->words[t->common[k]];

		/* elsewhere they may be common in another order */
		if (w->last_unit != unit + 1)
			lacks += w->hash;
	}
	return hash64_u64(lacks, hash);
}

/* ---- what is kept ---- */

void own_words_init(struct own_words *own)
{
	strbuf_init(&own->data);
}

void own_words_release(struct own_words *own)
{
	strbuf_release(&own->data);
}

static int by_unit(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static uint64_t hash_commands(const struct index_job *job)
{
	uint64_t hash = 0;
	uint32_t i;

	for (i = 0; i < job->nr_units; i++)
		hash = hash64_u64(job->units[i].key, hash);
	return hash;
}

static void find_out(struct own_words *own, const struct index_job *job)
{
	struct tally t = { .job = job };
	struct row *rows = xcalloc((size_t)job->nr_units + 1, sizeof(*rows));
	uint32_t i;

	u64map_init(&t.by_text);
	find_common(&t);
	for (i = 0; i < job->nr_units; i++) {
		rows[i + 1].unit = job->units[i].key;
		rows[i + 1].hash = hash_own(&t, i);
	}
	qsort(rows + 1, job->nr_units, sizeof(*rows), by_unit);
	rows[0].unit = hash_commands(job);
	strbuf_reset(&own->data);
	strbuf_add(&own->data, rows,
		   ((size_t)job->nr_units + 1) * sizeof(*rows));
	u64map_release(&t.by_text);
	free(t.words);
	free(t.common);
	free(rows);
}

int own_words_keep(struct own_words *own, const struct index_job *job)
{
	struct row head;
	int ret = own_words_load(own, job->store, job->config);

	if (ret)
		return ret;
	if (own->data.len >= sizeof(head)) {
		memcpy(&head, own->data.buf, sizeof(head));
		if (head.unit == hash_commands(job))
			return 0;
	}
	find_out(own, job);
	return store_put_memo(job->store, job->config, MEMO_OWN_WORDS,
			      own->data.buf, own->data.len);
}

int own_words_load(struct own_words *own, struct store *store, uint32_t config)
{
	strbuf_reset(&own->data);
	return store_get_memo(store, config, MEMO_OWN_WORDS, &own->data);
}

bool own_words_find(const struct own_words *own, uint64_t unit, uint64_t *hash)
{
	const struct row key = { .unit = unit }, *rows, *row;
	size_t nr = own->data.len / sizeof(*rows);

	rows = (const struct row *)own->data.buf;
	if (nr < 2)
		return false;
	row = bsearch(&key, rows + 1, nr - 1, sizeof(*rows), by_unit);
	if (row)
		*hash = row->hash;
	return row != NULL;
}
