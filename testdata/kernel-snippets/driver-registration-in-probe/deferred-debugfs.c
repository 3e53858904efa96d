// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a file operation registers
 * check-no-finding
 *
 * Whoever writes to the file comes without the lock.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct file_ops {
	int (*write)(const char *text);
};

struct entry {
	const struct file_ops *ops;
};

int write_file(struct entry *entry, const char *text);

int write_file(struct entry *entry, const char *text)
{
	return entry->ops->write(text);
}

static int create_file(struct entry *entry, const struct file_ops *ops)
{
	entry->ops = ops;
	return 0;
}

static int enable_write(const char *text)
{
	return platform_driver_register(&inner_driver);
}

static const struct file_ops enable_ops = {
	.write = enable_write,
};

static struct entry entry;

static int good_probe(struct platform_device *pdev)
{
	return create_file(&entry, &enable_ops);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
