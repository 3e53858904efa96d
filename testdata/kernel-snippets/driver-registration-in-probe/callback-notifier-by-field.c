// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a chain of which only the field is known
 * check-finding: same-bus low bad_probe -> on_event -> platform_driver_register(inner_driver)
 *
 * Whose chain it is that is called cannot be told: maybe another one's.
 */
#include <linux/notifier.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct parts {
	int nr;
	struct blocking_notifier_head chain;
};

struct parts *parts_of(void *data);

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
	struct parts *parts = parts_of(NULL);

	return blocking_notifier_chain_register(&parts->chain, &part_nb);
}
core_initcall(part_init);

static int bad_probe(struct platform_device *pdev)
{
	struct parts *parts = parts_of(pdev);

	return blocking_notifier_call_chain(&parts->chain, 1, pdev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
