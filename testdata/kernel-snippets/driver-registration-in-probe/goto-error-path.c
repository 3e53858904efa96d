// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the call stands on an error path
 * check-finding: same-bus high bad_probe -> fall_back -> platform_driver_register(inner_driver)
 */
#include <linux/slab.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int fall_back(void *mem)
{
	kfree(mem);
	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	void *mem = kzalloc(64, GFP_KERNEL);
	int ret;

	if (!mem)
		return -ENOMEM;
	ret = device_create_file(&pdev->dev, NULL);
	if (ret)
		goto err_fall_back;
	platform_set_drvdata(pdev, mem);
	return 0;

err_fall_back:
	fall_back(mem);
	return ret;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
