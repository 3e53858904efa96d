// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a helper of a probe waits for everything asynchronous
 * check-finding: reached high bad_probe -> helper -> async_synchronize_full(?)
 *
 * That wait_for_device_probe() gets there as well is not a second finding.
 */
#include <linux/async.h>
#include <linux/platform_device.h>

static int helper(void)
{
	async_synchronize_full();
	return 0;
}

static int bad_probe(struct platform_device *pdev)
{
	return helper();
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = bad_probe,
};
module_platform_driver(foo_driver);
