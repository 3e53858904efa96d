// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: names that are made at run time are no names
 * check-finding: cross-bus high chip_probe -> platform_driver_register(inner_driver)
 * check-outer: bus low outer_probe
 *
 * "chip%d" and "" stand on both sides and say nothing, so that it may be any.
 */
#include <linux/i2c.h>
#include <linux/of_device.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct board_info {
	const char *type;
	int addr;
};

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int chip_probe(struct i2c_client *client)
{
	return platform_driver_register(&inner_driver);
}

static const struct i2c_device_id chip_ids[] = { { "chip%d", 0 },
						 { "", 1 },
						 {} };

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
	struct board_info first = { .type = "chip%d" };
	struct board_info second = { .type = "" };

	new_client(&first);
	return new_client(&second);
}

static struct platform_driver outer_driver = {
	.probe = outer_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
