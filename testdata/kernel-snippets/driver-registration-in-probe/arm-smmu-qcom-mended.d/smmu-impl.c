// SPDX-License-Identifier: GPL-2.0-only
#include "smmu.h"

#define CONFIG_SMMU_QCOM 1

struct smmu_device *smmu_impl_init(struct smmu_device *smmu)
{
	if (IS_ENABLED(CONFIG_SMMU_QCOM))
		smmu = qcom_smmu_impl_init(smmu);
	return smmu;
}

int __init smmu_impl_module_init(void)
{
	if (IS_ENABLED(CONFIG_SMMU_QCOM))
		return qcom_smmu_module_init();
	return 0;
}

void __exit smmu_impl_module_exit(void)
{
	if (IS_ENABLED(CONFIG_SMMU_QCOM))
		qcom_smmu_module_exit();
}
