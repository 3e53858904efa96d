/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_ASYNC_H
#define _LINUX_ASYNC_H

#include <linux/kernel.h>

struct async_domain {
	int pending;
};

void async_synchronize_full(void);
void async_synchronize_full_domain(struct async_domain *domain);

#endif
