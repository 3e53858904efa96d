/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/init.h>

struct module {
	const char *name;
};

#ifdef MODULE
extern struct module __this_module;
#define THIS_MODULE (&__this_module)
#else
#define THIS_MODULE ((struct module *)0)
#endif

#define EXPORT_SYMBOL_GPL(sym)                                                 \
	static void *const __export_##sym __used __section(".export_symbol") = \
		(void *)&sym
#define EXPORT_SYMBOL(sym) EXPORT_SYMBOL_GPL(sym)

/* The init and exit functions of a module that does nothing but register. */
#define module_driver(drv, add, del)                                           \
	static int __init drv##_init(void)                                     \
	{                                                                      \
		return add(&(drv));                                            \
	}                                                                      \
	module_init(drv##_init);                                               \
	static void __exit drv##_exit(void)                                    \
	{                                                                      \
		del(&(drv));                                                   \
	}                                                                      \
	module_exit(drv##_exit)

#endif
