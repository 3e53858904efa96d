// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a helper stores the probe through a pointer to the field
 * check-finding: same-bus medium bad_probe -> platform_driver_register(inner_driver)
 * check-probe-driver: outer_driver
 *
 * What it stores into another field of the same type is no probe.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

typedef int (*probe_fn)(struct platform_device *pdev);

static probe_fn fallback;

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static int good_call(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.driver.name = "outer",
};

static void set(probe_fn *field, probe_fn fn)
{
	*field = fn;
}

static int __init outer_init(void)
{
	set(&outer_driver.probe, bad_probe);
	set(&fallback, good_call);
	return platform_driver_register(&outer_driver);
}
module_init(outer_init);
