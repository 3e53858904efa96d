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
	smmu->vendor = "qcom";
	return smmu;
}

int __init qcom_smmu_module_init(void)
{
	return platform_driver_register(&qcom_smmu_tbu_driver);
}

void __exit qcom_smmu_module_exit(void)
{
	platform_driver_unregister(&qcom_smmu_tbu_driver);
}
