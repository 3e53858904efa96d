// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: no pointer, where one is looked at before
 * check-no-finding
 */
#include <linux/kmod.h>
#include <linux/platform_device.h>

static int look_up(int id, const char *name)
{
	if (!name)
		return id;
	return request_module("foo-%s", name);
}

static int foo_probe(struct platform_device *pdev)
{
	return look_up(pdev->id, NULL);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = foo_probe,
};
module_platform_driver(foo_driver);
