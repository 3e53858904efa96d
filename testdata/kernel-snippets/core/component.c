// SPDX-License-Identifier: GPL-2.0-only
/* An aggregate of one component: what is added is bound there and then. */
#include <linux/component.h>

int component_master_add_with_match(struct device *master,
				    const struct component_master_ops *ops,
				    struct component_match *match)
{
	return ops->bind(master);
}

int component_add(struct device *dev, const struct component_ops *ops)
{
	return ops->bind(dev, dev->parent, NULL);
}

void component_del(struct device *dev, const struct component_ops *ops)
{
	ops->unbind(dev, dev->parent, NULL);
}
