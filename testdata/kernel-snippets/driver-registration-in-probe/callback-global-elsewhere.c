// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a handler set from another function's parameter
 * check-no-finding
 *
 * notify() calls what install() was once given, not its own parameter.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static void (*handler)(void *data);

void install(void (*fn)(void *data));

void install(void (*fn)(void *data))
{
	handler = fn;
}

static void notify(void (*later)(void *data))
{
	if (handler)
		handler(later);
}

static void register_late(void *data)
{
	platform_driver_register(&inner_driver);
}

static int good_probe(struct platform_device *pdev)
{
	notify(register_late);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
