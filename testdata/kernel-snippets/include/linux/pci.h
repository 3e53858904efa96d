/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PCI_H
#define _LINUX_PCI_H

#include <linux/device.h>
#include <linux/module.h>

struct pci_device_id {
	u32 vendor, device;
};

struct pci_dev {
	u32 vendor, device;
	int node;
	struct device dev;
};

struct pci_driver {
	const char *name;
	const struct pci_device_id *id_table;
	int (*probe)(struct pci_dev *dev, const struct pci_device_id *id);
	void (*remove)(struct pci_dev *dev);
	struct device_driver driver;
};

extern const struct bus_type pci_bus_type;

#define to_pci_dev(n) container_of(n, struct pci_dev, dev)
#define to_pci_driver(d) container_of(d, struct pci_driver, driver)

int __pci_register_driver(struct pci_driver *drv, struct module *owner,
			  const char *mod_name);
void pci_unregister_driver(struct pci_driver *drv);

#define pci_register_driver(driver)                                            \
	__pci_register_driver(driver, THIS_MODULE, "snippet")
#define module_pci_driver(drv)                                                 \
	module_driver(drv, pci_register_driver, pci_unregister_driver)

#endif
