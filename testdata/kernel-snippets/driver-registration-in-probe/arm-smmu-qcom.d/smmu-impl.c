// SPDX-License-Identifier: GPL-2.0-only
#include "smmu.h"

#define CONFIG_SMMU_QCOM 1

struct smmu_device *smmu_impl_init(struct smmu_device *smmu)
{
	if (!smmu->vendor)
		return smmu;

	if (IS_ENABLED(CONFIG_SMMU_QCOM))
		smmu = qcom_smmu_impl_init(smmu);

	return smmu;
}
