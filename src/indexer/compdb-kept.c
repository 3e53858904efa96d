// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands that the last index run has kept. The file of a kernel's commands is
 * ninety megabytes and hardly ever another one than the last time: as long as
 * it looks the same, they are read from the database, a third of the time.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "callgraph/store-memo.h"
#include "indexer/args-kept.h"
#include "indexer/compdb-kept.h"
#include "indexer/watch.h"

/*
 * Where a file stands and how it looks: bytes that are compared, so the stamp
 * has no holes. Nothing when a change in the next moment could not be seen.
 */
static void describe_file(const char *path, int64_t now, struct strbuf *out)
{
	char *cwd = getcwd(NULL, 0);
	char *full = path_normalise(cwd ? cwd : "/", path);
	struct watch_stamp stamp;
	struct stat st;

	if (!stat(path, &st) && S_ISREG(st.st_mode)) {
		stamp = watch_stamp_of(&st);
		if (watch_settled(&stamp, now)) {
			strbuf_add(out, &stamp, sizeof(stamp));
			strbuf_addstr(out, full);
		}
	}
	free(full);
	free(cwd);
}

/* ---- reading ---- */

struct search {
	struct store *store;
	struct compdb *db;
	const struct strbuf *origin;
	bool found;
};

static int try_config(void *data, const struct store_config *config)
{
	struct search *s = data;
	struct strbuf memo = STRBUF_INIT;
	int ret;

	ret = store_get_memo(s->store, config->id, MEMO_ORIGIN, &memo);
	if (!ret && memo.len == s->origin->len &&
	    !memcmp(memo.buf, s->origin->buf, memo.len)) {
		strbuf_reset(&memo);
		ret = store_get_memo(s->store, config->id, MEMO_COMMANDS,
				     &memo);
		s->found = !ret && !compdb_unpack(s->db, memo.buf, memo.len);
		if (s->found)
			ret = args_kept_read(s->db, s->store, config->id);
	}
	strbuf_release(&memo);
	return s->found ? 1 : ret;
}

/* Whatever is wrong with the database, the file is still there. */
static bool load_kept(struct compdb *db, const struct strbuf *origin,
		      const char *database)
{
	struct search s = { .db = db, .origin = origin };
	struct strbuf err = STRBUF_INIT;

	if (!store_open(&s.store, database, STORE_READ, &err)) {
		if (store_each_config(s.store, try_config, &s) < 0)
			s.found = false;
		store_close(s.store);
	}
	strbuf_release(&err);
	return s.found;
}

int compdb_load_or_kept(struct compdb *db, const char *path,
			const char *database, int64_t now, struct strbuf *err)
{
	struct strbuf origin = STRBUF_INIT;
	int ret = 0;

	describe_file(path, now, &origin);
	if (!origin.len || !load_kept(db, &origin, database))
		ret = compdb_load(db, path, err);
	if (!ret && origin.len && !db->other_files) {
		db->origin_len = origin.len;
		db->origin = strbuf_detach(&origin);
	}
	strbuf_release(&origin);
	return ret;
}

/* ---- keeping ---- */

static bool is_kept(const struct compdb *db, const struct strbuf *origin)
{
	return db->origin && origin->len == db->origin_len &&
	       !memcmp(origin->buf, db->origin, origin->len);
}

static int put_commands(struct store *store, uint32_t config,
			const struct compdb *db)
{
	struct strbuf now = STRBUF_INIT, then = STRBUF_INIT;
	int ret;

	compdb_pack(db, &now);
	ret = store_get_memo(store, config, MEMO_COMMANDS, &then);
	if (!ret && (now.len != then.len || memcmp(now.buf, then.buf, now.len)))
		ret = store_put_memo(store, config, MEMO_COMMANDS, now.buf,
				     now.len);
	if (!ret)
		ret = store_put_memo(store, config, MEMO_ORIGIN, db->origin,
				     db->origin_len);
	strbuf_release(&now);
	strbuf_release(&then);
	return ret;
}

int compdb_keep(const struct compdb *db, struct store *store, uint32_t config)
{
	struct strbuf origin = STRBUF_INIT;
	int ret = store_get_memo(store, config, MEMO_ORIGIN, &origin);

	if (!ret && !is_kept(db, &origin))
		ret = put_commands(store, config, db);
	strbuf_release(&origin);
	return ret;
}
