// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe registers a uart driver
 * check-no-finding
 */
#include <linux/tty_driver.h>
#include <linux/platform_device.h>

static struct uart_driver ports = {
	.driver_name = "ttyX",
	.nr = 4,
};

static int good_probe(struct platform_device *pdev)
{
	return uart_register_driver(&ports);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
