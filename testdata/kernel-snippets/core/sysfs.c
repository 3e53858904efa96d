// SPDX-License-Identifier: GPL-2.0-only
/* Attributes are written to by user space: no lock of the device is held. */
#include <linux/device.h>

static const struct device_attribute *files[16];

int device_create_file(struct device *dev, const struct device_attribute *attr)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		if (!files[i]) {
			files[i] = attr;
			return 0;
		}
	}
	return -ENOMEM;
}

ssize_t dev_attr_store(struct device *dev, struct device_attribute *attr,
		       const char *buf, size_t count);

ssize_t dev_attr_store(struct device *dev, struct device_attribute *attr,
		       const char *buf, size_t count)
{
	return attr->store ? attr->store(dev, attr, buf, count) : -EINVAL;
}
