/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/platform_device.h>

extern const struct bus_type foo_bus;

int foo_add(const char *name);
