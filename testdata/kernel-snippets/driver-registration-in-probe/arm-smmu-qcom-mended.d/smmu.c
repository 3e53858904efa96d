// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the mended IOMMU registers both drivers from its init function
 * check-no-finding
 *
 * Twin of arm-smmu-qcom: the same three files, the vendor's driver goes up
 * after the main one and comes down before it.
 */
#include <linux/slab.h>

#include "smmu.h"

static int smmu_device_probe(struct platform_device *pdev)
{
	struct smmu_device *smmu;

	smmu = kzalloc(sizeof(*smmu), GFP_KERNEL);
	if (!smmu)
		return -ENOMEM;
	smmu->vendor = dev_name(&pdev->dev);
	platform_set_drvdata(pdev, smmu_impl_init(smmu));
	return 0;
}

static struct platform_driver smmu_driver = {
	.driver = {
		.name = "smmu",
	},
	.probe = smmu_device_probe,
};

static int __init smmu_init(void)
{
	int ret;

	ret = platform_driver_register(&smmu_driver);
	if (ret)
		return ret;

	ret = smmu_impl_module_init();
	if (ret)
		platform_driver_unregister(&smmu_driver);
	return ret;
}
module_init(smmu_init);

static void __exit smmu_exit(void)
{
	smmu_impl_module_exit();
	platform_driver_unregister(&smmu_driver);
}
module_exit(smmu_exit);
