// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe asks for a module and does not wait
 * check-no-finding
 */
#include <linux/kmod.h>
#include <linux/platform_device.h>

static int good_probe(struct platform_device *pdev)
{
	request_module_nowait("foo");
	return 0;
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = good_probe,
};
module_platform_driver(foo_driver);
