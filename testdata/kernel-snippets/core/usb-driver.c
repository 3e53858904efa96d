// SPDX-License-Identifier: GPL-2.0-only
/*
 * The bus has no probe. Registration puts one function into the embedded
 * driver of everybody, and that dispatches to the driver's own.
 */
#include <linux/usb.h>

static int usb_probe_interface(struct device *dev)
{
	struct usb_driver *driver = to_usb_driver(dev->driver);
	struct usb_interface *intf = to_usb_interface(dev);

	return driver->probe(intf, driver->id_table);
}

const struct bus_type usb_bus_type = {
	.name = "usb",
};

int usb_register_driver(struct usb_driver *new_driver, struct module *owner,
			const char *mod_name)
{
	new_driver->driver.name = new_driver->name;
	new_driver->driver.bus = &usb_bus_type;
	new_driver->driver.probe = usb_probe_interface;
	new_driver->driver.owner = owner;

	return driver_register(&new_driver->driver);
}

void usb_deregister(struct usb_driver *driver)
{
	driver_unregister(&driver->driver);
}

/* A struct on the stack carries a callback of another type to the walk. */
struct each_dev_arg {
	void *data;
	int (*fn)(struct usb_device *udev, void *data);
};

static int each_dev(struct device *dev, void *data)
{
	struct each_dev_arg *arg = data;

	return arg->fn(to_usb_device(dev), arg->data);
}

int usb_for_each_dev(void *data, int (*fn)(struct usb_device *udev, void *data))
{
	struct each_dev_arg arg = { data, fn };

	return bus_for_each_dev(&usb_bus_type, NULL, &arg, each_dev);
}
