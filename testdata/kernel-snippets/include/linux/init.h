/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/kernel.h>

#define __init __section(".init.text")
#define __exit __section(".exit.text") __used
#define __initdata __section(".init.data")

typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);

#define core_initcall(fn)                                                      \
	static initcall_t __initcall_##fn __used                               \
		__section(".initcall1.init") = fn
#define module_init(fn)                                                        \
	static initcall_t __initcall_##fn __used                               \
		__section(".initcall6.init") = fn
#define module_exit(fn)                                                        \
	static exitcall_t __exitcall_##fn __used                               \
		__section(".exitcall.exit") = fn

#endif
