// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a static function that only has the name
 * check-no-finding
 *
 * A file's own function is not the kernel's, whatever it is called.
 */
#include <linux/interrupt.h>
#include <linux/init.h>

struct platform_device;
struct platform_driver {
	int (*probe)(struct platform_device *pdev);
};

static void wait_for_device_probe(void)
{
}

static int good_probe(struct platform_device *pdev)
{
	wait_for_device_probe();
	return 0;
}

struct platform_driver foo_driver = {
	.probe = good_probe,
};
