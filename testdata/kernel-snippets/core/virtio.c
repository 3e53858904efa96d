// SPDX-License-Identifier: GPL-2.0-only
#include <linux/virtio.h>

static int virtio_dev_probe(struct device *dev)
{
	struct virtio_device *vdev = dev_to_virtio(dev);
	struct virtio_driver *drv = drv_to_virtio(dev->driver);
	int ret;

	if (drv->validate) {
		ret = drv->validate(vdev);
		if (ret)
			return ret;
	}
	return drv->probe(vdev);
}

static const struct bus_type virtio_bus = {
	.name = "virtio",
	.probe = virtio_dev_probe,
};

int __register_virtio_driver(struct virtio_driver *drv, struct module *owner)
{
	drv->driver.owner = owner;
	drv->driver.bus = &virtio_bus;

	return driver_register(&drv->driver);
}

void unregister_virtio_driver(struct virtio_driver *drv)
{
	driver_unregister(&drv->driver);
}
