// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe registers a tty driver
 * check-no-finding
 *
 * The name ends like a registrar's; no bus is walked.
 */
#include <linux/tty_driver.h>
#include <linux/platform_device.h>

static struct tty_driver console = {
	.name = "ttyX",
};

static int good_probe(struct platform_device *pdev)
{
	return tty_register_driver(&console);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
