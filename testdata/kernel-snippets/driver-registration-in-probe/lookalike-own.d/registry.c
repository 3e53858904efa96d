// SPDX-License-Identifier: GPL-2.0-only
#include "foo.h"

static struct foo_driver *foo_drivers;

int foo_register_driver(struct foo_driver *driver)
{
	driver->next = foo_drivers;
	foo_drivers = driver;
	return tty_register_driver(&driver->tty);
}
