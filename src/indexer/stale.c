// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which units have to be parsed: those not in the store, those that failed, and
 * those that read a file whose content is another now. Modification times are
 * not looked at: a checkout to and fro changes them all and nothing else.
 */
#include <errno.h>
#include <string.h>

#include "indexer/index-internal.h"
#include "indexer/tree-path.h"

/* A unit that the store knows. */
struct known_unit {
	uint32_t id;
	bool usable; /* may be left alone if no file changed */
	bool wanted; /* still in the compilation database */
	bool errors;
};

struct stale_check {
	struct index_job *job;
	struct known_unit *known;
	uint32_t nr_known;
	size_t alloc_known;
	struct u64map by_key; /* unit_key() -> index in known, from 1 */
	struct interner files; /* whose content was hashed in this run */
	uint64_t *content; /* by number in files */
	size_t alloc_content;
	struct strbuf path, text;
};

static uint64_t unit_key(const char *name, uint64_t command_hash)
{
	return hash64_u64(command_hash, hash64_str(name, 0));
}

static bool ends_with(const char *s, const char *end)
{
	size_t len = strlen(s), n = strlen(end);

	return len >= n && !strcmp(s + len - n, end);
}

/*
 * A header that was not found is no dependency, so nothing would tell when it
 * is there: that unit is tried again each time.
 */
static bool is_usable(const struct store_unit *unit)
{
	return unit->status == UNIT_OK ||
	       (unit->status == UNIT_ERRORS &&
		!ends_with(unit->detail, "file not found"));
}

static int add_known(void *data, const struct store_unit *unit)
{
	struct stale_check *c = data;
	struct known_unit *k;

	ALLOC_GROW(c->known, c->nr_known + 1, c->alloc_known);
	k = &c->known[c->nr_known++];
	k->id = unit->id;
	k->usable = is_usable(unit);
	k->errors = unit->status == UNIT_ERRORS;
	k->wanted = false;
	u64map_put(&c->by_key, unit_key(unit->file, unit->command_hash),
		   c->nr_known);
	return 0;
}

/* Content of a file now; 0 when it cannot be read. Read once in a run. */
static uint64_t content_hash(struct stale_check *c, const char *file)
{
	uint32_t old = c->files.nr;
	uint32_t nr = interner_addstr(&c->files, file);

	if (nr < old)
		return c->content[nr];
	ALLOC_GROW(c->content, nr + 1, c->alloc_content);
	strbuf_reset(&c->path);
	strbuf_reset(&c->text);
	tree_path_open(&c->path, c->job->opt->tree, c->job->objdir, file);
	if (strbuf_read_file(&c->text, c->path.buf))
		c->content[nr] = 0;
	else
		c->content[nr] = hash64(c->text.buf, c->text.len, 0);
	return c->content[nr];
}

enum { CHANGED = 1 };

static int check_dep(void *data, const char *file, uint64_t hash)
{
	struct stale_check *c = data;

	return hash && content_hash(c, file) == hash ? 0 : CHANGED;
}

/* Return: 0 when fresh, CHANGED, or -errno. */
static int check_unit(struct stale_check *c, const struct index_unit *u)
{
	uint32_t nr =
		u64map_get(&c->by_key, unit_key(u->name, u->args.command_hash));
	struct known_unit *k;

	if (!nr)
		return CHANGED;
	k = &c->known[nr - 1];
	k->wanted = true;
	if (!k->usable || u->missing)
		return CHANGED;
	return store_each_dep(c->job->store, k->id, check_dep, c);
}

static bool had_errors(const struct stale_check *c, const struct index_unit *u)
{
	uint32_t nr =
		u64map_get(&c->by_key, unit_key(u->name, u->args.command_hash));

	return nr && c->known[nr - 1].errors;
}

static int check_units(struct stale_check *c)
{
	struct index_summary *sum = c->job->sum;
	uint32_t i;

	for (i = 0; i < c->job->nr_units; i++) {
		struct index_unit *u = &c->job->units[i];
		int ret = check_unit(c, u);

		if (ret < 0)
			return ret;
		u->stale = ret == CHANGED;
		if (u->stale)
			continue;
		sum->fresh++;
		sum->errors += had_errors(c, u);
	}
	return 0;
}

static int delete_gone(struct stale_check *c)
{
	uint32_t i;

	for (i = 0; i < c->nr_known; i++) {
		int ret;

		if (c->known[i].wanted)
			continue;
		ret = store_delete_unit(c->job->store, c->known[i].id);
		if (ret)
			return ret;
		c->job->sum->removed++;
	}
	return 0;
}

int index_find_stale(struct index_job *job)
{
	struct stale_check c = { .job = job };
	int ret;

	u64map_init(&c.by_key);
	interner_init(&c.files);
	/* number 0 is the empty name, which no file has */
	ALLOC_GROW(c.content, 1, c.alloc_content);
	c.content[0] = 0;
	strbuf_init(&c.path);
	strbuf_init(&c.text);
	ret = store_each_unit(job->store, job->config, add_known, &c);
	if (!ret)
		ret = check_units(&c);
	if (!ret)
		ret = delete_gone(&c);
	u64map_release(&c.by_key);
	interner_release(&c.files);
	strbuf_release(&c.path);
	strbuf_release(&c.text);
	free(c.content);
	free(c.known);
	return ret;
}
