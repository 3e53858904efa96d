/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Jobs done by worker processes. A compiler may crash or never come back, so
 * each job runs where it can take down nothing but itself: a job whose worker
 * dies is reported as such, and another worker goes on with the rest.
 *
 * What the jobs are is not known here: a job is a number, its result bytes.
 */
#ifndef PROBEWALK_INDEXER_WORKER_H
#define PROBEWALK_INDEXER_WORKER_H

#include <stdint.h>

#include "util/strbuf.h"

enum job_outcome {
	JOB_DONE,
	JOB_CRASHED, /* its worker died */
	JOB_TIMEOUT, /* its worker was killed */
};

struct job_result {
	uint32_t job;
	enum job_outcome outcome;
	int wait_status; /* JOB_CRASHED: as wait() gives it */
	const char *data; /* JOB_DONE: what work() added to its reply */
	size_t len;
};

struct pool_ops {
	/* In a worker, once: makes what work() gets as @state. */
	void *(*start)(void *ctx);
	/* In a worker. */
	void (*work)(void *state, uint32_t job, struct strbuf *reply);
	/*
	 * In the caller, in the order in which jobs get ready. A value other
	 * than 0 ends the run and is what pool_run() returns.
	 */
	int (*done)(void *ctx, const struct job_result *result);
	/*
	 * In the caller, once, when all workers have their first jobs; as
	 * done(). For what prepares it for their replies: nothing of that is
	 * in the memory that they were forked with. May be NULL.
	 */
	int (*busy)(void *ctx);
	/* In the caller, at least once a second; as done(). May be NULL. */
	int (*tick)(void *ctx);
};

struct pool_options {
	int workers; /* at least 1 */
	int timeout; /* seconds a job may take, 0 for no limit */
};

struct pool_usage {
	double cpu_seconds; /* of all workers */
	long peak_kib; /* of the largest one */
	int signal; /* SIGINT or SIGTERM that ended the run, or 0 */
};

/**
 * pool_run() - have jobs done
 * @ops: what to do
 * @ctx: for @ops
 * @jobs: numbers of the jobs, handed out in this order
 * @nr: how many
 * @opt: options
 * @usage: added to; ->signal is set
 *
 * SIGINT and SIGTERM end the run: what came in before has been through done().
 *
 * Return: 0; -EINTR after a signal; what done() or tick() returned; another
 * -errno when no worker could be started.
 */
int pool_run(const struct pool_ops *ops, void *ctx, const uint32_t *jobs,
	     uint32_t nr, const struct pool_options *opt,
	     struct pool_usage *usage) __must_check;

#endif
