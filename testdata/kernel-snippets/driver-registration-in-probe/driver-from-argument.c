// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the driver is reached from what the probe itself is given
 * check-finding: same-bus high bad_probe -> platform_driver_register(argument 1->inner)
 *
 * Nobody calls a probe by name, so nobody says what its argument is.
 */
#include <linux/platform_device.h>

struct part_device {
	struct platform_driver *inner;
};

static int bad_probe(struct part_device *part)
{
	return platform_driver_register(part->inner);
}

static struct platform_driver outer_driver = {
	.probe = (int (*)(struct platform_device *))bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
