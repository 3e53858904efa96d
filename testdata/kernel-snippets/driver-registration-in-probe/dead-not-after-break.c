// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the case behind a break lives
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	int ret = 0;

	switch (pdev->id) {
	case 0:
		ret = -ENODEV;
		break;
	default:
		pr_info("a part\n");
		ret = platform_driver_register(&inner_driver);
		break;
	}
	return ret;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
