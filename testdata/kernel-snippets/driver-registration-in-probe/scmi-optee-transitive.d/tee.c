// SPDX-License-Identifier: GPL-2.0-only
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/tee_drv.h>

static int enumerate_service(struct device *parent, u32 id)
{
	struct tee_client_device *client;

	client = kzalloc(sizeof(*client), GFP_KERNEL);
	if (!client)
		return -ENOMEM;
	client->id = id;
	client->dev.parent = parent;
	client->dev.name = "service";
	client->dev.bus = &tee_bus_type;
	return device_register(&client->dev);
}

static int tee_core_probe(struct platform_device *pdev)
{
	return enumerate_service(&pdev->dev, 7);
}

static struct platform_driver tee_core_driver = {
	.probe = tee_core_probe,
	.driver.name = "tee-core",
};
module_platform_driver(tee_core_driver);
