/* SPDX-License-Identifier: GPL-2.0-only */
/* A tty driver is no device_driver: registering one walks no bus. */
#ifndef _LINUX_TTY_DRIVER_H
#define _LINUX_TTY_DRIVER_H

#include <linux/kernel.h>

struct tty_driver {
	const char *name;
	struct tty_driver *next;
};

struct uart_driver {
	const char *driver_name;
	int nr;
	struct tty_driver *tty_driver;
};

int tty_register_driver(struct tty_driver *driver);
int uart_register_driver(struct uart_driver *drv);

#endif
