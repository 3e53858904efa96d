// SPDX-License-Identifier: GPL-2.0-only
#include <linux/device.h>

void device_initialize(struct device *dev)
{
	dev->driver = NULL;
	dev->locked = 0;
}

int device_add(struct device *dev)
{
	int ret = bus_add_device(dev);

	if (ret)
		return ret;
	bus_probe_device(dev);
	return 0;
}

int device_register(struct device *dev)
{
	device_initialize(dev);
	return device_add(dev);
}

int device_for_each_child(struct device *parent, void *data,
			  int (*fn)(struct device *dev, void *data))
{
	struct device *child;
	int error = 0;

	for (child = parent->child; child && !error; child = child->next)
		error = fn(child, data);
	return error;
}
