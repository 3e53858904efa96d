/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include <linux/platform_device.h>

struct transport_desc {
	const char *name;
	int max_msg;
};

int transport_setup(struct platform_device *pdev,
		    const struct transport_desc *desc);

#define DEFINE_TRANSPORT_DRIVER(__tag, __drv, __desc)                          \
	static int __tag##_transport_probe(struct platform_device *pdev)       \
	{                                                                      \
		return transport_setup(pdev, &(__desc));                       \
	}                                                                      \
	static struct platform_driver __drv = {                                \
		.driver = {                                                    \
			.name = #__tag "_transport",                           \
		},                                                             \
		.probe = __tag##_transport_probe,                              \
	}

#endif
