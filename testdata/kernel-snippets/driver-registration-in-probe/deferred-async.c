// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a callback that is called at once for want of memory only
 * check-no-finding
 *
 * As async_schedule() does. It is put beside a work item whose function calls it:
 * that is what happens.
 */
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct entry {
	struct work_struct work;
	int (*func)(void *data);
	void *data;
};

static void run_entry(struct work_struct *work)
{
	struct entry *entry = container_of(work, struct entry, work);

	entry->func(entry->data);
	kfree(entry);
}

static int queue_entry(struct entry *entry, int (*func)(void *data), void *data)
{
	INIT_WORK(&entry->work, run_entry);
	entry->func = func;
	entry->data = data;
	return !schedule_work(&entry->work);
}

static int run_soon(int (*func)(void *data), void *data)
{
	struct entry *entry = kzalloc(sizeof(*entry), GFP_KERNEL);

	return entry ? queue_entry(entry, func, data) : func(data);
}

static int begin(void *data)
{
	return platform_driver_register(&inner_driver);
}

static int good_probe(struct platform_device *pdev)
{
	return run_soon(begin, pdev);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
