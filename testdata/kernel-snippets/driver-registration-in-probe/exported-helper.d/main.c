// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an exported function of another module registers
 * check-finding: same-bus high bad_probe -> lib_setup -> platform_driver_register(inner_driver)
 */
#include "lib.h"

static int bad_probe(struct platform_device *pdev)
{
	return lib_setup(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
