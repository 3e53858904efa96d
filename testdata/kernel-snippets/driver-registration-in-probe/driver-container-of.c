// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: container_of() undoes what its caller did
 * check-finding: same-bus high bad_probe -> register_part(mine->drv)
 */
#include <linux/platform_device.h>

struct outer_priv {
	struct device_attribute attr;
	struct platform_driver drv;
};

static int register_part(struct device_attribute *attr)
{
	struct outer_priv *priv = container_of(attr, struct outer_priv, attr);

	return platform_driver_register(&priv->drv);
}

static int bad_probe(struct platform_device *pdev)
{
	struct outer_priv *mine = platform_get_drvdata(pdev);

	return register_part(&mine->attr);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
