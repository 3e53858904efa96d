// SPDX-License-Identifier: GPL-2.0-only
/*
 * A writable state of a database that nobody else sees and that is gone when it
 * is closed. The file is mapped copy-on-write into the beginning of a larger
 * piece of memory, which SQLite takes as a database: what is not written is
 * neither read nor copied, so that opening costs the same for any size.
 *
 * A writer must not change the file below the mapping. What it writes goes into
 * its log first, and from there into the file only when no reader needs the
 * file as it is; so a reader stays open for as long. With something in the log
 * already, or where SQLite cannot do it, all is copied instead.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "callgraph/store-internal.h"

/* What may be added; memory that is not touched is none. */
#define ROOM (1ull << 30)

/* SQLite's file format: 2 stands for a log, 1 for a rollback journal. */
enum { HEADER_WRITE_VERSION = 18, HEADER_READ_VERSION = 19 };

struct store_scratch {
	struct store *base; /* a reader that keeps the file as it is */
	int fd;
	void *map;
	size_t size;
};

/*
 * The descriptor last: closing it drops this process' locks on the file, those
 * of SQLite's included.
 */
void store_scratch_release(struct store_scratch *s)
{
	if (!s)
		return;
	if (s->map)
		munmap(s->map, s->size);
	store_close(s->base);
	if (s->fd >= 0)
		close(s->fd);
	free(s);
}

#if SQLITE_VERSION_NUMBER >= 3036000 && !defined(SQLITE_OMIT_DESERIALIZE)

static int map_file(struct store_scratch *s, const char *path, size_t *len)
{
	struct stat st;
	void *file;

	s->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0 || fstat(s->fd, &st))
		return -errno;
	*len = st.st_size;
	s->size = *len + ROOM;
	s->map = mmap(NULL, s->size, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (s->map == MAP_FAILED) {
		s->map = NULL;
		return -ENOMEM;
	}
	file = mmap(s->map, *len, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, s->fd, 0);
	return file == MAP_FAILED ? -errno : 0;
}

static int open_mapped(struct store *store)
{
	struct store_scratch *s = store->scratch;
	unsigned char *header;
	size_t len = 0;
	int ret;

	/* in the log is what the file lacks */
	if (store_log_size(store))
		return -EAGAIN;
	ret = map_file(s, store->path, &len);
	if (ret)
		return ret;
	header = s->map;
	header[HEADER_WRITE_VERSION] = 1;
	header[HEADER_READ_VERSION] = 1;
	ret = sqlite3_deserialize(store->db, "main", s->map, len, s->size, 0);
	return ret == SQLITE_OK ? 0 : store_sql_error(store, ret);
}

#else

static int open_mapped(struct store *store)
{
	(void)store;
	return -EAGAIN;
}

#endif

static int open_copied(struct store *store)
{
	sqlite3_backup *backup;
	int rc;

	backup = sqlite3_backup_init(store->db, "main",
				     store->scratch->base->db, "main");
	if (!backup)
		return store_sql_error(store, sqlite3_errcode(store->db));
	sqlite3_backup_step(backup, -1);
	rc = sqlite3_backup_finish(backup);
	return rc == SQLITE_OK ? 0 : store_sql_error(store, rc);
}

/* Nothing has to survive, but part of a transaction may be taken back. */
static int start(struct store *store)
{
	return store_exec(store, "PRAGMA journal_mode = MEMORY;"
				 "PRAGMA synchronous = OFF;"
				 "PRAGMA cache_size = -65536;"
				 "PRAGMA temp_store = MEMORY;"
				 "PRAGMA foreign_keys = 1;"
				 "SELECT 1 FROM config LIMIT 1");
}

/* Of which version it is, the reader has looked at. */
static int open_private(struct store *store)
{
	int ret = store_open_db(store, ":memory:", SQLITE_OPEN_READWRITE);

	if (ret)
		return ret;
	ret = open_mapped(store);
	if (ret)
		ret = open_copied(store);
	return ret ? ret : start(store);
}

/* It holds the file as it is from its first access to its end. */
static int open_base(struct store_scratch *s, const char *path,
		     struct strbuf *err)
{
	int ret = store_open(&s->base, path, STORE_READ, err);

	if (ret)
		return ret;
	ret = store_exec(s->base, "BEGIN; SELECT 1 FROM config LIMIT 1");
	if (ret)
		strbuf_addf(err, "%s: %s", path, store_error(s->base));
	return ret;
}

int store_open_scratch(struct store **out, const char *path, struct strbuf *err)
{
	struct store *store = xcalloc(1, sizeof(*store));
	int ret;

	store->path = xstrdup(path);
	store->mode = STORE_WRITE;
	store->lock_fd = -1;
	strbuf_init(&store->error);
	store->scratch = xcalloc(1, sizeof(*store->scratch));
	store->scratch->fd = -1;
	ret = open_base(store->scratch, path, err);
	if (!ret)
		ret = open_private(store);
	if (ret && !err->len)
		strbuf_addf(err, "%s: %s", path, store_error(store));
	if (ret) {
		store_close(store);
		store = NULL;
	}
	*out = store;
	return ret;
}
