// SPDX-License-Identifier: GPL-2.0-only
/*
 * Devices meet drivers. Everything that binds ends in really_probe(), which
 * calls the bus's probe or else the driver's, with the device locked.
 */
#include <linux/device.h>

static int call_driver_probe(struct device *dev, struct device_driver *drv)
{
	if (dev->bus->probe)
		return dev->bus->probe(dev);
	if (drv->probe)
		return drv->probe(dev);
	return 0;
}

static int really_probe(struct device *dev, struct device_driver *drv)
{
	int ret;

	dev->driver = drv;
	if (dev->bus->dma_configure) {
		ret = dev->bus->dma_configure(dev);
		if (ret)
			return ret;
	}
	ret = call_driver_probe(dev, drv);
	if (ret)
		dev->driver = NULL;
	return ret;
}

static int driver_match_device(const struct device_driver *drv,
			       struct device *dev)
{
	return drv->bus->match ? drv->bus->match(dev, drv) : 1;
}

static int driver_probe_device(struct device_driver *drv, struct device *dev)
{
	return dev->driver ? -EBUSY : really_probe(dev, drv);
}

static int __driver_attach(struct device *dev, void *data)
{
	struct device_driver *drv = data;

	device_lock(dev);
	if (driver_match_device(drv, dev))
		driver_probe_device(drv, dev);
	device_unlock(dev);
	return 0;
}

int driver_attach(struct device_driver *drv)
{
	return bus_for_each_dev(drv->bus, NULL, drv, __driver_attach);
}

static int __device_attach_driver(struct device_driver *drv, void *data)
{
	struct device *dev = data;

	if (!driver_match_device(drv, dev))
		return 0;
	return driver_probe_device(drv, dev);
}

int device_attach(struct device *dev)
{
	int ret;

	device_lock(dev);
	ret = bus_for_each_drv(dev->bus, NULL, dev, __device_attach_driver);
	device_unlock(dev);
	return ret;
}

void device_lock(struct device *dev)
{
	while (__sync_lock_test_and_set(&dev->locked, 1))
		;
}

void device_unlock(struct device *dev)
{
	__sync_lock_release(&dev->locked);
}

static void device_remove(struct device *dev)
{
	if (dev->bus->remove)
		dev->bus->remove(dev);
	else if (dev->driver->remove)
		dev->driver->remove(dev);
}

void device_release_driver(struct device *dev)
{
	device_lock(dev);
	device_remove(dev);
	dev->driver = NULL;
	device_unlock(dev);
}

int device_reprobe(struct device *dev)
{
	device_release_driver(dev);
	return device_attach(dev);
}

void device_shutdown(struct device *dev)
{
	device_lock(dev);
	if (dev->bus->shutdown)
		dev->bus->shutdown(dev);
	else if (dev->driver->shutdown)
		dev->driver->shutdown(dev);
	device_unlock(dev);
}
