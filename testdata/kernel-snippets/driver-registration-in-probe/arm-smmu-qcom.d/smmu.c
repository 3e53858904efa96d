// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an IOMMU's vendor hook registers a driver, two files away
 * check-finding: same-bus high smmu_device_probe -> smmu_impl_init -> qcom_smmu_impl_init -> platform_driver_register(qcom_smmu_tbu_driver)
 * check-guard: tbu_registered
 * check-probe-driver: smmu_driver
 * check-bus: platform_bus_type -> platform_bus_type
 * check-unregister: none
 *
 * The shape that hung machines: the probe asks for vendor quirks, the quirks
 * register a driver for a part of the IOMMU, and a plain static counter is all
 * that keeps a second IOMMU from doing it again.
 */
#include <linux/slab.h>

#include "smmu.h"

static int smmu_device_probe(struct platform_device *pdev)
{
	struct smmu_device *smmu;

	smmu = kzalloc(sizeof(*smmu), GFP_KERNEL);
	if (!smmu)
		return -ENOMEM;
	smmu->dev = &pdev->dev;
	smmu->vendor = dev_name(&pdev->dev);

	smmu = smmu_impl_init(smmu);
	platform_set_drvdata(pdev, smmu);
	return 0;
}

static void smmu_device_remove(struct platform_device *pdev)
{
	kfree(platform_get_drvdata(pdev));
}

static struct platform_driver smmu_driver = {
	.driver = {
		.name = "smmu",
		.suppress_bind_attrs = true,
	},
	.probe = smmu_device_probe,
	.remove = smmu_device_remove,
};
module_platform_driver(smmu_driver);
