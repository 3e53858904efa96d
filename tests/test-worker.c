// SPDX-License-Identifier: GPL-2.0-only
/* Worker processes: what becomes of jobs that crash, hang or go well. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/worker.h"

enum { NR = 12 };

/* What a job does, by its number; echoes it unless it says otherwise. */
enum act { ECHO, ABORT, EXIT, HANG, BIG, STOP };

enum { BIG_LEN = 3 << 20 };

struct test {
	enum act acts[NR];
	int seen[NR]; /* how often each job was reported */
	enum job_outcome outcome[NR];
	int wait_status[NR];
	int bad; /* replies that were not as sent */
	int fail_at; /* done() fails at this job, -1: never */
};

static void *start(void *ctx)
{
	return ctx;
}

static const char big[65536];

static void work(void *state, uint32_t job, struct strbuf *reply)
{
	struct test *t = state;

	switch (t->acts[job]) {
	case ECHO:
		break;
	case ABORT:
		abort();
	case EXIT:
		_exit(7);
	case HANG:
		for (;;)
			pause();
	case BIG:
		strbuf_addf(reply, "%u", job);
		while (reply->len < BIG_LEN)
			strbuf_add(reply, big, sizeof(big));
		return;
	case STOP:
		kill(getppid(), SIGTERM);
		for (;;)
			pause();
	}
	strbuf_addf(reply, "%u", job);
}

static int done(void *ctx, const struct job_result *r)
{
	struct test *t = ctx;
	char want[16];

	t->seen[r->job]++;
	t->outcome[r->job] = r->outcome;
	t->wait_status[r->job] = r->wait_status;
	snprintf(want, sizeof(want), "%u", r->job);
	if (r->outcome == JOB_DONE && strncmp(r->data, want, strlen(want)))
		t->bad++;
	if (t->acts[r->job] == BIG && r->len < BIG_LEN)
		t->bad++;
	return (int)r->job == t->fail_at ? -ENOSPC : 0;
}

static const struct pool_ops ops = { .start = start,
				     .work = work,
				     .done = done };

static int run(struct test *t, int workers, struct pool_usage *usage)
{
	const struct pool_options opt = { .workers = workers, .timeout = 2 };
	uint32_t jobs[NR], i;

	for (i = 0; i < NR; i++)
		jobs[i] = i;
	memset(usage, 0, sizeof(*usage));
	return pool_run(&ops, t, jobs, NR, &opt, usage);
}

/* Each job is reported once, whatever happens to its neighbours. */
static void test_outcomes(void **state)
{
	static const struct {
		const char *name;
		enum act act;
		int at[3]; /* jobs that do it */
		enum job_outcome expected;
	} table[] = {
		{ "all well", ECHO, { 0, 1, 2 }, JOB_DONE },
		{ "big replies", BIG, { 0, 5, 6 }, JOB_DONE },
		{ "the first crashes", ABORT, { 0, 0, 0 }, JOB_CRASHED },
		{ "the last crashes",
		  ABORT,
		  { NR - 1, NR - 1, 0 },
		  JOB_CRASHED },
		{ "neighbours crash", ABORT, { 3, 4, 5 }, JOB_CRASHED },
		{ "one exits", EXIT, { 4, 4, 4 }, JOB_CRASHED },
		{ "one hangs", HANG, { 6, 6, 6 }, JOB_TIMEOUT },
	};
	size_t i, j;
	int workers;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table) * 2; i++) {
		size_t row = i / 2;
		struct test t = { .fail_at = -1 };
		struct pool_usage usage;

		workers = i % 2 ? 1 : 3;
		for (j = 0; j < 3; j++)
			t.acts[table[row].at[j]] = table[row].act;
		if (run(&t, workers, &usage) || t.bad || usage.signal)
			fail_msg("%s: run failed", table[row].name);
		for (j = 0; j < NR; j++) {
			enum job_outcome want = t.acts[j] == ECHO
							? JOB_DONE
							: table[row].expected;

			if (t.seen[j] != 1 || t.outcome[j] != want)
				fail_msg("%s, %d workers: job %zu seen %d "
					 "times, outcome %d",
					 table[row].name, workers, j, t.seen[j],
					 t.outcome[j]);
		}
	}
}

static void test_wait_status(void **state)
{
	struct test t = { .acts = { [2] = ABORT, [8] = EXIT }, .fail_at = -1 };
	struct pool_usage usage;

	(void)state;
	assert_int_equal(run(&t, 2, &usage), 0);
	assert_true(WIFSIGNALED(t.wait_status[2]));
	assert_int_equal(WTERMSIG(t.wait_status[2]), SIGABRT);
	assert_true(WIFEXITED(t.wait_status[8]));
	assert_int_equal(WEXITSTATUS(t.wait_status[8]), 7);
	assert_true(usage.peak_kib > 0);
}

/* An error of the caller's ends the run, and nobody is left behind. */
static void test_done_fails(void **state)
{
	struct test t = { .fail_at = 3, .acts = { [4] = HANG } };
	struct pool_usage usage;

	(void)state;
	assert_int_equal(run(&t, 2, &usage), -ENOSPC);
	assert_int_equal(t.seen[3], 1);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void test_signal(void **state)
{
	struct test t = { .fail_at = -1, .acts = { [6] = STOP, [7] = STOP } };
	struct pool_usage usage;
	struct sigaction sa;
	int i, came = 0;

	(void)state;
	assert_int_equal(run(&t, 2, &usage), -EINTR);
	assert_int_equal(usage.signal, SIGTERM);
	for (i = 0; i < 6; i++)
		came += t.seen[i];
	/* the other worker may still have had two of them */
	assert_in_range(came, 4, 6);
	assert_int_equal(t.seen[6] + t.seen[NR - 1], 0);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	sigaction(SIGTERM, NULL, &sa);
	assert_true(sa.sa_handler == SIG_DFL);
}

static void test_nothing_to_do(void **state)
{
	const struct pool_options opt = { .workers = 2 };
	struct pool_usage usage = { 0 };
	struct test t = { .fail_at = -1 };

	(void)state;
	assert_int_equal(pool_run(&ops, &t, NULL, 0, &opt, &usage), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_wait_status),
		cmocka_unit_test(test_done_fails),
		cmocka_unit_test(test_signal),
		cmocka_unit_test(test_nothing_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
