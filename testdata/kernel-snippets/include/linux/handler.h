/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_HANDLER_H
#define _LINUX_HANDLER_H

#include <linux/device.h>
#include <linux/list.h>

/* Drivers have lists of these, each its own. */
struct handler {
	struct list_head node;
	int (*added)(struct device *dev);
};

void count_devices(struct list_head *handlers);

#endif
