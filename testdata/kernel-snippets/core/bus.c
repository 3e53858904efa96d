// SPDX-License-Identifier: GPL-2.0-only
/* A bus: two lists, and the two walks that call back for every member. */
#include <linux/device.h>

int bus_register(struct bus_type *bus)
{
	bus->drivers = NULL;
	bus->devices = NULL;
	return 0;
}

int bus_for_each_dev(const struct bus_type *bus, struct device *start,
		     void *data, int (*fn)(struct device *dev, void *data))
{
	struct device *dev = start ? start : bus->devices;
	int error = 0;

	for (; dev && !error; dev = dev->next)
		error = fn(dev, data);
	return error;
}

int bus_for_each_drv(const struct bus_type *bus, struct device_driver *start,
		     void *data,
		     int (*fn)(struct device_driver *drv, void *data))
{
	struct device_driver *drv = start ? start : bus->drivers;
	int error = 0;

	for (; drv && !error; drv = drv->next)
		error = fn(drv, data);
	return error;
}

int bus_add_driver(struct device_driver *drv)
{
	struct bus_type *bus = (struct bus_type *)drv->bus;

	if (!bus)
		return -EINVAL;
	drv->next = bus->drivers;
	bus->drivers = drv;
	return driver_attach(drv);
}

int bus_add_device(struct device *dev)
{
	struct bus_type *bus = (struct bus_type *)dev->bus;

	if (bus) {
		dev->next = bus->devices;
		bus->devices = dev;
	}
	return 0;
}

void bus_probe_device(struct device *dev)
{
	if (dev->bus)
		device_attach(dev);
}

static int bus_rescan_devices_helper(struct device *dev, void *data)
{
	return dev->driver ? 0 : device_attach(dev);
}

int bus_rescan_devices(const struct bus_type *bus)
{
	return bus_for_each_dev(bus, NULL, NULL, bus_rescan_devices_helper);
}
