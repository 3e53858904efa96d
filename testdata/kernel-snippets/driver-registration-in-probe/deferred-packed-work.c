// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a callback is put beside a work item that is allocated
 * check-no-finding
 *
 * As request_firmware_nowait() does: only a struct on the stack would say that
 * somebody waits.
 */
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct request {
	struct work_struct work;
	int (*done)(void *data);
	void *data;
};

static void run_request(struct work_struct *work)
{
	struct request *req = container_of(work, struct request, work);

	req->done(req->data);
	kfree(req);
}

static int request_later(int (*done)(void *data), void *data)
{
	struct request *req = kzalloc(sizeof(*req), GFP_KERNEL);

	if (!req)
		return -ENOMEM;
	req->done = done;
	req->data = data;
	INIT_WORK(&req->work, run_request);
	schedule_work(&req->work);
	return 0;
}

static int begin(void *data)
{
	return platform_driver_register(&inner_driver);
}

static int good_probe(struct platform_device *pdev)
{
	return request_later(begin, pdev);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
