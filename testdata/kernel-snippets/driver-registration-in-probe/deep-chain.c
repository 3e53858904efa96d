// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: twenty calls stand between the probe and the registration
 * check-finding: same-bus high bad_probe
 *   -> step_20 -> step_19 -> step_18 -> step_17 -> step_16 -> step_15 -> step_14 -> step_13
 *   -> step_12 -> step_11 -> step_10 -> step_9 -> step_8 -> step_7 -> step_6 -> step_5
 *   -> step_4 -> step_3 -> step_2 -> step_1 -> platform_driver_register(inner_driver)
 *
 * No depth is too deep.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int step_1(void)
{
	return platform_driver_register(&inner_driver);
}

#define STEP(n, next)                                                          \
	static int step_##n(void)                                              \
	{                                                                      \
		return step_##next();                                          \
	}
STEP(2, 1)
STEP(3, 2)
STEP(4, 3)
STEP(5, 4)
STEP(6, 5)
STEP(7, 6)
STEP(8, 7)
STEP(9, 8)
STEP(10, 9)
STEP(11, 10)
STEP(12, 11)
STEP(13, 12)
STEP(14, 13)
STEP(15, 14)
STEP(16, 15)
STEP(17, 16)
STEP(18, 17)
STEP(19, 18)
STEP(20, 19)

static int bad_probe(struct platform_device *pdev)
{
	return step_20();
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
