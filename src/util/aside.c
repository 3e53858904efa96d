// SPDX-License-Identifier: GPL-2.0-only
/* A second thread for a while: see aside.h. */
#include <sched.h>
#include <signal.h>

#include "util/aside.h"

int aside_threads;

/* What taskset, a container's cpuset or the machine allow. */
unsigned int aside_cpus(void)
{
	cpu_set_t set;

	if (aside_threads)
		return aside_threads;
	/* more CPUs than a set of this size holds: an error says so */
	if (sched_getaffinity(0, sizeof(set), &set))
		return CPU_SETSIZE;
	return CPU_COUNT(&set);
}

bool aside_is_faster(void)
{
	return aside_cpus() > 1;
}

static void *run(void *data)
{
	struct aside *a = data;

	a->fn(a->data);
	return NULL;
}

/* Signals are for the thread that was there first. */
static bool start_thread(struct aside *a)
{
	sigset_t all, before;
	bool ret;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	ret = !pthread_create(&a->thread, NULL, run, a);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return ret;
}

void aside_start(struct aside *a, void (*fn)(void *data), void *data)
{
	*a = (struct aside){ .fn = fn, .data = data };
	if (aside_is_faster())
		a->runs = start_thread(a);
	if (!a->runs)
		fn(data);
}

void aside_wait(struct aside *a)
{
	if (a->runs)
		pthread_join(a->thread, NULL);
	a->runs = false;
}
