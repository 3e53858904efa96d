// SPDX-License-Identifier: GPL-2.0-only
/* The callback sits one struct further in: driver->ops.add. */
#include <linux/acpi.h>

static int acpi_device_probe(struct device *dev)
{
	struct acpi_device *adev = to_acpi_device(dev);
	struct acpi_driver *drv = to_acpi_driver(dev->driver);

	if (!drv->ops.add)
		return -ENODEV;
	return drv->ops.add(adev);
}

const struct bus_type acpi_bus_type = {
	.name = "acpi",
	.probe = acpi_device_probe,
};

int __acpi_bus_register_driver(struct acpi_driver *driver, struct module *owner)
{
	driver->drv.name = driver->name;
	driver->drv.bus = &acpi_bus_type;
	driver->drv.owner = owner;

	return driver_register(&driver->drv);
}

void acpi_bus_unregister_driver(struct acpi_driver *driver)
{
	driver_unregister(&driver->drv);
}
