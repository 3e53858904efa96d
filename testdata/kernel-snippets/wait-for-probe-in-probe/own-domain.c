// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe waits for what it began itself, in a domain of its own
 * check-no-finding
 */
#include <linux/async.h>
#include <linux/platform_device.h>

static struct async_domain foo_domain;

static int good_probe(struct platform_device *pdev)
{
	async_synchronize_full_domain(&foo_domain);
	return 0;
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = good_probe,
};
module_platform_driver(foo_driver);
