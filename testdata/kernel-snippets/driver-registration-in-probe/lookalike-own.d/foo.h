/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/tty_driver.h>
#include <linux/platform_device.h>

struct foo_driver {
	struct tty_driver tty;
	struct foo_driver *next;
};

int foo_register_driver(struct foo_driver *driver);
