// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an initcall may wait for probes
 * check-no-finding
 */
#include <linux/platform_device.h>

static int good_probe(struct platform_device *pdev)
{
	return 0;
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = good_probe,
};

static int __init good_init(void)
{
	int ret = platform_driver_register(&foo_driver);

	if (!ret)
		wait_for_device_probe();
	return ret;
}
module_init(good_init);
