// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: both drivers are unregistered where the module goes
 * check-no-finding
 */
#include <linux/platform_device.h>

static int inner_probe(struct platform_device *pdev)
{
	return pdev->id;
}

static struct platform_driver inner_driver = {
	.driver = { .name = "inner" },
	.probe = inner_probe,
};

static int good_probe(struct platform_device *pdev)
{
	return 0;
}

static void good_remove(struct platform_device *pdev)
{
	pdev->id = 0;
}

static struct platform_driver outer_driver = {
	.driver = { .name = "outer" },
	.probe = good_probe,
	.remove = good_remove,
};

static int __init good_init(void)
{
	int ret = platform_driver_register(&inner_driver);

	if (ret)
		return ret;
	ret = platform_driver_register(&outer_driver);
	if (ret)
		platform_driver_unregister(&inner_driver);
	return ret;
}
module_init(good_init);

static void __exit good_exit(void)
{
	platform_driver_unregister(&outer_driver);
	platform_driver_unregister(&inner_driver);
}
module_exit(good_exit);
