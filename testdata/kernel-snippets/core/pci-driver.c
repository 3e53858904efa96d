// SPDX-License-Identifier: GPL-2.0-only
/*
 * The probe call is wrapped up and may be handed to another CPU: three static
 * functions and a void pointer stand between the bus and the driver.
 */
#include <linux/pci.h>

struct probe_request {
	struct pci_driver *drv;
	struct pci_dev *dev;
	const struct pci_device_id *id;
};

static int local_pci_probe(void *data)
{
	struct probe_request *req = data;
	struct pci_driver *drv = req->drv;

	return drv->probe(req->dev, req->id);
}

int work_on_cpu(int cpu, int (*fn)(void *data), void *data);

static int pci_call_probe(struct pci_driver *drv, struct pci_dev *dev,
			  const struct pci_device_id *id)
{
	struct probe_request req = { drv, dev, id };

	if (dev->node)
		return work_on_cpu(dev->node, local_pci_probe, &req);
	return local_pci_probe(&req);
}

static int __pci_device_probe(struct pci_driver *drv, struct pci_dev *dev)
{
	if (!drv->probe)
		return 0;
	return pci_call_probe(drv, dev, drv->id_table);
}

static int pci_device_probe(struct device *dev)
{
	struct pci_driver *drv = to_pci_driver(dev->driver);

	return __pci_device_probe(drv, to_pci_dev(dev));
}

const struct bus_type pci_bus_type = {
	.name = "pci",
	.probe = pci_device_probe,
};

int __pci_register_driver(struct pci_driver *drv, struct module *owner,
			  const char *mod_name)
{
	drv->driver.name = drv->name;
	drv->driver.bus = &pci_bus_type;
	drv->driver.owner = owner;

	return driver_register(&drv->driver);
}

void pci_unregister_driver(struct pci_driver *drv)
{
	driver_unregister(&drv->driver);
}
