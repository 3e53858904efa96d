// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the chain is called by a work item
 * check-no-finding
 *
 * It holds no lock of the probe that queued it; and to put a notifier on a
 * chain is not to call it.
 */
#include <linux/workqueue.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static BLOCKING_NOTIFIER_HEAD(part_chain);
static struct work_struct work;

static int on_event(struct notifier_block *nb, unsigned long event,
		    void *data)
{
	return platform_driver_register(&inner_driver);
}

static struct notifier_block part_nb = {
	.notifier_call = on_event,
};

static void tell_later(struct work_struct *w)
{
	blocking_notifier_call_chain(&part_chain, 1, w);
}

static int good_probe(struct platform_device *pdev)
{
	INIT_WORK(&work, tell_later);
	schedule_work(&work);
	return blocking_notifier_chain_register(&part_chain, &part_nb);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
