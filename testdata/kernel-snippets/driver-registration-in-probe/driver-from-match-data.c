// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the driver to register is in a table of variants
 * check-finding: same-bus high bad_probe -> platform_driver_register(large_driver)
 * check-finding: same-bus high bad_probe -> platform_driver_register(small_driver)
 *
 * Which one it is depends on the device: either may be.
 */
#include <linux/platform_device.h>

struct variant {
	const char *name;
	struct platform_driver *part;
};

static struct platform_driver small_driver = {
	.driver.name = "small",
};

static struct platform_driver large_driver = {
	.driver.name = "large",
};

static const struct variant variants[] = {
	{ "small", &small_driver },
	{ "large", &large_driver },
};

static int bad_probe(struct platform_device *pdev)
{
	const struct variant *variant = &variants[pdev->id & 1];

	return platform_driver_register(variant->part);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
