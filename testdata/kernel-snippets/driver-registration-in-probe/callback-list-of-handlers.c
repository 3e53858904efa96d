// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a driver goes through its own list of handlers
 * check-finding: same-bus medium bad_probe -> call_handlers -> register_inner -> platform_driver_register(inner_driver)
 *
 * One of them, put there by module_init(), registers.
 */
#include <linux/handler.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int register_inner(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static struct handler inner_handler = {
	.added = register_inner,
};

static LIST_HEAD(handlers);

static int add_handler(struct handler *h)
{
	list_add_tail(&h->node, &handlers);
	return 0;
}

static int part_init(void)
{
	return add_handler(&inner_handler);
}
core_initcall(part_init);

static int call_handlers(struct device *dev)
{
	struct handler *h;
	int ret = 0;

	list_for_each_entry(h, &handlers, node)
		ret |= h->added(dev);
	return ret;
}

static int bad_probe(struct platform_device *pdev)
{
	return call_handlers(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
