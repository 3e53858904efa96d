// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: chain and notifier are parts of structs
 * check-finding: same-bus medium bad_probe -> on_event -> platform_driver_register(inner_driver)
 *
 * The one of a variable, which is handed down as a whole; the other of what is
 * allocated and filled at run time.
 */
#include <linux/slab.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct parts {
	int nr;
	struct blocking_notifier_head chain;
};

struct listener {
	int part;
	struct notifier_block nb;
};

static struct parts parts;

static int on_event(struct notifier_block *nb, unsigned long event,
		    void *data)
{
	return platform_driver_register(&inner_driver);
}

static int listen(struct parts *p)
{
	struct listener *l = kzalloc(sizeof(*l), GFP_KERNEL);

	if (!l)
		return -ENOMEM;
	l->nb.notifier_call = on_event;
	return blocking_notifier_chain_register(&p->chain, &l->nb);
}

static int part_init(void)
{
	return listen(&parts);
}
core_initcall(part_init);

static int tell(struct parts *p)
{
	return blocking_notifier_call_chain(&p->chain, 1, p);
}

static int bad_probe(struct platform_device *pdev)
{
	return tell(&parts);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
