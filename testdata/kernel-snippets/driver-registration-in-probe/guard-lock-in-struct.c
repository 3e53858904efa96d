// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the lock is a field of a static struct
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 * check-guard: registered
 * check-qualifier: no-unregister
 */
#include <linux/mutex.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static struct {
	struct mutex lock;
	int users;
} shared;

static bool registered;

static int bad_probe(struct platform_device *pdev)
{
	int ret = 0;

	mutex_lock(&shared.lock);
	if (!registered) {
		ret = platform_driver_register(&inner_driver);
		registered = !ret;
	}
	mutex_unlock(&shared.lock);
	return ret;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
