// SPDX-License-Identifier: GPL-2.0-only
/*
 * What can be wrong with a database before the first query: each case has a
 * message that says what to do. The header is looked at as bytes, because
 * SQLite opens a file that was cut short without a word and fails later, in the
 * middle of a run.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "callgraph/store-internal.h"

static const char schema[] =
#include "schema.sql.h"
	;

/*
 * An empty file holds nothing to lose, and a temporary file made by a script is
 * one: a writer takes it as a new one.
 */
int store_check_path(const char *path, enum store_mode mode, bool *make,
		     struct strbuf *err)
{
	struct stat st;

	*make = false;
	if (stat(path, &st) < 0) {
		if (errno == ENOENT && mode == STORE_WRITE) {
			*make = true;
			return 0;
		}
		if (errno == ENOENT) {
			strbuf_addf(err,
				    "%s: there is no such database; make "
				    "it with `probewalk index`",
				    path);
			return -ENOENT;
		}
		strbuf_addf(err, "%s: %s", path, strerror(errno));
		return -errno;
	}
	if (!S_ISREG(st.st_mode)) {
		strbuf_addf(err,
			    "%s: this is %s, not a database; name a file "
			    "with --db",
			    path,
			    S_ISDIR(st.st_mode) ? "a directory"
						: "not a regular file");
		return S_ISDIR(st.st_mode) ? -EISDIR : -EINVAL;
	}
	*make = st.st_size == 0;
	if (*make && mode == STORE_READ) {
		strbuf_addf(err, "%s: the file is empty; " STORE_REBUILD, path);
		return -EINVAL;
	}
	return 0;
}

/* ---- the lock of a writer ---- */

/* Somebody who ends removes the file: is the one we locked still there? */
static bool is_at(int fd, const char *path)
{
	struct stat ours, theirs;

	return !fstat(fd, &ours) && !stat(path, &theirs) &&
	       ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino;
}

static int held_by_other(const struct store *store, int fd, struct strbuf *err)
{
	char pid[32] = "";
	ssize_t len = pread(fd, pid, sizeof(pid) - 1, 0);

	pid[len > 0 ? len : 0] = '\0';
	strbuf_addf(err, "%s: another probewalk", store->path);
	if (strtol(pid, NULL, 10) > 0)
		strbuf_addf(err, " (process %ld)", strtol(pid, NULL, 10));
	strbuf_addstr(err,
		      " is writing this database; wait until it has ended");
	return -EBUSY;
}

static int try_lock(struct store *store, struct strbuf *err)
{
	int fd, ret;

	fd = open(store->lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0) {
		ret = -errno;
		strbuf_addf(err,
			    "%s: cannot be written: %s: %s; name a place "
			    "that can be with --db",
			    store->path, store->lock_path, strerror(-ret));
		return ret;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		ret = held_by_other(store, fd, err);
		close(fd);
		return ret;
	}
	store->lock_fd = fd;
	return 0;
}

int store_lock(struct store *store, struct strbuf *err)
{
	int ret;

	store->lock_path = xasprintf("%s.lock", store->path);
	while (!(ret = try_lock(store, err))) {
		if (is_at(store->lock_fd, store->lock_path))
			break;
		close(store->lock_fd);
		store->lock_fd = -1;
	}
	if (ret)
		return ret;
	/* for the message of others only: not having it changes nothing */
	if (ftruncate(store->lock_fd, 0) ||
	    dprintf(store->lock_fd, "%ld\n", (long)getpid()) < 0)
		return 0;
	return 0;
}

void store_unlock(struct store *store)
{
	if (store->lock_fd >= 0) {
		unlink(store->lock_path);
		close(store->lock_fd);
	}
	store->lock_fd = -1;
	free(store->lock_path);
	store->lock_path = NULL;
}

/* ---- making one ---- */

static int fill_new(struct store *store)
{
	char *sql;
	int ret;

	sql = xasprintf("PRAGMA page_size = 8192;"
			"BEGIN; PRAGMA application_id = %d;"
			"PRAGMA user_version = %d; %s COMMIT",
			STORE_APPLICATION_ID, STORE_USER_VERSION, schema);
	ret = store_exec(store, sql);
	free(sql);
	return ret;
}

/* With a rollback journal: nothing is left in a log when it is closed. */
static int make_file(const char *temp, const char *path, struct strbuf *err)
{
	struct store store = { .error = STRBUF_INIT };
	int rc, ret;

	rc = sqlite3_open_v2(temp, &store.db,
			     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
	ret = rc == SQLITE_OK ? fill_new(&store) : store_sql_error(&store, rc);
	if (ret)
		strbuf_addf(err, "%s: cannot be made: %s", path,
			    store_error(&store));
	sqlite3_close(store.db);
	strbuf_release(&store.error);
	return ret;
}

/*
 * What a killed writer left beside a database that is no more: SQLite would
 * take it for the log of the one made in its place, and play it into that.
 */
static void remove_logs(const char *path)
{
	static const char *const suffixes[] = { "-wal", "-shm", "-journal" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(suffixes); i++) {
		char *log = xasprintf("%s%s", path, suffixes[i]);

		unlink(log);
		free(log);
	}
}

/*
 * Made beside its place and moved there, so that a database of ours is either
 * whole or not there.
 */
int store_create(const char *path, struct strbuf *err)
{
	char *temp = xasprintf("%s.new", path);
	int ret;

	unlink(temp);
	ret = make_file(temp, path, err);
	if (!ret)
		remove_logs(path);
	if (!ret && rename(temp, path) < 0) {
		ret = -errno;
		strbuf_addf(err, "%s: cannot be made: %s", path,
			    strerror(-ret));
	}
	if (ret)
		unlink(temp);
	free(temp);
	return ret;
}

/* ---- looking at one ---- */

long long store_log_size(const struct store *store)
{
	char *log = xasprintf("%s-wal", store->path);
	struct stat st;
	long long size = 0;

	if (!stat(log, &st))
		size = st.st_size;
	free(log);
	return size;
}

/* SQLite's file format: numbers in the header are big-endian. */
enum {
	HEADER_PAGE_SIZE = 16, /* two bytes; 1 stands for 65536 */
	HEADER_CHANGES = 24,
	HEADER_NR_PAGES = 28,
	HEADER_USER_VERSION = 60,
	HEADER_APPLICATION_ID = 68,
	HEADER_VALID_FOR = 92, /* the number of pages holds if as CHANGES */
	HEADER_SIZE = 100,
};

static uint32_t get_be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static long long full_size(const unsigned char *header)
{
	long long page = header[HEADER_PAGE_SIZE] << 8 |
			 header[HEADER_PAGE_SIZE + 1];

	if (get_be32(header + HEADER_CHANGES) !=
	    get_be32(header + HEADER_VALID_FOR))
		return 0;
	return (page == 1 ? 65536 : page) * get_be32(header + HEADER_NR_PAGES);
}

static int cut_short(const struct store *store, long long size,
		     struct strbuf *err)
{
	strbuf_addf(
		err,
		"%s: the database is cut short, at %lld bytes; " STORE_REBUILD,
		store->path, size);
	return -EIO;
}

static int check_versions(const struct store *store,
			  const unsigned char *header, struct strbuf *err)
{
	uint32_t version = get_be32(header + HEADER_USER_VERSION);

	if (get_be32(header + HEADER_APPLICATION_ID) != STORE_APPLICATION_ID) {
		strbuf_addf(err,
			    "%s: this SQLite database was not made by "
			    "probewalk; name another file with --db",
			    store->path);
		return -EINVAL;
	}
	if (version == STORE_USER_VERSION)
		return 0;
	strbuf_addf(
		err,
		"%s: this database was made by another version of "
		"probewalk (format %u.%u, this one has %u.%u); " STORE_REBUILD,
		store->path, version >> 16, version & 0xffff,
		STORE_SCHEMA_VERSION, FACTS_VERSION);
	/* all of it is stale; a later version's may be worth more than ours */
	return version < STORE_USER_VERSION ? -ESTALE : -EINVAL;
}

/*
 * Read through SQLite's own descriptor: closing another one on the file would
 * drop the locks of every connection this process has to it.
 */
static sqlite3_file *file_of(const struct store *store)
{
	sqlite3_file *file = NULL;

	sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER,
			     &file);
	return file && file->pMethods ? file : NULL;
}

/* What is not there reads as zeroes. */
static bool read_header(const struct store *store, unsigned char *header)
{
	sqlite3_file *file = file_of(store);
	int rc;

	memset(header, 0, HEADER_SIZE);
	if (!file)
		return false;
	rc = file->pMethods->xRead(file, header, HEADER_SIZE, 0);
	return rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ;
}

static long long file_size(const struct store *store)
{
	sqlite3_file *file = file_of(store);
	sqlite3_int64 size = 0;

	if (!file || file->pMethods->xFileSize(file, &size) != SQLITE_OK)
		return 0;
	return size;
}

/*
 * With a log waiting, the file may be shorter than the database. A writer that
 * ends merges the log, then removes it: so the size is looked at last.
 */
static int check_size(const struct store *store, const unsigned char *header,
		      struct strbuf *err)
{
	long long size;

	if (store_log_size(store))
		return 0;
	size = file_size(store);
	return size < full_size(header) ? cut_short(store, size, err) : 0;
}

int store_check_header(struct store *store, struct strbuf *err)
{
	unsigned char header[HEADER_SIZE];
	static const char magic[16] = "SQLite format 3";
	int ret;

	if (!read_header(store, header)) {
		strbuf_addf(err, "%s: cannot be read", store->path);
		return -EIO;
	}
	if (memcmp(header, magic, sizeof(magic))) {
		strbuf_addf(err,
			    "%s: this is not a database; name another file "
			    "with --db",
			    store->path);
		return -EINVAL;
	}
	if (file_size(store) < HEADER_SIZE)
		return cut_short(store, file_size(store), err);
	ret = check_versions(store, header, err);
	return ret ? ret : check_size(store, header, err);
}
