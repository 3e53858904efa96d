// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe calls what expects the lock to be held
 * check-no-finding
 */
#include <linux/platform_device.h>

static int foo_attach_locked(struct device *dev)
{
	return dev->locked ? 0 : -EINVAL;
}

static int foo_attach(struct device *dev)
{
	int ret;

	device_lock(dev);
	ret = foo_attach_locked(dev);
	device_unlock(dev);
	return ret;
}

static ssize_t attach_store(struct device *dev, struct device_attribute *attr,
			    const char *buf, size_t count)
{
	return foo_attach(dev);
}

DEVICE_ATTR_WO(attach);

static int good_probe(struct platform_device *pdev)
{
	int ret = foo_attach_locked(&pdev->dev);

	return ret ? ret : device_create_file(&pdev->dev, &dev_attr_attach);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = good_probe,
};
module_platform_driver(foo_driver);
