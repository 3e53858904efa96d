// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an inline function that is a stub in another unit
 * check-finding: same-bus high bad_probe -> hook -> really_register -> platform_driver_register(inner_driver)
 * check-known-to-fail: bodies of one symbol are joined, so the unit with the stub is reported too; both at medium
 */
#define WITH_HOOK
#include "hook.h"

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

int really_register(void)
{
	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	return hook();
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
