// SPDX-License-Identifier: GPL-2.0-only
#include <linux/slab.h>
#include <linux/tty_driver.h>

static struct tty_driver *tty_drivers;

int tty_register_driver(struct tty_driver *driver)
{
	driver->next = tty_drivers;
	tty_drivers = driver;
	return 0;
}

int uart_register_driver(struct uart_driver *drv)
{
	struct tty_driver *normal = kzalloc(sizeof(*normal), GFP_KERNEL);

	if (!normal)
		return -ENOMEM;
	drv->tty_driver = normal;
	normal->name = drv->driver_name;
	return tty_register_driver(normal);
}
