// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a struct that is no driver has a probe
 * check-no-finding
 *
 * The init function calls it; the driver core knows nothing of it.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct chip_ops {
	int (*probe)(int address);
};

static int chip_probe(int address)
{
	return address ? platform_driver_register(&inner_driver) : -ENODEV;
}

static const struct chip_ops chip = {
	.probe = chip_probe,
};

static int __init chip_init(void)
{
	const struct chip_ops *ops = &chip;

	return ops->probe(0x40);
}
module_init(chip_init);
