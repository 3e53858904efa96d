// SPDX-License-Identifier: GPL-2.0-only
/* Actions are kept and run when the device is let go. */
#include <linux/device.h>
#include <linux/slab.h>

struct devres_action {
	struct devres_action *next;
	void (*action)(void *data);
	void *data;
};

int devm_add_action(struct device *dev, void (*action)(void *data), void *data)
{
	struct devres_action *node = kzalloc(sizeof(*node), GFP_KERNEL);

	if (!node)
		return -ENOMEM;
	node->action = action;
	node->data = data;
	node->next = dev->actions;
	dev->actions = node;
	return 0;
}

int devm_add_action_or_reset(struct device *dev, void (*action)(void *data),
			     void *data)
{
	int ret = devm_add_action(dev, action, data);

	if (ret)
		action(data);
	return ret;
}

void devres_release_all(struct device *dev);

void devres_release_all(struct device *dev)
{
	struct devres_action *node;

	while ((node = dev->actions)) {
		dev->actions = node->next;
		node->action(node->data);
		kfree(node);
	}
}

void *devm_kzalloc(struct device *dev, size_t size, unsigned int flags)
{
	void *mem = kzalloc(size, flags);

	if (mem && devm_add_action(dev, (void (*)(void *))kfree, mem))
		return NULL;
	return mem;
}
