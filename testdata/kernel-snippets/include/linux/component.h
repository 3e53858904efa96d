/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_COMPONENT_H
#define _LINUX_COMPONENT_H

#include <linux/device.h>

struct component_ops {
	int (*bind)(struct device *comp, struct device *master, void *data);
	void (*unbind)(struct device *comp, struct device *master, void *data);
};

struct component_master_ops {
	int (*bind)(struct device *master);
	void (*unbind)(struct device *master);
};

struct component_match;

int component_master_add_with_match(struct device *master,
				    const struct component_master_ops *ops,
				    struct component_match *match);
int component_add(struct device *dev, const struct component_ops *ops);
void component_del(struct device *dev, const struct component_ops *ops);

#endif
