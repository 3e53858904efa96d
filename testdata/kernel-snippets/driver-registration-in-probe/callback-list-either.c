// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a handler that is in one list or in another
 * check-finding: same-bus low bad_probe -> register_inner -> platform_driver_register(inner_driver)
 *
 * Which list it is in depends on an argument, as with packet handlers.
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

static LIST_HEAD(early);
static LIST_HEAD(late);

static void add_handler(struct handler *h, int is_early)
{
	struct list_head *list = is_early ? &early : &late;

	list_add_tail(&h->node, list);
}

static int part_init(void)
{
	add_handler(&inner_handler, 0);
	return 0;
}
core_initcall(part_init);

static int bad_probe(struct platform_device *pdev)
{
	struct handler *h;

	list_for_each_entry(h, &early, node)
		h->added(&pdev->dev);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
