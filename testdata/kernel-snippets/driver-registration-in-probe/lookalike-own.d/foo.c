// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: foo_register_driver() of a subsystem registers a tty
 * check-no-finding
 */
#include "foo.h"

static int good_probe(struct platform_device *pdev)
{
	static struct foo_driver modem = {
		.tty = { .name = "ttyFOO" },
	};

	return foo_register_driver(&modem);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
