// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the parameter is set before it is handed on
 * check-finding: reached medium foo_probe -> find -> look_up -> request_module(?)
 */
#include <linux/kmod.h>
#include <linux/platform_device.h>

static int look_up(int id, bool load)
{
	if (load)
		return request_module("foo-%d", id);
	return id;
}

static int find(int id, bool load)
{
	if (id > 3)
		load = true;
	return look_up(id, load);
}

static int foo_probe(struct platform_device *pdev)
{
	return find(pdev->id, false);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = foo_probe,
};
module_platform_driver(foo_driver);
