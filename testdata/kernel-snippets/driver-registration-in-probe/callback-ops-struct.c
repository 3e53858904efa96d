// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a struct of callbacks is handed to a function that calls them
 * check-finding: same-bus medium bad_probe -> enter_part -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct walk_ops {
	int (*enter)(int part);
	void (*leave)(int part);
};

static int walk_parts(const struct walk_ops *ops)
{
	int ret = ops->enter(0);

	if (!ret && ops->leave)
		ops->leave(0);
	return ret;
}

static int enter_part(int part)
{
	return platform_driver_register(&inner_driver);
}

static const struct walk_ops walk_ops = {
	.enter = enter_part,
};

static int bad_probe(struct platform_device *pdev)
{
	return walk_parts(&walk_ops);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
