// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a virtio probe registers a virtio driver
 * check-finding: same-bus high bad_probe -> register_virtio_driver(inner_driver)
 * check-bus: virtio_bus -> virtio_bus
 */
#include <linux/virtio.h>

static struct virtio_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct virtio_device *vdev)
{
	return register_virtio_driver(&inner_driver);
}

static struct virtio_driver outer_driver = {
	.driver.name = "outer",
	.probe = bad_probe,
};
module_virtio_driver(outer_driver);
