// SPDX-License-Identifier: GPL-2.0-only
#include "hook.h"

static int good_probe(struct platform_device *pdev)
{
	return hook();
}

static struct platform_driver good_driver = {
	.probe = good_probe,
	.driver.name = "good",
};
module_platform_driver(good_driver);
