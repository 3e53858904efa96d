/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/kernel.h>

struct device;
struct device_driver;
struct device_node;
struct module;
struct of_device_id;

struct bus_type {
	const char *name;
	int (*match)(struct device *dev, const struct device_driver *drv);
	int (*probe)(struct device *dev);
	void (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);
	int (*dma_configure)(struct device *dev);
	struct device_driver *drivers;
	struct device *devices;
};

struct device_driver {
	const char *name;
	const struct bus_type *bus;
	struct module *owner;
	bool suppress_bind_attrs;
	const struct of_device_id *of_match_table;
	int (*probe)(struct device *dev);
	int (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);
	struct device_driver *next;
};

struct attribute {
	const char *name;
	unsigned short mode;
};

struct device_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr,
			char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr,
			 const char *buf, size_t count);
};

#define DEVICE_ATTR_WO(_name)                                                  \
	static struct device_attribute dev_attr_##_name = {                    \
		.attr = { .name = #_name, .mode = 0200 },                      \
		.store = _name##_store,                                        \
	}

struct devres_action;

struct device {
	const char *name;
	struct device *parent;
	struct device *child, *next;
	const struct bus_type *bus;
	struct device_node *of_node;
	struct device_driver *driver;
	void *driver_data;
	struct devres_action *actions;
	int locked;
};

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

static inline const char *dev_name(const struct device *dev)
{
	return dev->name;
}

int driver_register(struct device_driver *drv);
void driver_unregister(struct device_driver *drv);
int driver_attach(struct device_driver *drv);

void device_initialize(struct device *dev);
int device_add(struct device *dev);
int device_register(struct device *dev);
int device_attach(struct device *dev);
int device_reprobe(struct device *dev);
void device_release_driver(struct device *dev);
void device_shutdown(struct device *dev);
void wait_for_device_probe(void);
void device_lock(struct device *dev);
void device_unlock(struct device *dev);

int bus_register(struct bus_type *bus);
int bus_rescan_devices(const struct bus_type *bus);
int bus_add_driver(struct device_driver *drv);
int bus_add_device(struct device *dev);
void bus_probe_device(struct device *dev);
int bus_for_each_dev(const struct bus_type *bus, struct device *start,
		     void *data, int (*fn)(struct device *dev, void *data));
int bus_for_each_drv(const struct bus_type *bus, struct device_driver *start,
		     void *data,
		     int (*fn)(struct device_driver *drv, void *data));
int device_for_each_child(struct device *parent, void *data,
			  int (*fn)(struct device *dev, void *data));

int device_create_file(struct device *dev, const struct device_attribute *attr);
int devm_add_action(struct device *dev, void (*action)(void *data), void *data);
int devm_add_action_or_reset(struct device *dev, void (*action)(void *data),
			     void *data);
void *devm_kzalloc(struct device *dev, size_t size, unsigned int flags);

#endif
