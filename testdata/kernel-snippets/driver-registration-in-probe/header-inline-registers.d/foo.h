/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FOO_H
#define FOO_H

#include <linux/platform_device.h>

extern struct platform_driver inner_driver;

static inline int foo_setup(struct device *dev)
{
	if (!dev_name(dev))
		return -EINVAL;
	return platform_driver_register(&inner_driver);
}

#endif
