// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which units make up a configuration. Several may have one unit, so a unit is
 * deleted by the last one that lets go of it.
 */
#include <errno.h>

#include <sqlite3.h>

#include "callgraph/store-internal.h"

static int run_member(struct store *store, enum store_stmt stmt,
		      uint32_t config, const char *file, uint64_t command_hash,
		      int64_t unit, uint32_t module)
{
	const int64_t values[] = { config, STORE_TEXT, command_hash, unit,
				   module };
	int ret = store_bind_text(store, stmt, 2, file);

	if (!ret)
		ret = store_run(store, stmt, values,
				stmt == STMT_PUT_MEMBER ? 5 : 3);
	return ret;
}

static int find_member(struct store *store, uint32_t config, const char *file,
		       uint64_t command_hash, int64_t *unit)
{
	const int64_t values[] = { config, STORE_TEXT, command_hash };
	int ret = store_bind_text(store, STMT_FIND_MEMBER, 2, file);

	if (!ret)
		ret = store_find(store, STMT_FIND_MEMBER, values, 3, unit);
	return ret;
}

/* A member was taken away: does anybody still have the unit? */
static int drop_orphan(struct store *store, int64_t unit)
{
	int64_t found;
	int ret = store_find(store, STMT_HAS_MEMBER, &unit, 1, &found);

	if (!ret && !found)
		ret = store_delete_unit(store, unit);
	return ret;
}

int store_put_member(struct store *store, uint32_t config, const char *file,
		     uint64_t command_hash, uint32_t unit, uint32_t module)
{
	int64_t old;
	int ret = find_member(store, config, file, command_hash, &old);

	if (ret)
		return ret;
	ret = run_member(store, STMT_PUT_MEMBER, config, file, command_hash,
			 unit, module);
	if (!ret && !sqlite3_changes(store->db))
		return store_fail(store, EINVAL,
				  "there is no such unit to borrow");
	if (!ret && old && old != unit)
		ret = drop_orphan(store, old);
	return ret;
}

static int add_module(struct store *store, const char *module, uint32_t *id)
{
	int ret;

	*id = 0;
	if (!module || !*module)
		return 0;
	ret = store_cache_numbers(store);
	if (!ret)
		ret = store_add_name(store, module, id);
	return ret ? ret : store_write_pages(store);
}

int store_borrow_unit(struct store *store, uint32_t config, const char *file,
		      uint64_t command_hash, uint32_t unit, const char *module)
{
	uint32_t id;
	int ret = store_savepoint(store);

	if (ret)
		return ret;
	ret = add_module(store, module, &id);
	if (!ret)
		ret = store_put_member(store, config, file, command_hash, unit,
				       id);
	return store_savepoint_end(store, ret);
}

static int drop_member(struct store *store, uint32_t config, const char *file,
		       uint64_t command_hash)
{
	int64_t unit;
	int ret = find_member(store, config, file, command_hash, &unit);

	if (ret || !unit)
		return ret;
	ret = run_member(store, STMT_DELETE_MEMBER, config, file, command_hash,
			 0, 0);
	return ret ? ret : drop_orphan(store, unit);
}

int store_drop_member(struct store *store, uint32_t config, const char *file,
		      uint64_t command_hash)
{
	int ret = store_savepoint(store);

	if (ret)
		return ret;
	ret = drop_member(store, config, file, command_hash);
	return store_savepoint_end(store, ret);
}
