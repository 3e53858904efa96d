// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: what other tasks do is not what a probe does that sleeps
 * check-finding: same-bus high awake_probe -> foo_register -> platform_driver_register(bar_driver)
 * check-probe-driver: awake_driver
 *
 * A sleeper calls the scheduler, and that calls, on paper, all that a task does
 * when it dies; so every probe that sleeps would reach it.
 */
#include <linux/platform_device.h>

static struct platform_driver bar_driver = { .driver = { .name = "bar" } };

static int foo_register(void)
{
	return platform_driver_register(&bar_driver);
}

static void do_exit(long code)
{
	if (code)
		foo_register();
}

static void __schedule(int mode)
{
	if (mode)
		foo_register();
}

static int sleepy_probe(struct platform_device *pdev)
{
	__schedule(pdev->id);
	return 0;
}

static int dying_probe(struct platform_device *pdev)
{
	if (pdev->id > 9)
		do_exit(9);
	return 0;
}

static int awake_probe(struct platform_device *pdev)
{
	return foo_register();
}

static struct platform_driver sleepy_driver = {
	.driver = { .name = "sleepy" },
	.probe = sleepy_probe,
};
module_platform_driver(sleepy_driver);

static struct platform_driver dying_driver = {
	.driver = { .name = "dying" },
	.probe = dying_probe,
};
module_platform_driver(dying_driver);

static struct platform_driver awake_driver = {
	.driver = { .name = "awake" },
	.probe = awake_probe,
};
module_platform_driver(awake_driver);
