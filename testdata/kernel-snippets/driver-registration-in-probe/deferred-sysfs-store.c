// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a sysfs attribute's store registers
 * check-no-finding
 *
 * User space writes to it after the probe, without the device's lock.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static ssize_t enable_store(struct device *dev, struct device_attribute *attr,
			    const char *buf, size_t count)
{
	int ret = platform_driver_register(&inner_driver);

	return ret ? ret : (ssize_t)count;
}
DEVICE_ATTR_WO(enable);

static int good_probe(struct platform_device *pdev)
{
	return device_create_file(&pdev->dev, &dev_attr_enable);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
