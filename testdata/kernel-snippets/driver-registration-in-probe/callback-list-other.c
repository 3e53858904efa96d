// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the handler that registers is in another list
 * check-finding: same-bus low good_probe -> register_inner -> platform_driver_register(inner_driver)
 *
 * Of the list that is gone through nobody knows that it is in there, only that
 * such objects are all over the kernel.
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

static struct handler quiet_handler;
static LIST_HEAD(handlers);
static LIST_HEAD(others);

static int part_init(void)
{
	list_add_tail(&quiet_handler.node, &handlers);
	list_add_tail(&inner_handler.node, &others);
	return 0;
}
core_initcall(part_init);

static int good_probe(struct platform_device *pdev)
{
	struct handler *h;

	list_for_each_entry(h, &handlers, node)
		h->added(&pdev->dev);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
