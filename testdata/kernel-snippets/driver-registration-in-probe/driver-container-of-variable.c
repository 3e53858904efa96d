// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: container_of() leads from a field of a variable to its driver
 * check-finding: same-bus high bad_probe -> register_part(outer_part.drv)
 */
#include <linux/platform_device.h>

struct part {
	struct device_attribute attr;
	struct platform_driver drv;
};

static struct part outer_part = {
	.drv.driver.name = "part",
};

static int register_part(struct device_attribute *attr)
{
	struct part *part = container_of(attr, struct part, attr);
	struct platform_driver *drv = &part->drv;

	return platform_driver_register(drv);
}

static int bad_probe(struct platform_device *pdev)
{
	return register_part(&outer_part.attr);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
