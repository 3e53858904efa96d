// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers that are read ahead, in a second thread. A connection serves one
 * thread at a time, so that one has its own. It sees what was committed last,
 * and as this process is the only writer, that is all there is as long as it
 * has not written any names, symbols, sets or bodies itself: which it does not
 * before it has their numbers.
 *
 * Whatever goes wrong with it, they are read as ever then.
 */
#include <string.h>

#include "util/aside.h"

#include "callgraph/store-internal.h"

struct store_ahead {
	struct aside aside;
	struct store *reader;
	int ret;
};

static void read_numbers(void *data)
{
	struct store_ahead *ahead = data;

	ahead->ret = store_cache_numbers(ahead->reader);
	if (!ahead->ret)
		ahead->ret = store_cache_versions(ahead->reader);
}

void store_prepare_ahead(struct store *store)
{
	struct strbuf err = STRBUF_INIT;
	struct store_ahead *ahead;

	/* of a database in memory there is no second connection */
	if (store->cache.has_numbers || store->ahead || store->scratch ||
	    !aside_is_faster())
		return;
	ahead = xcalloc(1, sizeof(*ahead));
	if (store_open(&ahead->reader, store->path, STORE_READ, &err)) {
		free(ahead);
	} else {
		ahead->reader->cache.few = true;
		store->ahead = ahead;
		aside_start(&ahead->aside, read_numbers, ahead);
	}
	strbuf_release(&err);
}

void store_prepare_cancel(struct store *store)
{
	struct store_ahead *ahead = store->ahead;

	if (!ahead)
		return;
	aside_wait(&ahead->aside);
	store_close(ahead->reader);
	free(ahead);
	store->ahead = NULL;
}

/* The versions may have been needed earlier, and there may be new ones. */
static void take(struct store_cache *c, struct store_cache *from)
{
	struct store_versions versions = c->versions;

	*c = *from;
	memset(from, 0, sizeof(*from));
	if (!versions.loaded)
		return;
	store_versions_release(&c->versions);
	c->versions = versions;
}

bool store_ahead_take(struct store *store)
{
	struct store_ahead *ahead = store->ahead;
	bool taken;

	if (!ahead)
		return false;
	aside_wait(&ahead->aside);
	taken = !ahead->ret;
	if (taken)
		take(&store->cache, &ahead->reader->cache);
	store_prepare_cancel(store);
	return taken;
}
