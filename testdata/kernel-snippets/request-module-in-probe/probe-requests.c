// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe loads a module one call down
 * check-finding: reached medium bad_probe -> load -> request_module(?)
 */
#include <linux/kmod.h>
#include <linux/platform_device.h>

static int load(void)
{
	return request_module("foo-%d", 1);
}

static int bad_probe(struct platform_device *pdev)
{
	return load();
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = bad_probe,
};
module_platform_driver(foo_driver);
