// SPDX-License-Identifier: GPL-2.0-only
/*
 * See args-kept.h. In the form of
 *
 *	magic tool NUL len origin nr nr_search { command_hash prefix_key }
 *	dropped NUL { directory NUL dir NUL }
 *
 * with numbers as they are in memory: a database of another kind of machine has
 * another magic. The origin is that of the commands (compdb-kept.h): a version
 * that knows nothing of this may have put others there.
 */
#include <string.h>

#include "util/bytes.h"

#include "callgraph/store-memo.h"
#include "indexer/args-kept.h"
#include "indexer/index-internal.h"
#include "indexer/stale.h"

static const uint64_t magic = 0x3173677261777000ull; /* "\0pwargs1" */

void args_kept_free(struct args_kept *kept)
{
	if (!kept)
		return;
	free(kept->dropped);
	free(kept->search);
	free(kept->text);
	free(kept);
}

/* ---- reading ---- */

/* By this libclang and this version? */
static bool is_by_us(struct bytes *b)
{
	struct strbuf tool = STRBUF_INIT;
	const char *found;
	uint64_t head;
	bool ret;

	bytes_copy(b, &head, sizeof(head));
	found = bytes_string(b);
	stale_tool_name(&tool);
	ret = found && head == magic && !strcmp(found, tool.buf);
	strbuf_release(&tool);
	return ret;
}

/* Of these commands? */
static bool is_of(struct bytes *b, const struct compdb *db,
		  const struct strbuf *origin)
{
	uint32_t len = bytes_number(b);
	const char *found = bytes_take(b, len);

	return found && len && len == origin->len &&
	       !memcmp(found, origin->buf, len) && bytes_number(b) == db->nr;
}

static struct args_kept *read_search(struct bytes *b, uint32_t nr)
{
	struct args_kept *kept = xcalloc(1, sizeof(*kept));
	const char *dropped = bytes_string(b);
	size_t alloc = 0;
	struct bytes text = { NULL, b->left, b->bad };

	kept->dropped = xstrdup(dropped ? dropped : "");
	kept->text = xmemdup(b->p, b->left);
	text.p = kept->text;
	while (!text.bad && kept->nr_search < nr) {
		const char *directory = bytes_string(&text);

		ALLOC_GROW(kept->search, kept->nr_search + 1, alloc);
		kept->search[kept->nr_search++] =
			(struct args_search){ directory, bytes_string(&text) };
	}
	if (!text.bad && !text.left)
		return kept;
	args_kept_free(kept);
	return NULL;
}

static void read_kept(struct compdb *db, const struct strbuf *memo,
		      const struct strbuf *origin)
{
	struct bytes b = { memo->buf, memo->len, false }, hashes;
	uint32_t nr_search;
	size_t i;

	if (!is_by_us(&b) || !is_of(&b, db, origin))
		return;
	nr_search = bytes_number(&b);
	hashes = b;
	if (!bytes_take(&b, db->nr * 2 * sizeof(uint64_t)))
		return;
	db->kept = read_search(&b, nr_search);
	for (i = 0; db->kept && i < db->nr; i++) {
		bytes_copy(&hashes, &db->cmds[i].command_hash,
			   sizeof(uint64_t));
		bytes_copy(&hashes, &db->cmds[i].prefix_key, sizeof(uint64_t));
	}
}

int args_kept_read(struct compdb *db, struct store *store, uint32_t config)
{
	struct strbuf memo = STRBUF_INIT, origin = STRBUF_INIT;
	int ret = store_get_memo(store, config, MEMO_ARGS, &memo);

	if (!ret)
		ret = store_get_memo(store, config, MEMO_ORIGIN, &origin);
	if (!ret)
		read_kept(db, &memo, &origin);
	strbuf_release(&memo);
	strbuf_release(&origin);
	return ret;
}

/* ---- keeping ---- */

static void add_text(struct strbuf *out, const char *text)
{
	strbuf_add(out, text, strlen(text) + 1);
}

struct collect {
	struct strbuf *out;
	struct u64map seen;
	uint32_t nr;
};

static void add_search(void *data, const char *directory, const char *dir)
{
	struct collect *c = data;
	uint64_t key = hash64_str(dir, hash64_str(directory, 0));

	if (!u64map_add(&c->seen, key, 1))
		return;
	c->nr++;
	add_text(c->out, directory);
	add_text(c->out, dir);
}

/* A command that is there twice is one unit, and all it says is said there. */
static uint32_t add_all_search(const struct index_job *job, struct strbuf *out)
{
	const struct args_kept *kept = job->db->kept;
	struct collect c = { .out = out };
	uint32_t i;

	u64map_init(&c.seen);
	for (i = 0; kept && i < kept->nr_search; i++)
		add_search(&c, kept->search[i].directory, kept->search[i].dir);
	for (i = 0; !kept && i < job->nr_units; i++)
		stale_each_search(job, &job->units[i], add_search, &c);
	u64map_release(&c.seen);
	return c.nr;
}

static void pack(const struct index_job *job, struct strbuf *out)
{
	uint32_t nr = job->db->nr, len = job->db->origin_len, nr_search;
	struct strbuf search = STRBUF_INIT;

	strbuf_add(out, &magic, sizeof(magic));
	stale_tool_name(out);
	strbuf_addch(out, '\0');
	strbuf_add(out, &len, sizeof(len));
	strbuf_add(out, job->db->origin, len);
	strbuf_add(out, &nr, sizeof(nr));
	nr_search = add_all_search(job, &search);
	strbuf_add(out, &nr_search, sizeof(nr_search));
	strbuf_add(out, job->hashes, nr * sizeof(*job->hashes));
	add_text(out, job->sum->dropped_flags.buf);
	strbuf_add(out, search.buf, search.len);
	strbuf_release(&search);
}

int args_keep(struct index_job *job)
{
	struct strbuf now = STRBUF_INIT, then = STRBUF_INIT;
	int ret;

	/* commands that are read anew each time come with nothing */
	if (job->db->origin)
		pack(job, &now);
	ret = store_get_memo(job->store, job->config, MEMO_ARGS, &then);
	if (!ret && (now.len != then.len || memcmp(now.buf, then.buf, now.len)))
		ret = store_put_memo(job->store, job->config, MEMO_ARGS,
				     now.buf, now.len);
	strbuf_release(&now);
	strbuf_release(&then);
	return ret;
}
