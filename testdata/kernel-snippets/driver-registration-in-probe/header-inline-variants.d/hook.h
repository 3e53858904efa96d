/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/platform_device.h>

int really_register(void);

#ifdef WITH_HOOK
static inline int hook(void)
{
	return really_register();
}
#else
static inline int hook(void)
{
	return 0;
}
#endif
