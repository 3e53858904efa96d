// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a call through a field whose values stand in other files
 * check-finding: same-bus medium bad_probe -> left_start -> platform_driver_register(inner_driver)
 *
 * Which of the two operations it is, only the device knows; both are parts of
 * this driver, as no file beside it is a driver of its own.
 */
#include "chip.h"

static int bad_probe(struct platform_device *pdev)
{
	struct chip *chip = platform_get_drvdata(pdev);

	return chip->ops->start(chip);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
