// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a struct on the stack is copied for later
 * check-no-finding
 *
 * What is called is the copy's field, by whoever goes through the list; the
 * function that does is named nowhere near.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct hooks {
	int (*begin)(void);
};

struct holder {
	struct hooks hooks;
};

static struct holder kept;

int run_hooks(struct holder *holder);

int run_hooks(struct holder *holder)
{
	return holder->hooks.begin();
}

static int keep_hooks(const struct hooks *hooks)
{
	kept.hooks = *hooks;
	return 0;
}

static int begin(void)
{
	return platform_driver_register(&inner_driver);
}

static int add_hook(int (*fn)(void))
{
	struct hooks hooks = { .begin = fn };

	return keep_hooks(&hooks);
}

static int good_probe(struct platform_device *pdev)
{
	return add_hook(begin);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
