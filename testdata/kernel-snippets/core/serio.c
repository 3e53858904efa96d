// SPDX-License-Identifier: GPL-2.0-only
/* The callback is not called probe, and a helper calls it. */
#include <linux/serio.h>

static int serio_connect_driver(struct serio *serio, struct serio_driver *drv)
{
	return drv->connect(serio, drv);
}

static int serio_driver_probe(struct device *dev)
{
	struct serio *serio = to_serio_port(dev);
	struct serio_driver *drv = to_serio_driver(dev->driver);

	return serio_connect_driver(serio, drv);
}

const struct bus_type serio_bus = {
	.name = "serio",
	.probe = serio_driver_probe,
};

int __serio_register_driver(struct serio_driver *drv, struct module *owner)
{
	drv->driver.bus = &serio_bus;
	drv->driver.owner = owner;

	return driver_register(&drv->driver);
}

void serio_unregister_driver(struct serio_driver *drv)
{
	driver_unregister(&drv->driver);
}
