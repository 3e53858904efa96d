// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the registered driver is part of allocated per-device state
 * check-finding: same-bus high bad_probe -> platform_driver_register(priv->drv)
 * check-qualifier: no-unregister
 * check-qualifier: per-instance allocated
 */
#include <linux/slab.h>
#include <linux/platform_device.h>

struct outer_priv {
	struct platform_driver drv;
};

static int inner_probe(struct platform_device *pdev)
{
	return 0;
}

static int bad_probe(struct platform_device *pdev)
{
	struct outer_priv *priv = kzalloc(sizeof(*priv), GFP_KERNEL);

	if (!priv)
		return -ENOMEM;
	priv->drv.driver.name = dev_name(&pdev->dev);
	priv->drv.probe = inner_probe;
	return platform_driver_register(&priv->drv);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
