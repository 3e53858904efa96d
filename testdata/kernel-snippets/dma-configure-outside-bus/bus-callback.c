// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a bus of one's own sets up DMA of its devices
 * check-no-finding
 *
 * What only the bus's callback reaches is part of it.
 */
#include <linux/init.h>
#include <linux/of_device.h>

static int helper(struct device *dev, u32 id)
{
	return of_dma_configure_id(dev, dev->parent->of_node, false, &id);
}

static int foo_dma_configure(struct device *dev)
{
	return helper(dev, 1);
}

static struct bus_type foo_bus_type = {
	.name = "foo",
	.dma_configure = foo_dma_configure,
};

static int __init foo_init(void)
{
	return bus_register(&foo_bus_type);
}
module_init(foo_init);
