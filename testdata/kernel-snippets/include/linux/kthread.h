/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/kernel.h>

struct task_struct;

struct task_struct *kthread_create(int (*threadfn)(void *data), void *data,
				   const char *name);
int wake_up_process(struct task_struct *task);

#define kthread_run(threadfn, data, name)                                      \
	({                                                                     \
		struct task_struct *__task =                                   \
			kthread_create(threadfn, data, name);                  \
		if (__task)                                                    \
			wake_up_process(__task);                               \
		__task;                                                        \
	})

#endif
