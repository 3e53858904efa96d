// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a wrapper registers a field of the state it is given
 * check-finding: same-bus high bad_probe -> part_register(state->part)
 * check-unregister: bad_remove
 *
 * Both wrappers are handed the state; the driver is a field of it, so the field
 * is what names the driver and what the two have in common.
 */
#include <linux/slab.h>
#include <linux/platform_device.h>

struct state {
	struct platform_driver part;
};

static struct state *states;

static int part_register(struct state *state)
{
	struct platform_driver *drv = &state->part;

	drv->driver.name = "part";
	return platform_driver_register(drv);
}

static void part_unregister(struct state *state)
{
	platform_driver_unregister(&state->part);
}

static int bad_probe(struct platform_device *pdev)
{
	struct state *state = kzalloc(sizeof(*state), GFP_KERNEL);

	if (!state)
		return -ENOMEM;
	states = state;
	return part_register(state);
}

static void bad_remove(struct platform_device *pdev)
{
	part_unregister(states);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.remove = bad_remove,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
