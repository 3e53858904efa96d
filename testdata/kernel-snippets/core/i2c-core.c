// SPDX-License-Identifier: GPL-2.0-only
#include <linux/i2c.h>

static int i2c_device_probe(struct device *dev)
{
	struct i2c_client *client = to_i2c_client(dev);
	struct i2c_driver *driver = to_i2c_driver(dev->driver);

	if (!driver->probe)
		return -EINVAL;
	return driver->probe(client);
}

struct bus_type i2c_bus_type = {
	.name = "i2c",
	.probe = i2c_device_probe,
};

int i2c_register_driver(struct module *owner, struct i2c_driver *driver)
{
	driver->driver.owner = owner;
	driver->driver.bus = &i2c_bus_type;

	return driver_register(&driver->driver);
}

void i2c_del_driver(struct i2c_driver *driver)
{
	driver_unregister(&driver->driver);
}

const struct i2c_device_id *
i2c_client_get_device_id(const struct i2c_client *client)
{
	return to_i2c_driver(client->dev.driver)->id_table;
}
