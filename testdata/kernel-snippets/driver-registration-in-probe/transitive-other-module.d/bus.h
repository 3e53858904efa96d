/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/platform_device.h>
#include <linux/slab.h>

extern const struct bus_type foo_bus;
