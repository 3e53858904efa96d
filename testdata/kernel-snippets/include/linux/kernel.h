/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/errno.h>
#include <linux/kconfig.h>
#include <linux/types.h>

#define __maybe_unused __attribute__((unused))
#define __used __attribute__((used))
#define __weak __attribute__((weak))
#define __section(name) __attribute__((section(name)))
#define __must_check __attribute__((warn_unused_result))

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define container_of(ptr, type, member)                                        \
	({                                                                     \
		void *__inner = (void *)(ptr);                                 \
		(type *)(__inner - __builtin_offsetof(type, member));          \
	})

int printk(const char *fmt, ...);
#define pr_info(...) printk(__VA_ARGS__)

#endif
