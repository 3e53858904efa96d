// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the notifier that registers is on another chain
 * check-finding: same-bus low good_probe -> blocking_notifier_call_chain -> chain_call -> on_event -> platform_driver_register(inner_driver)
 *
 * Two variables are two chains, whatever else they have in common. What is left
 * is that something is called through a field that the notifier sits in, too.
 */
#include <linux/notifier.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static BLOCKING_NOTIFIER_HEAD(part_chain);
static BLOCKING_NOTIFIER_HEAD(other_chain);

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
	return blocking_notifier_chain_register(&part_chain, &part_nb);
}
core_initcall(part_init);

static int good_probe(struct platform_device *pdev)
{
	return blocking_notifier_call_chain(&other_chain, 1, pdev);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
