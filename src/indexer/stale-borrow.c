// SPDX-License-Identifier: GPL-2.0-only
/*
 * One file, one parse. Most drivers are the same file in every architecture, so
 * a configuration borrows what another one has parsed, unless the file itself
 * asks for something in which the two differ: a CONFIG_ option that only one of
 * them has, a macro of the compiler.
 *
 * What the kernel-wide headers say differs, too, but then the difference is
 * theirs: an inline function that stands for nothing is no path to anywhere.
 *
 * What the command of the unit alone says is the unit's, wherever it matters:
 * it has to be the same in both.
 */
#include <ctype.h>
#include <string.h>

#include "indexer/directive.h"
#include "indexer/macro-set.h"
#include "indexer/module.h"
#include "indexer/overlay.h"
#include "indexer/own-words.h"
#include "indexer/stale.h"
#include "indexer/tree-path.h"
#include "util/string-list.h"

/* A unit that was parsed in another configuration. */
struct candidate {
	uint32_t id, config;
	uint64_t key; /* plan_unit_key() */
	uint32_t deps, prefix_deps; /* indices in c->sets, from 1 */
	uint32_t next; /* of the same file, from 1 */
};

struct other_config {
	uint32_t id;
	struct macro_set macros;
	struct string_list given; /* macros that commands define otherwise */
	struct own_words own;
};

struct borrow {
	struct stale_check *c;
	struct candidate *all;
	uint32_t nr;
	size_t alloc;
	struct u64map first; /* hash of a file's name -> candidate, from 1 */
	struct macro_set macros; /* of this configuration */
	struct own_words own; /* of its commands */
	struct other_config *others;
	uint32_t nr_others;
	size_t alloc_others;
	struct u64map verdict; /* other and file -> 1: the same, 2: not */
};

/* ---- the macros of a configuration ---- */

/* The command of a unit whose flags most others have, too. */
static const struct index_unit *typical_unit(const struct index_job *job)
{
	const struct index_unit *lead = NULL;
	uint32_t i, votes = 0;

	for (i = 0; i < job->nr_units; i++) {
		const struct index_unit *u = &job->units[i];

		if (u->missing)
			continue;
		if (!votes)
			lead = u;
		votes += u->prefix_key == lead->prefix_key ? 1 : -1;
	}
	return lead;
}

static int learn_macros(struct borrow *b)
{
	const struct index_job *job = b->c->job;
	const struct index_unit *u = typical_unit(job);
	struct strbuf data = STRBUF_INIT;
	int ret;

	/* without them nothing can be compared, and everything is parsed */
	if (!u ||
	    macro_set_ask(&b->macros, u->cmd->directory, plan_args(job, u)))
		return 0;
	macro_set_save(&b->macros, &data);
	ret = store_put_memo(job->store, job->config, MEMO_MACROS, data.buf,
			     data.len);
	strbuf_release(&data);
	return ret;
}

/* Stays where it is until another one is loaded. */
static void add_given(const struct borrow *b, struct other_config *other,
		      const char *name, size_t len)
{
	char *copy;

	if (!strcmp(macro_set_value(&b->macros, name, len),
		    macro_set_value(&other->macros, name, len)))
		return;
	copy = xstrndup(name, len);
	string_list_add(&other->given, copy);
	free(copy);
}

/*
 * What most commands of a configuration define is none of their own words, and
 * a source may use it in code alone. Of the other configuration the commands
 * are not at hand: there it is what the compiler and the kernel's options do
 * not define, and nobody here.
 */
static void find_given(const struct borrow *b, struct other_config *other)
{
	const struct index_unit *u = typical_unit(b->c->job);
	const struct macro_set *there = &other->macros;
	const struct parse_args *args = u ? plan_args(b->c->job, u) : NULL;
	uint32_t k;
	int i;

	for (i = 0; args && i < args->argc; i++) {
		const char *word = args->argv[i];

		if (!strncmp(word, "-D", 2) && !parse_arg_is_kbuild(word))
			add_given(b, other, word + 2, strcspn(word + 2, "=("));
	}
	for (k = 1; k < there->names.nr; k++) {
		const char *name = interner_get(&there->names, k);

		if (*name != '_' && strncmp(name, "CONFIG_", 7) &&
		    strncmp(name, "KBUILD_", 7) &&
		    !*macro_set_value(&b->macros, name, strlen(name)))
			add_given(b, other, name, strlen(name));
	}
	string_list_sort_unique(&other->given);
}

static int load_other(struct borrow *b, uint32_t config,
		      const struct other_config **found)
{
	struct store *store = b->c->job->store;
	struct strbuf data = STRBUF_INIT;
	struct other_config *other;
	uint32_t i;
	int ret;

	for (i = 0; i < b->nr_others; i++)
		if (b->others[i].id == config) {
			*found = &b->others[i];
			return 0;
		}
	ALLOC_GROW(b->others, (size_t)b->nr_others + 1, b->alloc_others);
	other = &b->others[b->nr_others++];
	*found = other;
	other->id = config;
	macro_set_init(&other->macros);
	memset(&other->given, 0, sizeof(other->given));
	own_words_init(&other->own);
	ret = store_get_memo(store, config, MEMO_MACROS, &data);
	if (!ret) {
		macro_set_load(&other->macros, data.buf, data.len);
		find_given(b, other);
		ret = own_words_load(&other->own, store, config);
	}
	strbuf_release(&data);
	return ret;
}

/* ---- what could be borrowed ---- */

static int add_candidate(void *data, const struct store_unit *unit)
{
	struct borrow *b = data;
	struct candidate *cand;
	uint64_t key = hash64_str(unit->file, 0);

	if (unit->status != UNIT_OK || !unit->deps_hash)
		return 0;
	ALLOC_GROW(b->all, (size_t)b->nr + 1, b->alloc);
	cand = &b->all[b->nr++];
	cand->id = unit->id;
	cand->config = unit->parsed_in;
	cand->key = plan_unit_key(unit->file, unit->command_hash);
	cand->deps = stale_set_number(b->c, unit->deps);
	cand->prefix_deps = stale_set_number(b->c, unit->prefix_deps);
	/* the last one stands first; any will do, but always the same */
	cand->next = u64map_get(&b->first, key);
	u64map_put(&b->first, key, b->nr);
	return 0;
}

static bool is_fresh(const struct stale_check *c, const struct candidate *cand)
{
	return !c->sets[cand->deps - 1].source_changed &&
	       (!cand->prefix_deps ||
		!c->sets[cand->prefix_deps - 1].source_changed);
}

/* ---- whether it is the same file there ---- */

struct comparison {
	const struct macro_set *here, *there;
	const struct string_list *given;
};

static bool name_differs(const struct comparison *cmp, const char *name,
			 size_t len)
{
	return strcmp(macro_set_value(cmp->here, name, len),
		      macro_set_value(cmp->there, name, len)) != 0;
}

static bool conditions_differ(const struct comparison *cmp,
			      const struct strbuf *text)
{
	struct directive_scan scan;
	bool ret = false;

	directive_scan_init(&scan, text->buf, text->len);
	while (!ret && directive_next(&scan)) {
		const char *line = scan.rest.buf, *word;
		size_t len;

		if (scan.kind != DIRECTIVE_IF && scan.kind != DIRECTIVE_IFDEF &&
		    scan.kind != DIRECTIVE_IFNDEF &&
		    scan.kind != DIRECTIVE_ELIF)
			continue;
		while (!ret && (word = identifier_next(&line, &len)))
			ret = name_differs(cmp, word, len);
	}
	directive_scan_release(&scan);
	return ret;
}

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Options are asked in code as well: IS_ENABLED(CONFIG_X), CONFIG_NR_X. */
static bool options_differ(const struct comparison *cmp,
			   const struct strbuf *text)
{
	static const char option[] = "CONFIG_";
	const char *p = text->buf;

	while ((p = strstr(p, option))) {
		size_t len = strspn(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "abcdefghijklmnopqrstuvwxyz0123456789_");

		if (name_differs(cmp, p, len))
			return true;
		p += len;
	}
	return false;
}

static bool uses(const struct strbuf *text, const char *name)
{
	size_t len = strlen(name);
	const char *p = text->buf;

	for (; (p = strstr(p, name)); p += len)
		if ((p == text->buf || !is_name_char(p[-1])) &&
		    !is_name_char(p[len]))
			return true;
	return false;
}

static bool given_differ(const struct comparison *cmp,
			 const struct strbuf *text)
{
	size_t i;

	for (i = 0; i < cmp->given->nr; i++)
		if (uses(text, cmp->given->item[i]))
			return true;
	return false;
}

static bool file_differs(const struct borrow *b, const struct comparison *cmp,
			 const char *name)
{
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	bool ret;

	tree_path_open(&path, b->c->job->opt->tree, b->c->job->objdir, name);
	ret = overlay_read(&text, path.buf) || conditions_differ(cmp, &text) ||
	      options_differ(cmp, &text) || given_differ(cmp, &text);
	strbuf_release(&path);
	strbuf_release(&text);
	return ret;
}

static bool file_is_same(struct borrow *b, const struct comparison *cmp,
			 uint32_t config, uint32_t file)
{
	uint64_t key = (uint64_t)config << 32 | file;
	uint32_t known = u64map_get(&b->verdict, key);

	if (!known) {
		const char *name = interner_get(&b->c->watch->file_names, file);

		known = file_differs(b, cmp, name) ? 2 : 1;
		u64map_put(&b->verdict, key, known);
	}
	return known == 1;
}

/* The source, and the headers that stand beside it: its own. */
static bool set_is_same(struct borrow *b, const struct comparison *cmp,
			uint32_t config, uint32_t set, const char *dir,
			size_t dir_len)
{
	const struct stale_check *c = b->c;
	uint32_t i;

	for (i = 0; set && i < c->sets[set - 1].nr; i++) {
		uint32_t file = c->members[c->sets[set - 1].first + i];
		const char *name = interner_get(&c->watch->file_names, file);

		if (strncmp(name, dir, dir_len) != 0 ||
		    strchr(name + dir_len, '/'))
			continue;
		if (!file_is_same(b, cmp, config, file))
			return false;
	}
	return true;
}

/*
 * A unit may be there longer than its command, for whoever borrowed it: what
 * it was parsed with is not known any more then.
 */
static bool command_is_same(const struct borrow *b, const struct index_unit *u,
			    const struct other_config *other,
			    const struct candidate *cand)
{
	uint64_t here, there;

	return own_words_find(&b->own, u->key, &here) &&
	       own_words_find(&other->own, cand->key, &there) && here == there;
}

static int is_same(struct borrow *b, const struct index_unit *u,
		   const struct candidate *cand, bool *same)
{
	struct comparison cmp = { .here = &b->macros };
	const char *slash = strrchr(u->name, '/');
	size_t len = slash ? slash + 1 - u->name : 0;
	const struct other_config *other;
	int ret;

	*same = false;
	ret = load_other(b, cand->config, &other);
	if (ret || macro_set_empty(&other->macros) ||
	    !command_is_same(b, u, other, cand))
		return ret;
	cmp.there = &other->macros;
	cmp.given = &other->given;
	*same = set_is_same(b, &cmp, cand->config, cand->deps, u->name, len) &&
		set_is_same(b, &cmp, cand->config, cand->prefix_deps, u->name,
			    len);
	return 0;
}

/* ---- the units ---- */

static int borrow_unit(struct borrow *b, struct index_unit *u)
{
	struct stale_check *c = b->c;
	uint32_t nr = u64map_get(&b->first, hash64_str(u->name, 0));
	bool same = false;
	char *modules;
	int ret = 0;

	for (; nr; nr = b->all[nr - 1].next) {
		const struct candidate *cand = &b->all[nr - 1];

		if (is_fresh(c, cand))
			ret = is_same(b, u, cand, &same);
		if (ret || same)
			break;
	}
	if (ret || !same)
		return ret;
	modules = command_modules(u->cmd);
	ret = store_borrow_unit(c->job->store, c->job->config, u->name,
				u->command_hash, b->all[nr - 1].id, modules);
	free(modules);
	u->stale = false;
	u->borrowed = true;
	c->job->sum->borrowed++;
	return ret;
}

static int borrow_all(struct borrow *b)
{
	struct index_job *job = b->c->job;
	uint32_t i;
	int ret = 0;

	if (!b->nr || macro_set_empty(&b->macros))
		return 0;
	for (i = 0; !ret && i < job->nr_units; i++)
		if (job->units[i].stale && !job->units[i].missing)
			ret = borrow_unit(b, &job->units[i]);
	return ret;
}

static uint32_t count_stale(const struct index_job *job)
{
	uint32_t i, nr = 0;

	for (i = 0; i < job->nr_units; i++)
		nr += job->units[i].stale && !job->units[i].missing;
	return nr;
}

/*
 * What was learned last time still holds while most units are fresh: every one
 * of them reads the kernel's configuration.
 */
static int find_macros(struct borrow *b, uint32_t nr_stale)
{
	const struct index_job *job = b->c->job;
	struct strbuf data = STRBUF_INIT;
	int ret;

	ret = store_get_memo(job->store, job->config, MEMO_MACROS, &data);
	if (!ret && (nr_stale * 2 < job->nr_units || job->watch.trusts))
		macro_set_load(&b->macros, data.buf, data.len);
	/* not with a stranger's files in place */
	if (!ret && macro_set_empty(&b->macros) && !job->watch.trusts)
		ret = learn_macros(b);
	strbuf_release(&data);
	return ret;
}

int stale_borrow(struct stale_check *c)
{
	struct borrow b = { .c = c };
	struct index_job *job = c->job;
	uint32_t nr_stale = count_stale(job);
	int ret;

	u64map_init(&b.first);
	u64map_init(&b.verdict);
	macro_set_init(&b.macros);
	own_words_init(&b.own);
	ret = find_macros(&b, nr_stale);
	if (!ret)
		ret = own_words_keep(&b.own, job);
	if (!ret && nr_stale && !job->opt->every_config)
		ret = store_each_foreign_unit(job->store, job->config,
					      add_candidate, &b);
	if (!ret)
		ret = borrow_all(&b);
	while (b.nr_others) {
		own_words_release(&b.others[--b.nr_others].own);
		macro_set_release(&b.others[b.nr_others].macros);
		string_list_release(&b.others[b.nr_others].given);
	}
	own_words_release(&b.own);
	free(b.others);
	free(b.all);
	macro_set_release(&b.macros);
	u64map_release(&b.first);
	u64map_release(&b.verdict);
	return ret;
}
