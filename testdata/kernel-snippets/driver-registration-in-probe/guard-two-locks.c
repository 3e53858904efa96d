// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: two locks, neither is held over the test and the call
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 * check-guard: registered
 * check-qualifier: no-unregister
 * check-qualifier: once-guard registered
 */
#include <linux/mutex.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static struct mutex first_lock;
static struct mutex second_lock;

static bool registered;

static int bad_probe(struct platform_device *pdev)
{
	int ret = 0;

	mutex_lock(&first_lock);
	mutex_unlock(&first_lock);
	if (!registered) {
		ret = platform_driver_register(&inner_driver);
		registered = !ret;
	}
	mutex_lock(&second_lock);
	mutex_unlock(&second_lock);
	return ret;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
