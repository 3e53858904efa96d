// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe loads a module when a look-up fails
 * check-finding: reached medium bad_probe -> try_then_request_module(?)
 */
#include <linux/kmod.h>
#include <linux/platform_device.h>

static int known;

static int bad_probe(struct platform_device *pdev)
{
	return try_then_request_module(known, "foo") ? 0 : -ENODEV;
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = bad_probe,
};
module_platform_driver(foo_driver);
