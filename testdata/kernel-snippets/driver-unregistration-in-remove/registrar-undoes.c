// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: what registers several drivers unregisters some when it fails
 * check-no-finding
 *
 * That is the registrar's own matter: this probe registers drivers, which is
 * another rule's finding.
 */
#include <linux/platform_device.h>

static int inner_probe(struct platform_device *pdev)
{
	return pdev->id;
}

static struct platform_driver inner_driver = {
	.driver = { .name = "inner" },
	.probe = inner_probe,
};

static struct platform_driver *const drivers[] = { &inner_driver };

static int probe(struct platform_device *pdev)
{
	return platform_register_drivers(drivers, ARRAY_SIZE(drivers));
}

static struct platform_driver outer_driver = {
	.driver = { .name = "outer" },
	.probe = probe,
};
module_platform_driver(outer_driver);
