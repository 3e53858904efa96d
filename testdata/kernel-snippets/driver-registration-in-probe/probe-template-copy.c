// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a driver is copied from a template at run time
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 * check-probe-driver: template
 */
#include <linux/slab.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static const struct platform_driver template = {
	.probe = bad_probe,
};

static int __init outer_init(void)
{
	struct platform_driver *drv = kzalloc(sizeof(*drv), GFP_KERNEL);

	if (!drv)
		return -ENOMEM;
	*drv = template;
	drv->driver.name = "outer";
	return platform_driver_register(drv);
}
module_init(outer_init);
