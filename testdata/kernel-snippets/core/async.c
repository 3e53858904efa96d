// SPDX-License-Identifier: GPL-2.0-only
/* Whoever waits here waits for everything that was begun, probes as well. */
#include <linux/async.h>
#include <linux/device.h>

static struct async_domain async_dfl_domain;

void async_synchronize_full_domain(struct async_domain *domain)
{
	while (domain->pending)
		;
}

void async_synchronize_full(void)
{
	async_synchronize_full_domain(&async_dfl_domain);
}

void wait_for_device_probe(void)
{
	async_synchronize_full();
}
