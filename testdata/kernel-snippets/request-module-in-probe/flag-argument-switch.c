// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a constant that another case of a switch is for
 * check-no-finding
 */
#include <linux/kmod.h>
#include <linux/platform_device.h>

enum foo_mode { FOO_PEEK, FOO_LOAD };

static int look_up(int id, enum foo_mode mode)
{
	switch (mode) {
	case FOO_LOAD:
		return request_module("foo-%d", id);
	default:
		return id;
	}
}

static int foo_probe(struct platform_device *pdev)
{
	return look_up(pdev->id, FOO_PEEK);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = foo_probe,
};
module_platform_driver(foo_driver);
