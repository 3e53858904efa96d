// SPDX-License-Identifier: GPL-2.0-only
/*
 * Connection, statements, transactions, errors.
 *
 * The journal is a write-ahead log: readers go on while a writer works, and a
 * writer that is killed leaves the last commit. A writer holds a lock of its
 * own beside SQLite's, because between two transactions SQLite holds none.
 */
#include <errno.h>
#include <string.h>

#include <sqlite3.h>

#include "callgraph/store-internal.h"

static const char *const sql[STORE_NR_STMTS] = {
	[STMT_FIND_CONFIG] = "SELECT id FROM config WHERE name = ?1",
	[STMT_ADD_CONFIG] = "INSERT INTO config (name, tree, kernel)"
			    " VALUES (?1, ?2, ?3)",
	[STMT_UPDATE_CONFIG] = "UPDATE config SET tree = ?2, kernel = ?3"
			       " WHERE name = ?1",
	[STMT_ADD_NAMES] = "INSERT INTO names VALUES (?1, ?2)",
	[STMT_ADD_FILE] = "INSERT INTO file VALUES (?1, ?2, ?3)",
	[STMT_ADD_IDSET] = "INSERT INTO idset VALUES (?1, ?2, ?3)",
	[STMT_ADD_PREFIX] = "INSERT INTO prefix (deps, headers)"
			    " VALUES (?1, ?2)",
	[STMT_FIND_PREFIX] = "SELECT id FROM prefix WHERE deps = ?1"
			     " AND headers = ?2",
	[STMT_FIND_UNIT] = "SELECT id FROM unit WHERE config = ?1"
			   " AND file = ?2 AND command_hash = ?3",
	[STMT_PUT_UNIT] = "INSERT OR REPLACE INTO unit VALUES"
			  " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
			  " ?12)",
	[STMT_DELETE_UNIT] = "DELETE FROM unit WHERE id = ?1",
	[STMT_FIND_MEMBER] = "SELECT unit FROM member WHERE config = ?1"
			     " AND file = ?2 AND command_hash = ?3",
	[STMT_PUT_MEMBER] = "INSERT OR REPLACE INTO member SELECT"
			    " ?1, ?2, ?3, id, deps_hash, ?5 FROM unit"
			    " WHERE id = ?4",
	[STMT_DELETE_MEMBER] = "DELETE FROM member WHERE config = ?1"
			       " AND file = ?2 AND command_hash = ?3",
	[STMT_DELETE_MEMBERS] = "DELETE FROM member WHERE unit = ?1",
	[STMT_HAS_MEMBER] = "SELECT unit FROM member WHERE unit = ?1 LIMIT 1",
	[STMT_ADD_BODY] = "INSERT INTO body VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
	[STMT_FIND_BODY] = "SELECT id FROM body WHERE unit = ?1",
	[STMT_FIND_HEADER] = "SELECT id FROM body WHERE hash = ?1",
	[STMT_DELETE_BODY] = "DELETE FROM body WHERE id = ?1",
	[STMT_DELETE_PREFIX] = "DELETE FROM prefix WHERE id = ?1",
	[STMT_DELETE_IDSET] = "DELETE FROM idset WHERE id = ?1",
	[STMT_ADD_SYMBOLS] = "INSERT INTO symbols VALUES (?1, ?2)",
	[STMT_ADD_FUNCTION] = "INSERT INTO function VALUES (?1, ?2, ?3)",
	[STMT_ADD_SOURCE] = "INSERT INTO source VALUES (?1, ?2)",
	[STMT_ADD_CALL] = "INSERT INTO call VALUES (?1, ?2, ?3, ?4, ?5)",
	[STMT_DELETE_CALLS] = "DELETE FROM call WHERE id BETWEEN ?1 AND ?2",
	[STMT_PUT_MEMO] = "INSERT OR REPLACE INTO memo VALUES (?1, ?2, ?3)",
	[STMT_MARK_STALE] = "UPDATE unit SET deps_hash = 0 WHERE id = ?1",
};

/* ---- errors ---- */

int store_fail(struct store *store, int err, const char *fmt, ...)
{
	va_list ap;

	strbuf_reset(&store->error);
	va_start(ap, fmt);
	strbuf_vaddf(&store->error, fmt, ap);
	va_end(ap);
	return -err;
}

/*
 * Why a write failed. SQLite passes the reason on for a statement but not for a
 * COMMIT, so the files are asked: the database and its log.
 */
static int write_errno(const struct store *store)
{
	static const int files[] = { SQLITE_FCNTL_FILE_POINTER,
				     SQLITE_FCNTL_JOURNAL_POINTER };
	int err = sqlite3_system_errno(store->db);
	size_t i;

	for (i = 0; !err && i < ARRAY_SIZE(files); i++) {
		sqlite3_file *file = NULL;

		sqlite3_file_control(store->db, "main", files[i], &file);
		if (file && file->pMethods)
			file->pMethods->xFileControl(
				file, SQLITE_FCNTL_LAST_ERRNO, &err);
	}
	return err;
}

static int io_error(struct store *store, const char *text)
{
	int err = write_errno(store);

	if (err == ENOSPC || err == EFBIG || err == EDQUOT)
		return store_sql_error(store, SQLITE_FULL);
	return store_fail(store, EIO, "%s: %s", text, strerror(err));
}

int store_sql_error(struct store *store, int rc)
{
	const char *text = sqlite3_errmsg(store->db);

	switch (rc & 0xff) {
	case SQLITE_FULL:
		return store_fail(store, ENOSPC,
				  "the disk is full or the file may not grow");
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return store_fail(
			store, EIO,
			"the database is damaged or cut short; " STORE_REBUILD);
	case SQLITE_IOERR:
		return io_error(store, text);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return store_fail(store, EBUSY,
				  "another program is using the database");
	case SQLITE_CANTOPEN:
		return store_fail(store, EACCES, "%s: %s", text,
				  strerror(sqlite3_system_errno(store->db)));
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return store_fail(store, EACCES, "%s", text);
	case SQLITE_NOMEM:
		return store_fail(store, ENOMEM, "%s", text);
	default:
		return store_fail(store, EINVAL, "%s", text);
	}
}

const char *store_error(const struct store *store)
{
	return store->error.buf;
}

/* ---- statements ---- */

struct sqlite3_stmt *store_prepare(struct store *store, const char *text)
{
	sqlite3_stmt *stmt = NULL;
	int rc;

	rc = sqlite3_prepare_v3(store->db, text, -1, SQLITE_PREPARE_PERSISTENT,
				&stmt, NULL);
	if (rc != SQLITE_OK)
		store_sql_error(store, rc);
	return stmt;
}

struct sqlite3_stmt *store_stmt(struct store *store, enum store_stmt id)
{
	if (!store->stmt[id])
		store->stmt[id] = store_prepare(store, sql[id]);
	return store->stmt[id];
}

int store_step(struct store *store, struct sqlite3_stmt *stmt)
{
	int rc = sqlite3_step(stmt);
	int ret = 0;

	if (rc != SQLITE_DONE && rc != SQLITE_ROW)
		ret = store_sql_error(store, rc);
	sqlite3_reset(stmt);
	return ret;
}

int store_bind_text(struct store *store, enum store_stmt id, int at,
		    const char *text)
{
	struct sqlite3_stmt *stmt = store_stmt(store, id);
	int rc;

	if (!stmt)
		return -EIO;
	rc = sqlite3_bind_text(stmt, at, text, -1, SQLITE_STATIC);
	return rc == SQLITE_OK ? 0 : store_sql_error(store, rc);
}

/* A place that has a text bound by hand is passed over. */
static void bind_numbers(struct sqlite3_stmt *stmt, const int64_t *values,
			 int nr)
{
	int i;

	for (i = 0; i < nr; i++) {
		if (values[i] == STORE_TEXT)
			continue;
		if (values[i] == STORE_NULL)
			sqlite3_bind_null(stmt, i + 1);
		else
			sqlite3_bind_int64(stmt, i + 1, values[i]);
	}
}

int store_run(struct store *store, enum store_stmt id, const int64_t *values,
	      int nr)
{
	struct sqlite3_stmt *stmt = store_stmt(store, id);

	if (!stmt)
		return -EIO;
	bind_numbers(stmt, values, nr);
	return store_step(store, stmt);
}

int store_find(struct store *store, enum store_stmt id, const int64_t *values,
	       int nr, int64_t *found)
{
	struct sqlite3_stmt *stmt = store_stmt(store, id);
	int rc, ret = 0;

	*found = 0;
	if (!stmt)
		return -EIO;
	bind_numbers(stmt, values, nr);
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		*found = sqlite3_column_int64(stmt, 0);
	else if (rc != SQLITE_DONE)
		ret = store_sql_error(store, rc);
	sqlite3_reset(stmt);
	return ret;
}

int store_exec(struct store *store, const char *text)
{
	int rc = sqlite3_exec(store->db, text, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : store_sql_error(store, rc);
}

/* ---- transactions ---- */

/*
 * On a full disk and other errors SQLite takes the whole transaction back by
 * itself. What is written after that would be committed at once, without what
 * came before: nothing is, until the caller has noticed.
 */
static int check_transaction(struct store *store)
{
	if (store->failed)
		return store->failed;
	if (store->in_transaction && sqlite3_get_autocommit(store->db))
		return store_fail(store, EIO, "the transaction was lost");
	return 0;
}

int store_begin(struct store *store)
{
	int ret = store_exec(store, "BEGIN IMMEDIATE");

	store->failed = 0;
	store->in_transaction = !ret;
	return ret;
}

int store_commit(struct store *store)
{
	int ret = check_transaction(store);

	if (!ret)
		ret = store_exec(store, "COMMIT");
	if (ret)
		store_rollback(store);
	store->in_transaction = false;
	return ret;
}

void store_rollback(struct store *store)
{
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	store->in_transaction = false;
	store->failed = 0;
	store_cache_drop(store);
}

int store_savepoint(struct store *store)
{
	int ret = check_transaction(store);

	return ret ? ret : store_exec(store, "SAVEPOINT part");
}

int store_savepoint_end(struct store *store, int ret)
{
	if (!ret)
		ret = store_exec(store, "RELEASE part");
	if (!ret)
		return 0;
	store_cache_drop(store);
	/* not through store_exec(): the text of the first error stays */
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK TO part; RELEASE part", NULL,
			     NULL, NULL);
	else if (store->in_transaction)
		store->failed = ret;
	return ret;
}

/* ---- opening and closing ---- */

static void close_db(struct store *store)
{
	int i;

	for (i = 0; i < STORE_NR_STMTS; i++) {
		sqlite3_finalize(store->stmt[i]);
		store->stmt[i] = NULL;
	}
	/* the last one to close merges the log and removes it */
	sqlite3_close(store->db);
	store->db = NULL;
}

int store_open_db(struct store *store, const char *name, int flags)
{
	int rc;

	rc = sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_NOMUTEX,
			     NULL);
	if (rc != SQLITE_OK)
		return store_sql_error(store, rc);
	sqlite3_extended_result_codes(store->db, 1);
	sqlite3_busy_timeout(store->db, 10000);
	return 0;
}

/*
 * A reader in a place where nothing may be written cannot have the files beside
 * the database that a log needs. Without a log in waiting none are needed.
 */
static int open_immutable(struct store *store)
{
	struct strbuf uri = STRBUF_INIT;
	const char *p;
	int ret;

	strbuf_addstr(&uri, "file:");
	for (p = store->path; *p; p++) {
		if (*p == '%' || *p == '?' || *p == '#')
			strbuf_addf(&uri, "%%%02x", *p);
		else
			strbuf_addch(&uri, *p);
	}
	strbuf_addstr(&uri, "?immutable=1");
	close_db(store);
	ret = store_open_db(store, uri.buf,
			    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
	strbuf_release(&uri);
	return ret;
}

/* The first access recovers the log; it fails where that cannot be done. */
static int first_access(struct store *store)
{
	return store_exec(store, "SELECT 1 FROM config LIMIT 1");
}

static int start_reading(struct store *store)
{
	int ret = first_access(store);

	if (ret == -EACCES && !store_log_size(store)) {
		ret = open_immutable(store);
		if (!ret)
			ret = first_access(store);
	}
	return ret ? ret : store_exec(store, "PRAGMA query_only = 1");
}

/*
 * What a machine that goes down can cost: the last transactions, never more.
 * NORMAL does not wait for the disk at a commit. What is in the log then may
 * not have reached the disk; each part of it carries a checksum that goes on
 * from the part before, so SQLite plays it back up to the last transaction that
 * is whole and forgets the rest. At a checkpoint it does wait, twice: for the
 * log before pages are copied from it into the database, and for the database
 * before the log is used again. So the database is never in a state that the
 * log cannot mend, and units whose transaction is lost are just not there: the
 * next run parses them.
 */
static int start_writing(struct store *store)
{
	if (sqlite3_db_readonly(store->db, "main") == 1)
		return store_fail(store, EACCES,
				  "the file is read-only; change its "
				  "permissions or name another with --db");
	return store_exec(store, "PRAGMA journal_mode = WAL;"
				 "PRAGMA synchronous = NORMAL;"
				 "PRAGMA wal_autocheckpoint = 4000;"
				 "PRAGMA cache_size = -65536;"
				 "PRAGMA temp_store = MEMORY;"
				 "PRAGMA foreign_keys = 1;"
				 "SELECT 1 FROM config LIMIT 1");
}

static int open_existing(struct store *store, struct strbuf *err)
{
	int ret;

	ret = store_open_db(store, store->path, SQLITE_OPEN_READWRITE);
	if (!ret) {
		ret = store_check_header(store, err);
		if (ret)
			return ret;
		ret = store->mode == STORE_READ ? start_reading(store)
						: start_writing(store);
	}
	if (ret)
		strbuf_addf(err, "%s: %s", store->path, store_error(store));
	return ret;
}

/* By an earlier version: derived data, of which nothing can be kept. */
static int make_again(struct store *store, struct strbuf *err)
{
	int ret;

	strbuf_reset(err);
	close_db(store);
	ret = store_create(store->path, err);
	if (ret)
		return ret;
	store->made_again = true;
	return open_existing(store, err);
}

bool store_made_again(const struct store *store)
{
	return store->made_again;
}

int store_open(struct store **out, const char *path, enum store_mode mode,
	       struct strbuf *err)
{
	struct store *store = xcalloc(1, sizeof(*store));
	bool make;
	int ret;

	store->path = xstrdup(path);
	store->mode = mode;
	store->lock_fd = -1;
	strbuf_init(&store->error);
	ret = store_check_path(path, mode, &make, err);
	if (!ret && mode == STORE_WRITE) {
		ret = store_lock(store, err);
		/* whoever held the lock until now may have made it */
		if (!ret)
			ret = store_check_path(path, mode, &make, err);
		if (!ret && make)
			ret = store_create(path, err);
	}
	if (!ret)
		ret = open_existing(store, err);
	if (ret == -ESTALE && mode == STORE_WRITE)
		ret = make_again(store, err);
	if (ret) {
		store_close(store);
		store = NULL;
	}
	*out = store;
	return ret;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	if (store->db)
		store_rollback(store);
	close_db(store);
	store_scratch_release(store->scratch);
	store_cache_drop(store);
	store_unlock(store);
	strbuf_release(&store->error);
	free(store->path);
	free(store);
}
