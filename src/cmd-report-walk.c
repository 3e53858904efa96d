// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rules over several configurations at a time. Each is a kernel of its own, so
 * its graph is loaded, walked over and freed by one thread, which fills a
 * report of its own; these are put together in the order of the configurations,
 * so the outcome does not depend on how many threads there are. There are as
 * many as processors, unless their graphs would take too much memory.
 */
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "util/aside.h"

#include "callgraph/graph.h"
#include "callgraph/store.h"
#include "rules/unseen.h"
#include "rules/walk.h"

#include "cmd-report-walk.h"

uint32_t report_walk_megabytes = 2048;

enum {
	MAX_RUNNERS = 16,
	/* What one takes: 28 KiB a unit for kernels as they are. */
	BASE_MEGABYTES = 16,
	UNITS_IN_MEGABYTE = 36,
};

struct pool {
	const struct check_options *opt;
	struct config_walk *list;
	size_t nr;
	pthread_mutex_t lock; /* of what follows, and of ->taken, ->ret */
	pthread_cond_t ended; /* a walk has, and its memory is there again */
	uint32_t megabytes; /* of the walks that go on */
};

struct runner {
	struct pool *pool;
	struct store *store; /* NULL: to be opened, and closed */
	struct aside aside;
};

static uint32_t megabytes_of(const struct config_walk *c)
{
	return BASE_MEGABYTES + c->units / UNITS_IN_MEGABYTE;
}

/* ---- one configuration ---- */

static void walk_rules(const struct graph *graph,
		       const struct check_options *opt, struct report *report)
{
	struct walker *walker = walker_new_least(graph, opt->min_confidence);
	size_t i;

	walker_show_paths(walker, opt->nr_paths);
	/* first what a walker knows from the beginning: see edges_begin() */
	for (i = 0; i < report->rules.nr; i++)
		walker_unseen(walker, &report->rules.rules[i], &report->unseen);
	for (i = 0; i < report->rules.nr; i++)
		walker_walk(walker, &report->rules.rules[i], &report->findings);
	walker_name_cut(walker, &report->not_followed, &report->nr_cut,
			&report->nr_given_up);
	walker_free(walker);
}

/* Another file may have the name of the database since it was opened first. */
static bool is_it(const struct graph *graph, const char *name)
{
	return !name || !strcmp(graph_config(graph), name);
}

int report_walk_config(const struct check_options *opt, struct store *store,
		       uint32_t config, const char *name, struct report *report,
		       struct strbuf *err)
{
	struct graph *graph;
	/* names of devices and drivers stand in literals */
	int ret = store_load_graph(store, config, STORE_LITERALS_LATER, &graph,
				   err);

	if (!ret && !is_it(graph, name)) {
		strbuf_addf(err,
			    "%s: it was replaced while it was read; run the "
			    "same command again",
			    opt->db);
		ret = -ESTALE;
	}
	if (!ret)
		walk_rules(graph, opt, report);
	graph_free(graph);
	return ret;
}

/* ---- one thread ---- */

/* The largest that is left, so that none is left for the end. */
static struct config_walk *find_next(const struct pool *pool)
{
	struct config_walk *next = NULL;
	size_t i;

	for (i = 0; i < pool->nr; i++) {
		struct config_walk *c = &pool->list[i];

		/* what comes behind one that failed is not asked for */
		if (c->ret)
			break;
		if (!c->taken && (!next || c->units > next->units))
			next = c;
	}
	return next;
}

/* One is always there memory for. NULL: there are no more. */
static struct config_walk *take(struct pool *pool)
{
	struct config_walk *c;

	pthread_mutex_lock(&pool->lock);
	while ((c = find_next(pool)) && pool->megabytes &&
	       pool->megabytes + megabytes_of(c) > report_walk_megabytes)
		pthread_cond_wait(&pool->ended, &pool->lock);
	if (c) {
		c->taken = true;
		pool->megabytes += megabytes_of(c);
	}
	pthread_mutex_unlock(&pool->lock);
	return c;
}

static void give_back(struct pool *pool, struct config_walk *c, int ret)
{
	pthread_mutex_lock(&pool->lock);
	c->ret = ret;
	pool->megabytes -= megabytes_of(c);
	pthread_cond_broadcast(&pool->ended);
	pthread_mutex_unlock(&pool->lock);
}

static void run(void *data)
{
	struct runner *r = data;
	struct pool *pool = r->pool;
	struct store *own = NULL;
	struct config_walk *c;

	while ((c = take(pool))) {
		int ret = 0;

		if (!r->store)
			ret = store_open(&own, pool->opt->db, STORE_READ,
					 &c->err);
		if (!ret && !r->store)
			r->store = own;
		if (!ret)
			ret = report_walk_config(pool->opt, r->store, c->id,
						 c->name, &c->part, &c->err);
		give_back(pool, c, ret);
	}
	store_close(own);
}

/* ---- all of them ---- */

/* The caller is one, with the store that it has. */
static void run_all(struct pool *pool, struct store *store)
{
	struct runner runner[MAX_RUNNERS] = { { .pool = pool,
						.store = store } };
	size_t nr = aside_cpus(), i;

	if (nr > pool->nr)
		nr = pool->nr;
	if (nr > MAX_RUNNERS)
		nr = MAX_RUNNERS;
	for (i = 1; i < nr; i++) {
		runner[i].pool = pool;
		aside_start(&runner[i].aside, run, &runner[i]);
	}
	run(&runner[0]);
	for (i = 1; i < nr; i++)
		aside_wait(&runner[i].aside);
}

static void take_names(struct string_list *to, const struct string_list *from)
{
	size_t i;

	for (i = 0; i < from->nr; i++)
		string_list_add(to, from->item[i]);
}

/* As if it had been found there. */
static void take_part(struct report *report, struct report *part)
{
	size_t i;

	for (i = 0; i < part->findings.nr; i++)
		findings_add(&report->findings, &part->findings.list[i]);
	take_names(&report->unseen, &part->unseen);
	take_names(&report->not_followed, &part->not_followed);
	report->nr_cut += part->nr_cut;
	report->nr_given_up += part->nr_given_up;
}

static void release_part(struct config_walk *c)
{
	/* the rules are not its own */
	memset(&c->part.rules, 0, sizeof(c->part.rules));
	report_release(&c->part);
	strbuf_release(&c->err);
}

int report_walk_configs(const struct check_options *opt, struct store *store,
			struct config_walk *list, size_t nr,
			struct report *report, struct strbuf *err)
{
	struct pool pool = { .opt = opt, .list = list, .nr = nr };
	int ret = 0;
	size_t i;

	pthread_mutex_init(&pool.lock, NULL);
	pthread_cond_init(&pool.ended, NULL);
	for (i = 0; i < nr; i++) {
		list[i].part.rules = report->rules;
		strbuf_init(&list[i].err);
	}
	run_all(&pool, store);
	for (i = 0; i < nr; i++) {
		if (!ret && list[i].ret)
			strbuf_addstr(err, list[i].err.buf);
		if (!ret)
			ret = list[i].ret;
		if (!ret)
			take_part(report, &list[i].part);
		release_part(&list[i]);
	}
	pthread_cond_destroy(&pool.ended);
	pthread_mutex_destroy(&pool.lock);
	return ret;
}
