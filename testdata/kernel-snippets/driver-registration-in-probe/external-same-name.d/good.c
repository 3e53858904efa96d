// SPDX-License-Identifier: GPL-2.0-only
#include <linux/platform_device.h>

int part_setup(struct device *dev);

int part_setup(struct device *dev)
{
	return dev_name(dev) ? 0 : -EINVAL;
}

static int good_probe(struct platform_device *pdev)
{
	return part_setup(&pdev->dev);
}

static struct platform_driver good_driver = {
	.probe = good_probe,
	.driver.name = "good",
};
module_platform_driver(good_driver);
