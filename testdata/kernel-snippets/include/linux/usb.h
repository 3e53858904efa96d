/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_USB_H
#define _LINUX_USB_H

#include <linux/device.h>
#include <linux/module.h>

struct usb_device_id {
	u16 vendor, product;
};

struct usb_interface {
	struct device dev;
};

struct usb_driver {
	const char *name;
	int (*probe)(struct usb_interface *intf,
		     const struct usb_device_id *id);
	void (*disconnect)(struct usb_interface *intf);
	const struct usb_device_id *id_table;
	struct device_driver driver;
};

extern const struct bus_type usb_bus_type;

struct usb_device {
	struct device dev;
};

int usb_for_each_dev(void *data, int (*fn)(struct usb_device *udev, void *data));

#define to_usb_device(d) container_of(d, struct usb_device, dev)
#define to_usb_interface(d) container_of(d, struct usb_interface, dev)
#define to_usb_driver(d) container_of(d, struct usb_driver, driver)

int usb_register_driver(struct usb_driver *new_driver, struct module *owner,
			const char *mod_name);
void usb_deregister(struct usb_driver *driver);

#define usb_register(driver)                                                   \
	usb_register_driver(driver, THIS_MODULE, "snippet")
#define module_usb_driver(drv) module_driver(drv, usb_register, usb_deregister)

#endif
