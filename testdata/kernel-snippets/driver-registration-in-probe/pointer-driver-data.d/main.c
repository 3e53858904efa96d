// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the operations are the driver_data of a device id, as a number
 * check-finding: cross-bus medium bad_probe -> outer_start -> platform_driver_register(inner_driver)
 */
#include "chip.h"
#include <linux/i2c.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int outer_start(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static const struct chip_ops outer_ops = {
	.start = outer_start,
};

static const struct i2c_device_id outer_ids[] = {
	{ "outer", (unsigned long)&outer_ops },
	{ },
};

static int bad_probe(struct i2c_client *client)
{
	const struct i2c_device_id *id = i2c_client_get_device_id(client);
	const struct chip_ops *ops = (const void *)id->driver_data;

	return ops->start(&client->dev);
}

static struct i2c_driver outer_driver = {
	.probe = bad_probe,
	.id_table = outer_ids,
	.driver.name = "outer",
};
module_i2c_driver(outer_driver);
