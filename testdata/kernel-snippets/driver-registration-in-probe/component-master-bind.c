// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the bind of the whole registers
 * check-finding: unknown-bus high bad_bind -> platform_driver_register(inner_driver)
 *
 * It, too, runs under the probe of whichever component comes last.
 */
#include <linux/component.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_bind(struct device *master)
{
	return platform_driver_register(&inner_driver);
}

static const struct component_master_ops outer_ops = {
	.bind = bad_bind,
};

static int __init outer_init(void)
{
	static struct device master;

	return component_master_add_with_match(&master, &outer_ops, NULL);
}
module_init(outer_init);
