/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PLATFORM_DEVICE_H
#define _LINUX_PLATFORM_DEVICE_H

#include <linux/device.h>
#include <linux/module.h>

struct platform_device {
	const char *name;
	int id;
	struct device dev;
};

struct platform_driver {
	int (*probe)(struct platform_device *pdev);
	void (*remove)(struct platform_device *pdev);
	void (*shutdown)(struct platform_device *pdev);
	struct device_driver driver;
	bool prevent_deferred_probe;
};

extern struct bus_type platform_bus_type;

#define to_platform_device(x) container_of((x), struct platform_device, dev)
#define to_platform_driver(x) container_of((x), struct platform_driver, driver)

int __platform_driver_register(struct platform_driver *drv,
			       struct module *owner);
void platform_driver_unregister(struct platform_driver *drv);
int __platform_driver_probe(struct platform_driver *drv,
			    int (*probe)(struct platform_device *pdev),
			    struct module *owner);
int __platform_register_drivers(struct platform_driver *const *drivers,
				unsigned int count, struct module *owner);
void platform_unregister_drivers(struct platform_driver *const *drivers,
				 unsigned int count);
int platform_device_register(struct platform_device *pdev);

#define platform_driver_register(drv)                                          \
	__platform_driver_register(drv, THIS_MODULE)
#define platform_driver_probe(drv, probe)                                      \
	__platform_driver_probe(drv, probe, THIS_MODULE)
#define platform_register_drivers(drivers, count)                              \
	__platform_register_drivers(drivers, count, THIS_MODULE)
#define module_platform_driver(drv)                                            \
	module_driver(drv, platform_driver_register, platform_driver_unregister)

static inline void *platform_get_drvdata(const struct platform_device *pdev)
{
	return dev_get_drvdata(&pdev->dev);
}

static inline void platform_set_drvdata(struct platform_device *pdev,
					void *data)
{
	dev_set_drvdata(&pdev->dev, data);
}

#endif
