// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a virtio probe registers the transport's platform driver
 * check-finding: cross-bus high vio_probe -> platform_driver_register(vio_transport_driver)
 * check-probe-driver: virtio_vio_driver
 * check-bus: virtio_bus -> platform_bus_type
 * check-unregister: vio_remove
 *
 * The bus type is a static variable of the virtio core: the driver sits on it
 * because the function that registers it says so.
 */
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/virtio.h>

static struct virtio_device *vio_device;

static int vio_transport_probe(struct platform_device *pdev)
{
	platform_set_drvdata(pdev, vio_device);
	return 0;
}

static struct platform_driver vio_transport_driver = {
	.driver.name = "vio_transport",
	.probe = vio_transport_probe,
};

static int vio_probe(struct virtio_device *vdev)
{
	int ret;

	vdev->priv = kzalloc(64, GFP_KERNEL);
	if (!vdev->priv)
		return -ENOMEM;
	vio_device = vdev;

	ret = platform_driver_register(&vio_transport_driver);
	if (ret) {
		vio_device = NULL;
		return ret;
	}
	return 0;
}

static void vio_remove(struct virtio_device *vdev)
{
	platform_driver_unregister(&vio_transport_driver);
	vio_device = NULL;
}

static struct virtio_driver virtio_vio_driver = {
	.driver.name = "vio",
	.probe = vio_probe,
	.remove = vio_remove,
};
module_virtio_driver(virtio_vio_driver);
