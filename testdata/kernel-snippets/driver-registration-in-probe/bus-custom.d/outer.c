// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a bus that no tool has heard of, with its own callback
 * check-finding: same-bus high bad_attach -> foo_driver_register(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: foo_bus_type -> foo_bus_type
 *
 * That attach is a probe follows from foo_bus_type.probe, and that the driver
 * sits on that bus from what foo_driver_register() does.
 */
#include "foo.h"

static struct foo_driver inner_driver = {
	.drv.name = "inner",
};

static int bad_attach(struct foo_device *fdev)
{
	return foo_driver_register(&inner_driver);
}

static struct foo_driver outer_driver = {
	.attach = bad_attach,
	.drv.name = "outer",
};

static int __init outer_init(void)
{
	return foo_driver_register(&outer_driver);
}
module_init(outer_init);
