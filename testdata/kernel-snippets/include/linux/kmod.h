/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KMOD_H
#define _LINUX_KMOD_H

#include <linux/kernel.h>

int __request_module(bool wait, const char *name, ...);
#define request_module(mod...)	      __request_module(true, mod)
#define request_module_nowait(mod...) __request_module(false, mod)
#define try_then_request_module(x, mod...)                                     \
	((x) ?: (__request_module(true, mod), (x)))

#endif
