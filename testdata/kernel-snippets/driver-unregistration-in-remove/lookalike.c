// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a driver of another kind is unregistered
 * check-no-finding
 *
 * foo_unregister_driver() never reaches driver_unregister(): a name proves
 * nothing.
 */
#include <linux/platform_device.h>

struct foo_driver {
	struct foo_driver *next;
};

static struct foo_driver *foo_drivers;

static void foo_unregister_driver(struct foo_driver *drv)
{
	foo_drivers = drv->next;
}

static struct foo_driver foo;

static void good_remove(struct platform_device *pdev)
{
	foo_unregister_driver(&foo);
}

static struct platform_driver outer_driver = {
	.driver = { .name = "outer" },
	.remove = good_remove,
};
module_platform_driver(outer_driver);
