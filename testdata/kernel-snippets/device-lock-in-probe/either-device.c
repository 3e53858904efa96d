// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe locks its own device or another one
 * check-finding: reached low unsure_probe -> device_lock(?)
 *
 * Elements of an array are not told apart.
 */
#include <linux/platform_device.h>

struct platform_device *find_partner(void);

static int unsure_probe(struct platform_device *pdev)
{
	struct platform_device *pair[2];

	pair[0] = pdev;
	pair[1] = find_partner();
	device_lock(&pair[1]->dev);
	device_unlock(&pair[1]->dev);
	return 0;
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = unsure_probe,
};
module_platform_driver(foo_driver);
