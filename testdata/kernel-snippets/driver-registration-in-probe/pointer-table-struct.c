// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a loop calls a field of every element of a table
 * check-finding: same-bus medium bad_probe -> outer_start -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int outer_start(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static const struct step {
	const char *name;
	int (*run)(struct device *dev);
} steps[] = {
	{ "start", outer_start },
	{ },
};

static int bad_probe(struct platform_device *pdev)
{
	const struct step *step;
	int ret = 0;

	for (step = steps; step->name && !ret; step++)
		ret = step->run(&pdev->dev);
	return ret;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
