// SPDX-License-Identifier: GPL-2.0-only
#include <linux/of_device.h>
#include <linux/platform_device.h>

static int platform_match(struct device *dev, const struct device_driver *drv)
{
	return to_platform_device(dev)->name == drv->name;
}

static int platform_probe(struct device *dev)
{
	struct platform_driver *drv = to_platform_driver(dev->driver);
	struct platform_device *pdev = to_platform_device(dev);

	return drv->probe ? drv->probe(pdev) : 0;
}

static void platform_remove(struct device *dev)
{
	struct platform_driver *drv = to_platform_driver(dev->driver);

	if (drv->remove)
		drv->remove(to_platform_device(dev));
}

static void platform_shutdown(struct device *dev)
{
	struct platform_driver *drv = to_platform_driver(dev->driver);

	if (drv->shutdown)
		drv->shutdown(to_platform_device(dev));
}

static int platform_dma_configure(struct device *dev)
{
	return of_dma_configure(dev, dev->of_node, true);
}

struct bus_type platform_bus_type = {
	.name = "platform",
	.match = platform_match,
	.probe = platform_probe,
	.remove = platform_remove,
	.shutdown = platform_shutdown,
	.dma_configure = platform_dma_configure,
};

int __platform_driver_register(struct platform_driver *drv,
			       struct module *owner)
{
	drv->driver.owner = owner;
	drv->driver.bus = &platform_bus_type;

	return driver_register(&drv->driver);
}
EXPORT_SYMBOL_GPL(__platform_driver_register);

void platform_driver_unregister(struct platform_driver *drv)
{
	driver_unregister(&drv->driver);
}

int __platform_driver_probe(struct platform_driver *drv,
			    int (*probe)(struct platform_device *pdev),
			    struct module *owner)
{
	drv->prevent_deferred_probe = true;
	drv->driver.suppress_bind_attrs = true;
	drv->probe = probe;

	return __platform_driver_register(drv, owner);
}

int __platform_register_drivers(struct platform_driver *const *drivers,
				unsigned int count, struct module *owner)
{
	unsigned int i;
	int ret;

	for (i = 0; i < count; i++) {
		ret = __platform_driver_register(drivers[i], owner);
		if (ret) {
			platform_unregister_drivers(drivers, i);
			return ret;
		}
	}
	return 0;
}

void platform_unregister_drivers(struct platform_driver *const *drivers,
				 unsigned int count)
{
	while (count--)
		platform_driver_unregister(drivers[count]);
}

int platform_device_register(struct platform_device *pdev)
{
	pdev->dev.bus = &platform_bus_type;
	return device_register(&pdev->dev);
}
