/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_VIRTIO_H
#define _LINUX_VIRTIO_H

#include <linux/device.h>
#include <linux/module.h>

struct virtio_device_id {
	u32 device, vendor;
};

struct virtio_device {
	struct device dev;
	void *priv;
};

struct virtio_driver {
	struct device_driver driver;
	const struct virtio_device_id *id_table;
	int (*validate)(struct virtio_device *vdev);
	int (*probe)(struct virtio_device *vdev);
	void (*remove)(struct virtio_device *vdev);
};

#define dev_to_virtio(d) container_of(d, struct virtio_device, dev)
#define drv_to_virtio(d) container_of(d, struct virtio_driver, driver)

int __register_virtio_driver(struct virtio_driver *drv, struct module *owner);
void unregister_virtio_driver(struct virtio_driver *drv);

#define register_virtio_driver(drv) __register_virtio_driver(drv, THIS_MODULE)
#define module_virtio_driver(drv)                                              \
	module_driver(drv, register_virtio_driver, unregister_virtio_driver)

#endif
