/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SMMU_H
#define SMMU_H

#include <linux/platform_device.h>

struct smmu_device {
	struct device *dev;
	const char *vendor;
};

struct smmu_device *smmu_impl_init(struct smmu_device *smmu);
struct smmu_device *qcom_smmu_impl_init(struct smmu_device *smmu);

int smmu_impl_module_init(void);
void smmu_impl_module_exit(void);
int qcom_smmu_module_init(void);
void qcom_smmu_module_exit(void);

#endif
