// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a generic probe dispatches to the attach of its type
 * check-finding: same-bus medium bad_probe -> port_attach -> platform_driver_register(inner_driver)
 *
 * The second level of usb-serial: what sits in type->attach runs under the lock
 * of the device being probed.
 */
#include <linux/slab.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct port_type {
	int (*attach)(struct device *dev);
};

struct port {
	const struct port_type *type;
};

static int port_attach(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static const struct port_type plain_type = {
	.attach = port_attach,
};

static int bad_probe(struct platform_device *pdev)
{
	struct port *port = kzalloc(sizeof(*port), GFP_KERNEL);

	if (!port)
		return -ENOMEM;
	port->type = &plain_type;
	return port->type->attach(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
