// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: function-like macros within each other
 * check-finding: same-bus high bad_probe -> ADD_OR_WARN(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

#define TRACE(call)                                                            \
	({                                                                     \
		int __ret = (call);                                            \
		if (__ret)                                                     \
			pr_info(#call ": %d\n", __ret);                        \
		__ret;                                                         \
	})
#define ADD_OR_WARN(drv) TRACE(platform_driver_register(drv))

static int bad_probe(struct platform_device *pdev)
{
	return ADD_OR_WARN(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
