// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a loader calls what was put into an object on the way
 * check-finding: same-bus medium odd_probe -> load -> finish -> bad_done -> platform_driver_register(inner_driver)
 *
 * What the probe hands in is harmless, and replaced before it is called.
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

static void bad_done(int err)
{
	platform_driver_register(&inner_driver);
}

static void replace(struct load *load)
{
	load->done = bad_done;
}

static void load(void (*done)(int err))
{
	struct load *load = kzalloc(sizeof(*load), GFP_KERNEL);

	if (!load)
		return;
	load->done = done;
	INIT_WORK(&load->work, finish_later);
	replace(load);
	if (!schedule_work(&load->work))
		finish(load, -ENOMEM);
}

static void good_done(int err)
{
}

static int odd_probe(struct platform_device *pdev)
{
	load(good_done);
	return 0;
}

static struct platform_driver odd_driver = {
	.probe = odd_probe,
	.driver.name = "odd",
};
module_platform_driver(odd_driver);
