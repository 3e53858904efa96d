// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a platform driver inside a struct of the driver's own
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner.pdrv)
 * check-probe-driver: outer.pdrv
 * check-bus: platform_bus_type -> platform_bus_type
 */
#include <linux/platform_device.h>

struct part_driver {
	const char *part;
	struct platform_driver pdrv;
};

static struct part_driver inner = {
	.part = "inner",
	.pdrv = { .driver = { .name = "inner" } },
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner.pdrv);
}

static struct part_driver outer = {
	.part = "outer",
	.pdrv = {
		.probe = bad_probe,
		.driver = { .name = "outer" },
	},
};

static int __init outer_init(void)
{
	return platform_driver_register(&outer.pdrv);
}
module_init(outer_init);
