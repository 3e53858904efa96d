// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a pci probe registers a pci driver
 * check-finding: same-bus high bad_probe -> pci_register_driver(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: pci_bus_type -> pci_bus_type
 *
 * The bus calls the probe three functions and a void pointer away.
 */
#include <linux/pci.h>

static struct pci_driver inner_driver = {
	.name = "inner",
};

static int bad_probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	return pci_register_driver(&inner_driver);
}

static struct pci_driver outer_driver = {
	.name = "outer",
	.probe = bad_probe,
};
module_pci_driver(outer_driver);
