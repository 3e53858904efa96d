// SPDX-License-Identifier: GPL-2.0-only
#include "transport.h"

int transport_setup(struct platform_device *pdev,
		    const struct transport_desc *desc)
{
	platform_set_drvdata(pdev, (void *)desc);
	return desc->max_msg ? 0 : -EINVAL;
}
