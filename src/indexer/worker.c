// SPDX-License-Identifier: GPL-2.0-only
/*
 * Worker processes and the loop that feeds them.
 *
 * Each worker has a socket. Job numbers go in, `struct reply_head` and bytes
 * come out, in the same order. A worker holds up to two jobs, so that it need
 * not wait while the caller is busy with what others sent; when it dies, the
 * first of them is the one to blame and the second goes to somebody else.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "indexer/worker.h"

enum {
	QUEUE = 2,
	TICK_MS = 1000,
};

struct reply_head {
	uint32_t job;
	uint32_t unused;
	uint64_t len;
};

struct worker {
	pid_t pid; /* 0: not running */
	int fd;
	uint32_t queue[QUEUE]; /* handed out, oldest first */
	int nr_queued;
	int64_t deadline; /* of queue[0], in milliseconds; 0 for none */
	struct strbuf in; /* what has come of its replies */
};

struct pool {
	const struct pool_ops *ops;
	void *ctx;
	const struct pool_options *opt;
	struct pool_usage *usage;
	const uint32_t *jobs;
	uint32_t nr_jobs, next;
	uint32_t *again; /* jobs taken back from workers that died */
	uint32_t nr_again;
	size_t alloc_again;
	struct worker *workers;
	int nr_workers;
	struct pollfd *fds;
	bool was_busy; /* ops->busy() was called */
};

static volatile sig_atomic_t got_signal;

static void on_signal(int sig)
{
	got_signal = sig;
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000ll + ts.tv_nsec / 1000000;
}

/* ---- in the worker ---- */

static int read_all(int fd, void *buf, size_t len)
{
	char *p = buf;

	while (len) {
		ssize_t n = read(fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		p += n;
		len -= n;
	}
	return 0;
}

static int write_all(int fd, const void *buf, size_t len)
{
	const char *p = buf;

	while (len) {
		ssize_t n = send(fd, p, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		p += n;
		len -= n;
	}
	return 0;
}

static void serve(const struct pool *pool, int fd)
{
	void *state = pool->ops->start(pool->ctx);
	struct strbuf reply = STRBUF_INIT;
	struct reply_head head = { 0 };

	while (!read_all(fd, &head.job, sizeof(head.job))) {
		strbuf_reset(&reply);
		pool->ops->work(state, head.job, &reply);
		head.len = reply.len;
		if (write_all(fd, &head, sizeof(head)) ||
		    write_all(fd, reply.buf, reply.len))
			break;
	}
}

static void be_worker(const struct pool *pool, int fd, pid_t parent)
{
	const struct rlimit no_core = { 0, 0 };
	int i;

	/* a sibling must not keep a dead caller's sockets open */
	for (i = 0; i < pool->nr_workers; i++)
		if (pool->workers[i].pid)
			close(pool->workers[i].fd);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	/* ^C goes to the whole group; the caller ends its workers itself */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	setrlimit(RLIMIT_CORE, &no_core);
	serve(pool, fd);
	_exit(0);
}

/* ---- starting and ending workers ---- */

static int start_worker(struct pool *pool, struct worker *w)
{
	pid_t parent = getpid();
	int fds[2], ret;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		return -errno;
	w->pid = fork();
	if (w->pid < 0) {
		ret = -errno;
		w->pid = 0;
		close(fds[0]);
		close(fds[1]);
		return ret;
	}
	if (!w->pid) {
		close(fds[0]);
		be_worker(pool, fds[1], parent);
	}
	close(fds[1]);
	w->fd = fds[0];
	w->nr_queued = 0;
	w->deadline = 0;
	strbuf_reset(&w->in);
	return 0;
}

static void count_usage(struct pool_usage *usage, const struct rusage *ru)
{
	usage->cpu_seconds +=
		ru->ru_utime.tv_sec + ru->ru_stime.tv_sec +
		(ru->ru_utime.tv_usec + ru->ru_stime.tv_usec) / 1e6;
	if (ru->ru_maxrss > usage->peak_kib)
		usage->peak_kib = ru->ru_maxrss;
}

/* Close its socket, which ends one that lives, and wait for it. */
static int reap(struct pool *pool, struct worker *w)
{
	struct rusage ru;
	int status = 0;

	close(w->fd);
	while (wait4(w->pid, &status, 0, &ru) < 0 && errno == EINTR)
		;
	count_usage(pool->usage, &ru);
	w->pid = 0;
	return status;
}

static void end_workers(struct pool *pool, bool kill_them)
{
	int i;

	for (i = 0; i < pool->nr_workers; i++)
		if (kill_them && pool->workers[i].pid)
			kill(pool->workers[i].pid, SIGKILL);
	for (i = 0; i < pool->nr_workers; i++) {
		if (pool->workers[i].pid)
			reap(pool, &pool->workers[i]);
		strbuf_release(&pool->workers[i].in);
	}
}

/* ---- handing out ---- */

static bool jobs_left(const struct pool *pool)
{
	return pool->nr_again || pool->next < pool->nr_jobs;
}

static void set_deadline(const struct pool *pool, struct worker *w)
{
	w->deadline = 0;
	if (w->nr_queued && pool->opt->timeout)
		w->deadline = now_ms() + pool->opt->timeout * 1000ll;
}

static void hand_out(struct pool *pool, struct worker *w)
{
	uint32_t job = pool->nr_again ? pool->again[--pool->nr_again]
				      : pool->jobs[pool->next++];

	w->queue[w->nr_queued++] = job;
	if (w->nr_queued == 1)
		set_deadline(pool, w);
	/* when it is dead already, its end of file says so */
	(void)!send(w->fd, &job, sizeof(job), MSG_NOSIGNAL);
}

/*
 * One job for everyone before anyone gets a second: at the end of a run no
 * worker should sit on two while another has none.
 */
static void feed(struct pool *pool)
{
	int depth, i;

	for (depth = 0; depth < QUEUE; depth++) {
		for (i = 0; i < pool->nr_workers; i++) {
			struct worker *w = &pool->workers[i];

			if (w->pid && w->nr_queued == depth && jobs_left(pool))
				hand_out(pool, w);
		}
	}
}

static void drop_first(struct worker *w)
{
	w->nr_queued--;
	memmove(w->queue, w->queue + 1, w->nr_queued * sizeof(*w->queue));
}

/* ---- taking in ---- */

/* Hand on every complete reply in w->in. */
static int take_replies(struct pool *pool, struct worker *w)
{
	struct reply_head head;
	size_t at = 0;
	int ret = 0;

	while (!ret && w->in.len - at >= sizeof(head)) {
		struct job_result result = { .outcome = JOB_DONE };

		memcpy(&head, w->in.buf + at, sizeof(head));
		if (w->in.len - at - sizeof(head) < head.len)
			break;
		if (!w->nr_queued || head.job != w->queue[0])
			return -EPROTO;
		result.job = head.job;
		result.data = w->in.buf + at + sizeof(head);
		result.len = head.len;
		at += sizeof(head) + head.len;
		drop_first(w);
		set_deadline(pool, w);
		ret = pool->ops->done(pool->ctx, &result);
	}
	memmove(w->in.buf, w->in.buf + at, w->in.len - at);
	w->in.len -= at;
	return ret;
}

/*
 * Its first job did it; the others never began. A worker that dies without a
 * job blames nobody.
 */
static int worker_died(struct pool *pool, struct worker *w,
		       enum job_outcome outcome)
{
	struct job_result result = { .outcome = outcome };

	result.wait_status = reap(pool, w);
	if (!w->nr_queued)
		return 0;
	result.job = w->queue[0];
	drop_first(w);
	while (w->nr_queued) {
		ALLOC_GROW(pool->again, pool->nr_again + 1, pool->alloc_again);
		pool->again[pool->nr_again++] = w->queue[0];
		drop_first(w);
	}
	return pool->ops->done(pool->ctx, &result);
}

/* What is there to read; then the replies it completes. */
static int take_in(struct pool *pool, struct worker *w)
{
	for (;;) {
		ssize_t n;

		strbuf_grow(&w->in, 65536);
		n = recv(w->fd, w->in.buf + w->in.len,
			 w->in.alloc - w->in.len - 1, MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return take_replies(pool, w);
		if (n <= 0) {
			int ret = take_replies(pool, w);

			return ret ? ret : worker_died(pool, w, JOB_CRASHED);
		}
		w->in.len += n;
	}
}

static int check_deadlines(struct pool *pool)
{
	int64_t now = now_ms();
	int i, ret = 0;

	for (i = 0; !ret && i < pool->nr_workers; i++) {
		struct worker *w = &pool->workers[i];

		if (!w->pid || !w->deadline || now < w->deadline)
			continue;
		kill(w->pid, SIGKILL);
		ret = worker_died(pool, w, JOB_TIMEOUT);
	}
	return ret;
}

/* ---- the loop ---- */

/* Replace those that died, as long as there is work for them. */
static int refill(struct pool *pool)
{
	int i, alive = 0, ret = 0;

	for (i = 0; i < pool->nr_workers; i++) {
		struct worker *w = &pool->workers[i];

		if (!w->pid && jobs_left(pool))
			ret = start_worker(pool, w);
		alive += w->pid != 0;
	}
	/* fewer workers than asked for will do, none will not */
	return alive || !jobs_left(pool) ? 0 : ret;
}

static bool any_busy(const struct pool *pool)
{
	int i;

	for (i = 0; i < pool->nr_workers; i++)
		if (pool->workers[i].pid && pool->workers[i].nr_queued)
			return true;
	return false;
}

static int wait_ms(const struct pool *pool)
{
	int64_t left = TICK_MS, now = now_ms();
	int i;

	for (i = 0; i < pool->nr_workers; i++) {
		const struct worker *w = &pool->workers[i];

		if (w->pid && w->deadline && w->deadline - now < left)
			left = w->deadline - now;
	}
	return left > 0 ? left : 0;
}

/* A signal just before poll() is seen when the tick is over. */
static int wait_for_workers(struct pool *pool)
{
	int i;

	for (i = 0; i < pool->nr_workers; i++) {
		pool->fds[i].fd = pool->workers[i].pid ? pool->workers[i].fd
						       : -1;
		pool->fds[i].events = POLLIN;
		pool->fds[i].revents = 0;
	}
	if (poll(pool->fds, pool->nr_workers, wait_ms(pool)) < 0 &&
	    errno != EINTR)
		return -errno;
	return got_signal ? -EINTR : 0;
}

static int step(struct pool *pool)
{
	int i, ret = refill(pool);

	if (ret)
		return ret;
	feed(pool);
	if (!pool->was_busy && pool->ops->busy)
		ret = pool->ops->busy(pool->ctx);
	pool->was_busy = true;
	if (!ret)
		ret = wait_for_workers(pool);
	for (i = 0; (!ret || ret == -EINTR) && i < pool->nr_workers; i++) {
		int err = 0;

		if (pool->fds[i].revents)
			err = take_in(pool, &pool->workers[i]);
		if (err)
			ret = err;
	}
	if (!ret)
		ret = check_deadlines(pool);
	if (!ret && pool->ops->tick)
		ret = pool->ops->tick(pool->ctx);
	return ret;
}

static int loop(struct pool *pool)
{
	int ret = 0;

	while (!ret && (jobs_left(pool) || any_busy(pool)))
		ret = step(pool);
	return ret;
}

/* The signals that end a run, as they were handled before it. */
struct signals {
	struct sigaction old_int, old_term;
};

static void signals_take(struct signals *old)
{
	struct sigaction sa = { .sa_handler = on_signal,
				.sa_flags = SA_RESTART };

	got_signal = 0;
	sigaction(SIGINT, &sa, &old->old_int);
	sigaction(SIGTERM, &sa, &old->old_term);
}

static void signals_give_back(const struct signals *old)
{
	sigaction(SIGINT, &old->old_int, NULL);
	sigaction(SIGTERM, &old->old_term, NULL);
}

int pool_run(const struct pool_ops *ops, void *ctx, const uint32_t *jobs,
	     uint32_t nr, const struct pool_options *opt,
	     struct pool_usage *usage)
{
	struct pool pool = {
		.ops = ops,
		.ctx = ctx,
		.opt = opt,
		.usage = usage,
		.jobs = jobs,
		.nr_jobs = nr,
	};
	struct signals old;
	int i, ret;

	pool.nr_workers = (uint32_t)opt->workers > nr ? (int)nr : opt->workers;
	pool.workers = xcalloc(pool.nr_workers, sizeof(*pool.workers));
	pool.fds = xcalloc(pool.nr_workers, sizeof(*pool.fds));
	for (i = 0; i < pool.nr_workers; i++)
		strbuf_init(&pool.workers[i].in);
	signals_take(&old);
	ret = loop(&pool);
	end_workers(&pool, ret != 0);
	signals_give_back(&old);
	usage->signal = got_signal;
	free(pool.workers);
	free(pool.fds);
	free(pool.again);
	return ret;
}
