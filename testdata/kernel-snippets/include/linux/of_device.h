/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_OF_DEVICE_H
#define _LINUX_OF_DEVICE_H

#include <linux/device.h>

struct of_device_id {
	char compatible[128];
	const void *data;
};

struct device_node {
	const char *name;
	bool coherent;
};

const void *of_device_get_match_data(const struct device *dev);
int of_dma_configure_id(struct device *dev, struct device_node *np,
			bool force_dma, const u32 *id);

static inline int of_dma_configure(struct device *dev, struct device_node *np,
				   bool force_dma)
{
	return of_dma_configure_id(dev, np, force_dma, NULL);
}

#endif
