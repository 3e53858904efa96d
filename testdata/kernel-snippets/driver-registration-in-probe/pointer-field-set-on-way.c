// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a loader calls what its user handed in, by way of an object
 * check-finding: same-bus medium bad_probe -> load -> finish -> bad_done -> platform_driver_register(inner_driver)
 * check-finding: same-bus low good_probe -> load -> finish -> bad_done -> platform_driver_register(inner_driver)
 *
 * The callbacks of both users are put into the field, and finish() is run by
 * others, too; but the object that the good one's probe makes has its own: that
 * it is run with the other's is a hint at most.
 */
#include <linux/errno.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct load {
	struct work_struct work;
	void (*done)(int err);
};

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static void finish(struct load *load, int err)
{
	load->done(err);
	kfree(load);
}

static void finish_later(struct work_struct *work)
{
	finish(container_of(work, struct load, work), 0);
}

static void load(void (*done)(int err))
{
	struct load *load = kzalloc(sizeof(*load), GFP_KERNEL);

	if (!load)
		return;
	load->done = done;
	INIT_WORK(&load->work, finish_later);
	if (!schedule_work(&load->work))
		finish(load, -ENOMEM);
}

static void bad_done(int err)
{
	platform_driver_register(&inner_driver);
}

static void good_done(int err)
{
}

static int bad_probe(struct platform_device *pdev)
{
	load(bad_done);
	return 0;
}

static int good_probe(struct platform_device *pdev)
{
	load(good_done);
	return 0;
}

static struct platform_driver good_driver = {
	.probe = good_probe,
	.driver.name = "good",
};

static struct platform_driver bad_driver = {
	.probe = bad_probe,
	.driver.name = "bad",
};
module_platform_driver(bad_driver);

static int good_init(void)
{
	return platform_driver_register(&good_driver);
}
module_init(good_init);
