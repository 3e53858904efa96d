/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/platform_device.h>

extern struct platform_driver inner_driver;

/* Shared by the front ends, each of which has a driver of its own. */
static inline int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}
