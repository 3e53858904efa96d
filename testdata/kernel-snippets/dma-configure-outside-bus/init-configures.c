// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: any function but those of a bus counts
 * check-finding: reached high bad_init -> of_dma_configure_id(?)
 */
#include <linux/init.h>
#include <linux/of_device.h>

static struct device foo;

static int __init bad_init(void)
{
	u32 id = 1;

	return of_dma_configure_id(&foo, foo.of_node, false, &id);
}
module_init(bad_init);
