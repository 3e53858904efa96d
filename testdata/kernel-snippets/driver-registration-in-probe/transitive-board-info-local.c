// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe adds a device that a local struct names
 * check-finding: transitive high chip_probe -> platform_driver_register(inner_driver)
 * check-outer: name high outer_probe
 *
 * The name is in an array of the struct, as i2c_board_info has it, and matches one
 * of the table of the driver.
 */
#include <linux/i2c.h>
#include <linux/of_device.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct board_info {
	char type[20];
	int addr;
};

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int chip_probe(struct i2c_client *client)
{
	return platform_driver_register(&inner_driver);
}

static const struct i2c_device_id chip_ids[] = { { "left", 0 }, {} };

static struct i2c_driver chip_driver = {
	.probe = chip_probe,
	.id_table = chip_ids,
	.driver.name = "chip",
};
module_i2c_driver(chip_driver);

static int new_client(const struct board_info *info)
{
	struct i2c_client *client = kzalloc(sizeof(*client), GFP_KERNEL);

	if (!client)
		return -ENOMEM;
	client->dev.bus = &i2c_bus_type;
	client->addr = info->addr;
	return device_register(&client->dev);
}

static int __init add_other(void)
{
	static const struct board_info other = { .type = "other" };

	return new_client(&other);
}
module_init(add_other);

static int outer_probe(struct platform_device *pdev)
{
	struct board_info info = {
		.type = "left",
		.addr = 0x50,
	};

	return new_client(&info);
}

static struct platform_driver outer_driver = {
	.probe = outer_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
