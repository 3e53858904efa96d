// SPDX-License-Identifier: GPL-2.0-only
/*
 * Modules as sets: see modules.h. There are a dozen thousand modules and a few
 * sets of more than one, from sources that several modules share, so a set is a
 * text of sorted words and its number that of the text.
 */
#include <string.h>

#include "rules/modules.h"
#include "util/alloc.h"
#include "util/hash.h"

/* More callers than that are no module's own. */
enum { MAX_CALLERS = 64, MAX_DEPTH = 3 };

struct modules {
	const struct graph *g;
	bool loaded;
	struct interner sets; /* words with blanks between them, sorted */
	struct u64map files; /* string -> set + 1, where kbuild names some */
	struct u64map
		around; /* string of a file -> set + 1, by what is there */
	struct u64map dirs; /* hash of a directory -> set + 1 common to it */
	struct u64map drivers; /* hash -> files with __init functions */
	bool has_drivers;
	struct u64map functions; /* in headers: symbol, depth -> set + 1 */
	struct u64map met; /* pairs of sets -> set + 1 */
};

struct modules *modules_new(const struct graph *g)
{
	struct modules *m = xcalloc(1, sizeof(*m));

	m->g = g;
	interner_init(&m->sets);
	u64map_init(&m->files);
	u64map_init(&m->around);
	u64map_init(&m->dirs);
	u64map_init(&m->drivers);
	u64map_init(&m->functions);
	u64map_init(&m->met);
	return m;
}

void modules_free(struct modules *m)
{
	if (!m)
		return;
	interner_release(&m->sets);
	u64map_release(&m->files);
	u64map_release(&m->around);
	u64map_release(&m->dirs);
	u64map_release(&m->drivers);
	u64map_release(&m->functions);
	u64map_release(&m->met);
	free(m);
}

/* ---- sets ---- */

static int cmp_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words of a text; what they point to is the copy that is returned. */
static char *split(const char *text, char ***words, size_t *nr)
{
	char *copy = xstrdup(text), *p = copy, *word;
	size_t alloc = 0;

	*words = NULL;
	*nr = 0;
	while ((word = strsep(&p, " "))) {
		if (!*word)
			continue;
		ALLOC_GROW(*words, *nr + 1, alloc);
		(*words)[(*nr)++] = word;
	}
	if (*nr)
		qsort(*words, *nr, sizeof(**words), cmp_words);
	return copy;
}

/* A set of words in order, each once. */
static uint32_t add_set(struct modules *m, char *const *words, size_t nr)
{
	struct strbuf text = STRBUF_INIT;
	uint32_t set;
	size_t i;

	for (i = 0; i < nr; i++)
		if (!i || strcmp(words[i], words[i - 1]) != 0)
			strbuf_addf(&text, "%s%s", text.len ? " " : "",
				    words[i]);
	set = interner_add(&m->sets, text.buf, text.len);
	strbuf_release(&text);
	return set;
}

static uint32_t set_of_text(struct modules *m, const char *text)
{
	char **words, *copy;
	uint32_t set;
	size_t nr;

	if (!strchr(text, ' '))
		return interner_addstr(&m->sets, text);
	copy = split(text, &words, &nr);
	set = add_set(m, words, nr);
	free(words);
	free(copy);
	return set;
}

static uint32_t join(struct modules *m, uint32_t a, uint32_t b)
{
	char *text;
	uint32_t set;

	if (a == b || a == MODULES_NONE || b == MODULES_NONE)
		return a == MODULES_NONE ? b : a;
	text = xasprintf("%s %s", interner_get(&m->sets, a),
			 interner_get(&m->sets, b));
	set = set_of_text(m, text);
	free(text);
	return set;
}

static uint32_t meet(struct modules *m, uint32_t a, uint32_t b)
{
	char **x, **y, *copy_x, *copy_y;
	size_t nr_x, nr_y, i, nr = 0;
	uint32_t set;

	copy_x = split(interner_get(&m->sets, a), &x, &nr_x);
	copy_y = split(interner_get(&m->sets, b), &y, &nr_y);
	for (i = 0; i < nr_x; i++)
		if (bsearch(&x[i], y, nr_y, sizeof(*y), cmp_words))
			x[nr++] = x[i];
	set = add_set(m, x, nr);
	free(x);
	free(y);
	free(copy_x);
	free(copy_y);
	return set;
}

static bool is_word(const struct modules *m, uint32_t set)
{
	return !strchr(interner_get(&m->sets, set), ' ');
}

uint32_t modules_meet(struct modules *m, uint32_t a, uint32_t b)
{
	uint64_t key = (uint64_t)a << 32 | b;
	uint32_t known, set;

	if (a == b || a == MODULES_NONE || b == MODULES_NONE)
		return a == b ? a : MODULES_NONE;
	/* nearly all: two words that differ have nothing in common */
	if (is_word(m, a) && is_word(m, b))
		return MODULES_NONE;
	known = u64map_get(&m->met, key);
	if (known)
		return known - 1;
	set = meet(m, a, b);
	u64map_put(&m->met, key, set + 1);
	return set;
}

/* ---- what kbuild says ---- */

static uint64_t directory_key(const struct graph *g, uint32_t file)
{
	const char *name = graph_string(g, file);
	const char *slash = strrchr(name, '/');

	return hash64(name, slash ? slash - name + 1 : 0, 0);
}

/* Those that all sources of a directory have. */
static void narrow_directory(struct modules *m, uint32_t file, uint32_t set)
{
	uint64_t key = directory_key(m->g, file);
	uint32_t known = u64map_get(&m->dirs, key);

	u64map_put(&m->dirs, key,
		   known ? modules_meet(m, known - 1, set) + 1 : set + 1);
}

static void load(struct modules *m)
{
	struct graph_module_range list = graph_modules(m->g);
	uint32_t i;

	m->loaded = true;
	for (i = 0; i < list.nr; i++) {
		const struct graph_module *it = &list.first[i];
		uint32_t set = set_of_text(m, graph_string(m->g, it->module));
		uint32_t known = u64map_get(&m->files, it->file);

		if (known)
			set = join(m, known - 1, set);
		u64map_put(&m->files, it->file, set + 1);
	}
	for (i = 0; i < list.nr; i++)
		narrow_directory(m, list.first[i].file,
				 u64map_get(&m->files, list.first[i].file) - 1);
}

/* ---- where it says nothing ---- */

/* Count in every directory the files that have __init functions. */
static void count_drivers(struct modules *m)
{
	uint32_t nr = graph_nr_symbols(m->g), last = GRAPH_NONE, i;
	struct u64map files;

	u64map_init(&files);
	for (i = 0; i < nr; i++) {
		const struct graph_symbol *sym = graph_symbol(m->g, i);
		uint64_t key;

		if (sym->kind != SYMBOL_FUNC || !(sym->attrs & ATTR_INIT) ||
		    sym->file == last)
			continue;
		last = sym->file;
		if (!u64map_add(&files, last, 1))
			continue;
		key = directory_key(m->g, last);
		u64map_put(&m->drivers, key, u64map_get(&m->drivers, key) + 1);
	}
	u64map_release(&files);
	m->has_drivers = true;
}

/* As a word that kbuild never uses. */
static uint32_t whole_directory(struct modules *m, uint32_t file)
{
	const char *name = graph_string(m->g, file);
	const char *slash = strrchr(name, '/');
	char *word;
	uint32_t set;

	if (!m->has_drivers)
		count_drivers(m);
	if (u64map_get(&m->drivers, directory_key(m->g, file)) > 1)
		return MODULES_NONE;
	word = xasprintf("%.*s/", slash ? (int)(slash - name) : 0, name);
	set = set_of_text(m, word);
	free(word);
	return set;
}

static uint32_t modules_around(struct modules *m, uint32_t file)
{
	uint32_t known = u64map_get(&m->around, file), set;

	if (known)
		return known - 1;
	known = u64map_get(&m->dirs, directory_key(m->g, file));
	set = known ? known - 1 : whole_directory(m, file);
	u64map_put(&m->around, file, set + 1);
	return set;
}

static uint32_t modules_running(struct modules *m, uint32_t fn, int depth)
{
	struct graph_list calls = graph_calls_to(m->g, fn);
	/* how far it still goes is part of the answer, whoever asks first */
	uint64_t key = (uint64_t)depth << 32 | fn;
	uint32_t set = MODULES_NONE, known, i;

	if (depth == MAX_DEPTH || calls.nr > MAX_CALLERS)
		return MODULES_NONE;
	known = u64map_get(&m->functions, key);
	if (known)
		return known - 1;
	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c = graph_call(m->g, calls.first[i]);

		known = u64map_get(&m->files, c->file);
		set = join(m, set,
			   known ? known - 1
				 : modules_running(m, c->caller, depth + 1));
	}
	u64map_put(&m->functions, key, set + 1);
	return set;
}

uint32_t modules_at(struct modules *m, uint32_t file, uint32_t fn)
{
	uint32_t known, set = MODULES_NONE;

	if (!m->loaded)
		load(m);
	known = u64map_get(&m->files, file);
	if (known)
		return known - 1;
	if (fn != GRAPH_NONE && m->files.nr)
		set = modules_running(m, fn, 0);
	return set == MODULES_NONE ? modules_around(m, file) : set;
}
