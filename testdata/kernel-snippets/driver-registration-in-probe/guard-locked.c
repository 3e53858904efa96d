// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a mutex covers the flag and the registration, the result is lost
 * check-finding: same-bus high outer_probe -> register_once -> platform_driver_register(inner_driver)
 * check-guard: registered
 * check-qualifier: no-unregister
 * check-qualifier: return-ignored
 *
 * No race on the flag, so it is no once-guard to complain of.
 */
#include <linux/mutex.h>
#include <linux/platform_device.h>

static struct mutex once_lock;
static bool registered;

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static void register_once(void)
{
	if (registered)
		return;
	platform_driver_register(&inner_driver);
	registered = true;
}

static int outer_probe(struct platform_device *pdev)
{
	mutex_lock(&once_lock);
	register_once();
	mutex_unlock(&once_lock);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = outer_probe,
	.driver.name = "outer",
};

static int __init outer_init(void)
{
	return platform_driver_register(&outer_driver);
}
module_init(outer_init);
