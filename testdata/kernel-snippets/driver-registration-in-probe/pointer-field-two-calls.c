// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe hands in two callbacks, one of them harmless
 * check-finding: same-bus medium bad_probe -> load -> finish -> bad_done -> platform_driver_register(inner_driver)
 *
 * The first call hands in another callback than the one that is found; the
 * second is as good a way from the probe to load().
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
	load(good_done);
	load(bad_done);
	return 0;
}

static struct platform_driver bad_driver = {
	.probe = bad_probe,
	.driver.name = "bad",
};
module_platform_driver(bad_driver);
