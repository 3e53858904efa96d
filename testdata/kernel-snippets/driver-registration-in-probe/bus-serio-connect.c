// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the probe of a serio driver is its connect
 * check-finding: same-bus high bad_connect -> serio_register_driver(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: serio_bus -> serio_bus
 */
#include <linux/serio.h>

static struct serio_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_connect(struct serio *serio, struct serio_driver *drv)
{
	return serio_register_driver(&inner_driver);
}

static struct serio_driver outer_driver = {
	.driver.name = "outer",
	.connect = bad_connect,
};
module_serio_driver(outer_driver);
