// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a command picks one of many functions of a table
 * check-finding: same-bus low some_probe -> part_do -> part_setup -> platform_driver_register(inner_driver)
 *
 * Only this file fills the field, but of seventeen functions a probe that gives
 * one command calls one: that it is this one is less than likely.
 */
#include <linux/kernel.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct part_command {
	int number;
	int (*run)(struct device *dev);
};

static int part_setup(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static int part_open(struct device *dev)
{
	return 0;
}

static int part_close(struct device *dev)
{
	return 1;
}

static int part_read(struct device *dev)
{
	return 2;
}

static int part_write(struct device *dev)
{
	return 3;
}

static int part_seek(struct device *dev)
{
	return 4;
}

static int part_tell(struct device *dev)
{
	return 5;
}

static int part_lock(struct device *dev)
{
	return 6;
}

static int part_unlock(struct device *dev)
{
	return 7;
}

static int part_get(struct device *dev)
{
	return 8;
}

static int part_put(struct device *dev)
{
	return 9;
}

static int part_add(struct device *dev)
{
	return 10;
}

static int part_del(struct device *dev)
{
	return 11;
}

static int part_start(struct device *dev)
{
	return 12;
}

static int part_stop(struct device *dev)
{
	return 13;
}

static int part_pause(struct device *dev)
{
	return 14;
}

static int part_resume(struct device *dev)
{
	return 15;
}

static const struct part_command part_commands[] = {
	{ 1, part_setup },  { 2, part_open },	 { 3, part_close },
	{ 4, part_read },   { 5, part_write },	 { 6, part_seek },
	{ 7, part_tell },   { 8, part_lock },	 { 9, part_unlock },
	{ 10, part_get },   { 11, part_put },	 { 12, part_add },
	{ 13, part_del },   { 14, part_start },	 { 15, part_stop },
	{ 16, part_pause }, { 17, part_resume },
};

static int part_do(struct device *dev, int number)
{
	const struct part_command *c;

	for (c = part_commands; c->number; c++)
		if (c->number == number)
			return c->run(dev);
	return -EINVAL;
}

static int some_probe(struct platform_device *pdev)
{
	return part_do(&pdev->dev, 5);
}

static struct platform_driver outer_driver = {
	.probe = some_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
