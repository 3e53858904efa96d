// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a notifier is put on one of two chains, and on the first for certain
 * check-finding: same-bus medium bad_probe -> on_event -> platform_driver_register(inner_driver)
 */
#include <linux/notifier.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static BLOCKING_NOTIFIER_HEAD(part_chain);
static BLOCKING_NOTIFIER_HEAD(whole_chain);
extern int wholly;

static int on_event(struct notifier_block *nb, unsigned long event,
		    void *data)
{
	return platform_driver_register(&inner_driver);
}

static struct notifier_block part_nb = {
	.notifier_call = on_event,
};

static int part_init(void)
{
	struct blocking_notifier_head *chain =
		wholly ? &whole_chain : &part_chain;

	blocking_notifier_chain_register(chain, &part_nb);
	return blocking_notifier_chain_register(&part_chain, &part_nb);
}
core_initcall(part_init);

static int bad_probe(struct platform_device *pdev)
{
	return blocking_notifier_call_chain(&part_chain, 1, pdev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
