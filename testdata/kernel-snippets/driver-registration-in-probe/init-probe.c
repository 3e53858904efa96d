// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an __init probe is handed to platform_driver_probe()
 * check-finding: same-bus high bad_probe -> bad_setup -> platform_driver_register(inner_driver)
 * check-probe-driver: outer_driver
 *
 * Being __init does not make it safe: it is a probe, and its __init helper is
 * called under the device's lock.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int __init bad_setup(void)
{
	return platform_driver_register(&inner_driver);
}

static int __init bad_probe(struct platform_device *pdev)
{
	return bad_setup();
}

static struct platform_driver outer_driver = {
	.driver.name = "outer",
};

static int __init outer_init(void)
{
	return platform_driver_probe(&outer_driver, bad_probe);
}
module_init(outer_init);
