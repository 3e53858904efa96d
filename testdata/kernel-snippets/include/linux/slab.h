/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/types.h>

#define GFP_KERNEL 0u

void *kzalloc(size_t size, unsigned int flags);
void kfree(const void *mem);

#endif
