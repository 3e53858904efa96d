/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/kernel.h>

struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	struct work_struct *next;
	work_func_t func;
};

#define INIT_WORK(_work, _func)                                                \
	do {                                                                   \
		(_work)->next = NULL;                                          \
		(_work)->func = (_func);                                       \
	} while (0)

#define DECLARE_WORK(name, f) struct work_struct name = { .func = f }

bool schedule_work(struct work_struct *work);
int work_on_cpu(int cpu, int (*fn)(void *data), void *data);
bool cancel_work_sync(struct work_struct *work);

#endif
