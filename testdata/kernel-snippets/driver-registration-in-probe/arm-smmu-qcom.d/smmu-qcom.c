// SPDX-License-Identifier: GPL-2.0-only
#include "smmu.h"

static int qcom_smmu_tbu_probe(struct platform_device *pdev)
{
	pr_info("translation unit %s\n", dev_name(&pdev->dev));
	return 0;
}

static struct platform_driver qcom_smmu_tbu_driver = {
	.driver = {
		.name = "qcom_tbu",
	},
	.probe = qcom_smmu_tbu_probe,
};

struct smmu_device *qcom_smmu_impl_init(struct smmu_device *smmu)
{
	static u8 tbu_registered;

	if (!tbu_registered++)
		platform_driver_register(&qcom_smmu_tbu_driver);

	smmu->vendor = "qcom";
	return smmu;
}
