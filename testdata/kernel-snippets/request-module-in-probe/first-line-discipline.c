// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe opens a terminal, and another changes its discipline
 * check-finding: reached medium bad_probe -> tty_set_ldisc -> tty_ldisc_get -> request_module(?)
 *
 * The one that a terminal begins with is built in, so the rule names the
 * function that sets it as one that is not entered.
 */
#include <linux/kmod.h>
#include <linux/platform_device.h>

#define N_TTY 0

static int get_ldops(int disc)
{
	return disc == N_TTY ? 1 : 0;
}

static int tty_ldisc_get(int disc)
{
	return get_ldops(disc) ?: request_module("tty-ldisc-%d", disc);
}

int tty_ldisc_init(void)
{
	return tty_ldisc_get(N_TTY);
}

int tty_set_ldisc(int disc)
{
	return tty_ldisc_get(disc);
}

static int good_probe(struct platform_device *pdev)
{
	return tty_ldisc_init();
}

static int bad_probe(struct platform_device *pdev)
{
	return tty_set_ldisc(pdev->id);
}

static struct platform_driver good_driver = {
	.driver = { .name = "good" },
	.probe = good_probe,
};

static struct platform_driver bad_driver = {
	.driver = { .name = "bad" },
	.probe = bad_probe,
};
module_platform_driver(good_driver);

static int bad_init(void)
{
	return platform_driver_register(&bad_driver);
}
module_init(bad_init);
