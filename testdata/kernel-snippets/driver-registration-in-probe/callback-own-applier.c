// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a driver's own helper hands a callback on to one that calls it
 * check-finding: same-bus high bad_probe -> setup_part -> platform_driver_register(inner_driver)
 *
 * Neither helper is known by name: each is synchronous because of what it does
 * with its parameter.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

typedef int (*part_fn)(int part);

static int with_part(int part, part_fn fn)
{
	return fn(part);
}

static int with_all_parts(part_fn fn)
{
	int part, ret = 0;

	for (part = 0; part < 4 && !ret; part++)
		ret = with_part(part, fn);
	return ret;
}

static int setup_part(int part)
{
	return part == 2 ? platform_driver_register(&inner_driver) : 0;
}

static int bad_probe(struct platform_device *pdev)
{
	return with_all_parts(setup_part);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
