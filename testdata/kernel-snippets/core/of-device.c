// SPDX-License-Identifier: GPL-2.0-only
#include <linux/of_device.h>

int of_dma_configure_id(struct device *dev, struct device_node *np,
			bool force_dma, const u32 *id)
{
	if (!np)
		return force_dma ? 0 : -ENODEV;
	dev->of_node = np;
	return id && *id ? -EINVAL : 0;
}

const void *of_device_get_match_data(const struct device *dev)
{
	const struct of_device_id *match = dev->driver->of_match_table;

	return match ? match->data : NULL;
}
