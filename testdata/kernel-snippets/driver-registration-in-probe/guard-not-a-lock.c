// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: something else is handed to a call before and behind
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

struct counter {
	int value;
};

static void count(struct counter *counter)
{
	counter->value++;
}

static struct counter probes;

static bool registered;

static int bad_probe(struct platform_device *pdev)
{
	int ret = 0;

	count(&probes);
	if (!registered) {
		ret = platform_driver_register(&inner_driver);
		registered = !ret;
	}
	count(&probes);
	return ret;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
