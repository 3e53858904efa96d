// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a subsystem has its own functions for its chain
 * check-finding: same-bus medium bad_probe -> parts_tell -> on_event -> platform_driver_register(inner_driver)
 *
 * Both are known by what they do with the chain.
 */
#include <linux/notifier.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static BLOCKING_NOTIFIER_HEAD(part_chain);

static int parts_register(struct notifier_block *nb)
{
	return nb ? blocking_notifier_chain_register(&part_chain, nb) : 0;
}

static int parts_tell(unsigned long event)
{
	return blocking_notifier_call_chain(&part_chain, event, NULL);
}

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
	return parts_register(&part_nb);
}
core_initcall(part_init);

static int bad_probe(struct platform_device *pdev)
{
	return parts_tell(2);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
