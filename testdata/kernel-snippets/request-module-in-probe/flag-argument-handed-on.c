// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a constant is handed on through two functions
 * check-no-finding
 */
#include <linux/kmod.h>
#include <linux/platform_device.h>

#define FOO_LOAD 4

static int look_up(int id, unsigned int flags)
{
	if ((flags & FOO_LOAD) && id)
		return request_module("foo-%d", id);
	return id;
}

static int find(int id, unsigned int flags)
{
	return look_up(id, flags);
}

static int foo_probe(struct platform_device *pdev)
{
	return find(pdev->id, 3);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = foo_probe,
};
module_platform_driver(foo_driver);
