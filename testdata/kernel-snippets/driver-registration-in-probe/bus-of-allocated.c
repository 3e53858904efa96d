// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the driver comes from a function that has put it on its bus
 * check-finding: same-bus high bad_probe -> driver_register(priv->drv)
 * check-bus: platform_bus_type -> platform_bus_type
 */
#include <linux/platform_device.h>
#include <linux/slab.h>

struct outer_priv {
	struct device_driver drv;
};

static struct outer_priv *outer_alloc(const char *name)
{
	struct outer_priv *priv = kzalloc(sizeof(*priv), GFP_KERNEL);

	if (priv) {
		priv->drv.name = name;
		priv->drv.bus = &platform_bus_type;
	}
	return priv;
}

static int bad_probe(struct platform_device *pdev)
{
	struct outer_priv *priv = outer_alloc("inner");

	return priv ? driver_register(&priv->drv) : -ENOMEM;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
