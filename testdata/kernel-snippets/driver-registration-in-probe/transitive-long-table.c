// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the table of the driver is a long one
 * check-finding: transitive high chip_probe -> platform_driver_register(inner_driver)
 * check-outer: name high outer_probe
 *
 * Each string of the file is looked at, not the first few.
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

static const struct i2c_device_id chip_ids[] = {
	{ "chip0", 0 },
	{ "chip1", 1 },
	{ "chip2", 2 },
	{ "chip3", 3 },
	{ "chip4", 4 },
	{ "chip5", 5 },
	{ "chip6", 6 },
	{ "chip7", 7 },
	{ "chip8", 8 },
	{ "chip9", 9 },
	{ "chip10", 10 },
	{ "chip11", 11 },
	{ "chip12", 12 },
	{ "chip13", 13 },
	{ "chip14", 14 },
	{ "chip15", 15 },
	{ "chip16", 16 },
	{ "chip17", 17 },
	{ "chip18", 18 },
	{ "chip19", 19 },
	{ "chip20", 20 },
	{ "chip21", 21 },
	{ "chip22", 22 },
	{ "chip23", 23 },
	{ "chip24", 24 },
	{ "chip25", 25 },
	{ "chip26", 26 },
	{ "chip27", 27 },
	{ "chip28", 28 },
	{ "chip29", 29 },
	{ "chip30", 30 },
	{ "chip31", 31 },
	{ "chip32", 32 },
	{ "chip33", 33 },
	{ "chip34", 34 },
	{ "chip35", 35 },
	{ "chip36", 36 },
	{ "chip37", 37 },
	{ "chip38", 38 },
	{ "left", 39 },
	{}
};

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
