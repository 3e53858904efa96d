/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_COMPONENT_H
#define _LINUX_COMPONENT_H

#include <linux/device.h>

struct component_ops {
	int (*bind)(struct device *comp, struct device *master, void *data);
	void (*unbind)(struct device *comp, struct device *master, void *data);
};

int component_add(struct device *dev, const struct component_ops *ops);
void component_del(struct device *dev, const struct component_ops *ops);

#endif
