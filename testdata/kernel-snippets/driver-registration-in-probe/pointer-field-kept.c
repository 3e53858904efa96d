// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the first callback that comes is kept, and it is not this one's
 * check-finding: same-bus low other_probe -> start -> finish -> bad_done -> platform_driver_register(inner_driver)
 *
 * On the way only other_done() is put into the field, but whether it is put
 * there at all depends on who came before.
 */
#include <linux/errno.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct part {
	void (*done)(int err);
	int users;
};

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static struct part *parts[4];

static struct part *part_of(int number)
{
	return parts[number];
}

static void finish(struct part *part)
{
	part->done(0);
}

static void start(int number, void (*done)(int err))
{
	struct part *part = part_of(number);

	if (!part->users++)
		part->done = done;
	finish(part);
}

static void bad_done(int err)
{
	platform_driver_register(&inner_driver);
}

static void other_done(int err)
{
}

static int other_probe(struct platform_device *pdev)
{
	start(1, other_done);
	return 0;
}

static struct platform_driver other_driver = {
	.probe = other_probe,
	.driver.name = "other",
};
module_platform_driver(other_driver);

static int first_init(void)
{
	start(1, bad_done);
	return 0;
}
module_init(first_init);
