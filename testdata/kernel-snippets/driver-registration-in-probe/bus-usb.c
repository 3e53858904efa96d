// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a usb probe registers a usb driver
 * check-finding: same-bus high bad_probe -> usb_register(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: usb_bus_type -> usb_bus_type
 *
 * The bus has no probe: usb_register_driver() puts a dispatcher into the
 * embedded driver at run time.
 */
#include <linux/usb.h>

static struct usb_driver inner_driver = {
	.name = "inner",
};

static int bad_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	return usb_register(&inner_driver);
}

static struct usb_driver outer_driver = {
	.name = "outer",
	.probe = bad_probe,
};
module_usb_driver(outer_driver);
