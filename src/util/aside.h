/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Something done in a second thread while its caller does something else. Where
 * one CPU is all there is, it is done at once and no thread is made. A thread
 * lives no longer than from start to wait, so whoever forks afterwards is
 * alone.
 */
#ifndef PROBEWALK_UTIL_ASIDE_H
#define PROBEWALK_UTIL_ASIDE_H

#include <pthread.h>
#include <stdbool.h>

struct aside {
	pthread_t thread;
	void (*fn)(void *data);
	void *data;
	bool runs;
};

/* How many threads, for tests; 0: as many as there are CPUs for. */
extern int aside_threads;

/* How many things can go on at a time. */
unsigned int aside_cpus(void);

/* Whether a second thread is of any use. */
bool aside_is_faster(void);

/* @fn runs now or later, but has ended when aside_wait() returns. */
void aside_start(struct aside *a, void (*fn)(void *data), void *data);
/* Once for each start; where nothing was started it does nothing. */
void aside_wait(struct aside *a);

#endif
