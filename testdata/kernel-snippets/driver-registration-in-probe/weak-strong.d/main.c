// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a strong function that registers replaces a weak one
 * check-finding: same-bus medium bad_probe -> board_setup -> platform_driver_register(inner_driver)
 *
 * Which of the two is linked is no fact, so it is less than sure.
 */
#include <linux/platform_device.h>

int board_setup(void);

int __weak board_setup(void)
{
	return 0;
}

static int bad_probe(struct platform_device *pdev)
{
	return board_setup();
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
