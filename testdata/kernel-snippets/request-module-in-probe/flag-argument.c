// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an argument says that nothing is to be loaded
 * check-no-finding
 *
 * As snd_seq_client_use_ptr() does it.
 */
#include <linux/kmod.h>
#include <linux/platform_device.h>

static int look_up(int id, bool load)
{
	if (load)
		return request_module("foo-%d", id);
	return id;
}

static int good_probe(struct platform_device *pdev)
{
	return look_up(pdev->id, false);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = good_probe,
};
module_platform_driver(foo_driver);
