/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * IS_ENABLED() folds to a constant as the kernel's does: a symbol defined as 1
 * makes the pasted name a macro with a comma in it, and that shifts the
 * arguments by one.
 */
#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

#define __option_is_1 ~,
#define __option_second(first, second, ...) second
#define __option_shift(shift) __option_second(shift 1, 0, 0)
#define __option_paste(value) __option_shift(__option_is_##value)
#define __option_set(value) __option_paste(value)

#define IS_BUILTIN(option) __option_set(option)
#define IS_MODULE(option) __option_set(option##_MODULE)
#define IS_ENABLED(option) (IS_BUILTIN(option) || IS_MODULE(option))

#endif
