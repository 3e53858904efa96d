/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NOTIFIER_H
#define _LINUX_NOTIFIER_H

#include <linux/mutex.h>
#include <linux/types.h>

struct notifier_block {
	int (*notifier_call)(struct notifier_block *nb, unsigned long event,
			     void *data);
	struct notifier_block *next;
	int priority;
};

struct blocking_notifier_head {
	struct mutex lock;
	struct notifier_block *head;
};

#define BLOCKING_NOTIFIER_HEAD(name) struct blocking_notifier_head name

int blocking_notifier_chain_register(struct blocking_notifier_head *chain,
				     struct notifier_block *nb);
int blocking_notifier_call_chain(struct blocking_notifier_head *chain,
				 unsigned long event, void *data);

#endif
