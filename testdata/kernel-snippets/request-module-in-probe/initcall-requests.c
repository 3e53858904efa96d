// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an initcall loads a module
 * check-no-finding
 */
#include <linux/kmod.h>
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
	request_module("foo");
	return platform_driver_register(&foo_driver);
}
module_init(good_init);
