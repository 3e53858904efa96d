// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a field has a registrar's name
 * check-no-finding
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct recorder {
	int (*driver_register)(struct platform_driver *drv);
};

static int note_down(struct platform_driver *drv)
{
	pr_info("would register %s\n", drv->driver.name);
	return 0;
}

static const struct recorder recorder = {
	.driver_register = note_down,
};

static int good_probe(struct platform_device *pdev)
{
	const struct recorder *rec = &recorder;

	return rec->driver_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
