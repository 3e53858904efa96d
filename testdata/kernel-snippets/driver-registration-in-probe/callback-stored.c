// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a callback is stored and called from elsewhere
 * check-no-finding
 *
 * set_notify() keeps the pointer; ring() calls it, and no probe calls ring().
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int (*notify)(void *data);

static void set_notify(int (*fn)(void *data))
{
	notify = fn;
}

int ring(void);

int ring(void)
{
	return notify ? notify(NULL) : 0;
}

static int later(void *data)
{
	return platform_driver_register(&inner_driver);
}

static int good_probe(struct platform_device *pdev)
{
	set_notify(later);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
