/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_I2C_H
#define _LINUX_I2C_H

#include <linux/device.h>
#include <linux/module.h>

struct i2c_device_id {
	char name[20];
	unsigned long driver_data;
};

struct i2c_client {
	unsigned short addr;
	struct device dev;
};

struct i2c_driver {
	unsigned int class;
	int (*probe)(struct i2c_client *client);
	void (*remove)(struct i2c_client *client);
	struct device_driver driver;
	const struct i2c_device_id *id_table;
};

extern struct bus_type i2c_bus_type;

#define to_i2c_client(d) container_of(d, struct i2c_client, dev)
#define to_i2c_driver(d) container_of(d, struct i2c_driver, driver)

int i2c_register_driver(struct module *owner, struct i2c_driver *driver);
void i2c_del_driver(struct i2c_driver *driver);

const struct i2c_device_id *
i2c_client_get_device_id(const struct i2c_client *client);

#define i2c_add_driver(driver) i2c_register_driver(THIS_MODULE, driver)
#define module_i2c_driver(drv)                                                 \
	module_driver(drv, i2c_add_driver, i2c_del_driver)

#endif
