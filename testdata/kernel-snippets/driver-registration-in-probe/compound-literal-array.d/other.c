// SPDX-License-Identifier: GPL-2.0-only
#include <linux/platform_device.h>

#include "start.h"

static int other_start(struct device *dev)
{
	return 0;
}

static const struct part other_start_ops = {
	.start = other_start,
};

static int other_probe(struct platform_device *pdev)
{
	platform_set_drvdata(pdev, (void *)&other_start_ops);
	return 0;
}

static struct platform_driver other_driver = {
	.probe = other_probe,
	.driver.name = "other",
};
module_platform_driver(other_driver);
