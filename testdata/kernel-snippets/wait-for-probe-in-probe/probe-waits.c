// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe waits for all probes
 * check-finding: reached high bad_probe -> wait_for_device_probe(?)
 * check-probe-driver: foo_driver
 */
#include <linux/platform_device.h>

static int bad_probe(struct platform_device *pdev)
{
	wait_for_device_probe();
	return 0;
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = bad_probe,
};
module_platform_driver(foo_driver);
