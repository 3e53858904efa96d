// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: one of two callers passes a constant that lets modules be loaded
 * check-finding: reached medium foo_probe -> find -> look_up -> request_module(?)
 */
#include <linux/kmod.h>
#include <linux/platform_device.h>

static int look_up(int id, bool load)
{
	if (!load)
		return id;
	return request_module("foo-%d", id);
}

static int peek(int id)
{
	return look_up(id, false);
}

static int find(int id)
{
	return look_up(id, true);
}

static int foo_probe(struct platform_device *pdev)
{
	return peek(pdev->id) ? 0 : find(pdev->id);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = foo_probe,
};
module_platform_driver(foo_driver);
