// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the mended virtio driver registers both drivers from init
 * check-no-finding
 *
 * Twin of scmi-virtio.
 */
#include <linux/platform_device.h>
#include <linux/virtio.h>

static struct virtio_device *vio_device;

static int vio_transport_probe(struct platform_device *pdev)
{
	if (!vio_device)
		return -EPROBE_DEFER;
	platform_set_drvdata(pdev, vio_device);
	return 0;
}

static struct platform_driver vio_transport_driver = {
	.driver.name = "vio_transport",
	.probe = vio_transport_probe,
};

static int vio_probe(struct virtio_device *vdev)
{
	vio_device = vdev;
	return 0;
}

static struct virtio_driver virtio_vio_driver = {
	.driver.name = "vio",
	.probe = vio_probe,
};

static int __init vio_init(void)
{
	int ret;

	ret = platform_driver_register(&vio_transport_driver);
	if (ret)
		return ret;
	ret = register_virtio_driver(&virtio_vio_driver);
	if (ret)
		platform_driver_unregister(&vio_transport_driver);
	return ret;
}
module_init(vio_init);

static void __exit vio_exit(void)
{
	unregister_virtio_driver(&virtio_vio_driver);
	platform_driver_unregister(&vio_transport_driver);
}
module_exit(vio_exit);
