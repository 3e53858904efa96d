// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a constant that the condition is true for
 * check-finding: reached medium foo_probe -> look_up -> request_module(?)
 */
#include <linux/kmod.h>
#include <linux/platform_device.h>

static int look_up(int id, int mode)
{
	if (mode != 2)
		return request_module("foo-%d", id);
	return id;
}

static int foo_probe(struct platform_device *pdev)
{
	return look_up(pdev->id, 1);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = foo_probe,
};
module_platform_driver(foo_driver);
