// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a call through a field whose values stand in other files
 * check-finding: same-bus low bad_probe -> left_start -> platform_driver_register(inner_driver)
 * check-known-to-fail: fields are resolved within one file or object so far, not by type across the tree
 *
 * Which of the two operations it is, only the device knows.
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
