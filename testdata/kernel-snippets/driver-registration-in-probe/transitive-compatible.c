// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe adds a device by what it is compatible with
 * check-finding: transitive high chip_probe -> platform_driver_register(inner_driver)
 * check-outer: name high outer_probe
 *
 * The driver's table is that of a device tree, in the driver core's struct.
 */
#include <linux/i2c.h>
#include <linux/of_device.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct board_info {
	const char *compatible;
	int addr;
};

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int chip_probe(struct i2c_client *client)
{
	return platform_driver_register(&inner_driver);
}

static const struct of_device_id chip_match[] = {
	{ .compatible = "vendor,left" }, {}
};

static struct i2c_driver chip_driver = {
	.probe = chip_probe,
	.driver.name = "chip",
	.driver.of_match_table = chip_match,
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
	static const struct board_info other = { .compatible = "other" };

	return new_client(&other);
}
module_init(add_other);

static int outer_probe(struct platform_device *pdev)
{
	static const struct board_info cell = {
		.compatible = "vendor,left",
	};

	return new_client(&cell);
}

static struct platform_driver outer_driver = {
	.probe = outer_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
