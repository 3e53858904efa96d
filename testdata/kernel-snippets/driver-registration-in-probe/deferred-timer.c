// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a timer's function registers
 * check-no-finding
 *
 * Not a good idea, but not this rule's: the timer runs in another context.
 */
#include <linux/timer.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static struct timer_list poll_timer;

static void poll(struct timer_list *timer)
{
	platform_driver_register(&inner_driver);
}

static int good_probe(struct platform_device *pdev)
{
	timer_setup(&poll_timer, poll, 0);
	return mod_timer(&poll_timer, 100);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
