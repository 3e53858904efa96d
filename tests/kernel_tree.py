# SPDX-License-Identifier: GPL-2.0-only
"""The distribution's kernel source, unpacked once into an ignored cache."""
import glob
import os
import re
import shutil
import subprocess

TOP = os.path.realpath(os.path.join(os.path.dirname(__file__), ".."))
CACHE = os.environ.get("KERNEL_CACHE", os.path.join(TOP, ".cache", "kernel"))
TARBALL = "/usr/src/linux-source-6.12.tar.xz"
DIRS = ["drivers/base", "drivers/firmware/arm_scmi", "drivers/tee",
        "drivers/iommu/arm/arm-smmu", "drivers/clk/imx", "drivers/virtio",
        "drivers/gpio"]


def unpack():
    """The kernel tree, unpacked once for each version of the package."""
    stamp = "%d" % os.stat(TARBALL).st_mtime
    base = os.path.join(CACHE, "source-" + stamp)
    trees = glob.glob(os.path.join(base, "linux-source-*"))
    if not trees:
        print("# unpacking %s" % TARBALL, flush=True)
        shutil.rmtree(base + ".new", ignore_errors=True)
        os.makedirs(base + ".new")
        subprocess.run(["tar", "-C", base + ".new", "-xf", TARBALL],
                       check=True)
        os.rename(base + ".new", base)
        trees = glob.glob(os.path.join(base, "linux-source-*"))
    return trees[0]


def version_of(tree):
    fields = {}
    with open(os.path.join(tree, "Makefile")) as makefile:
        for line in makefile:
            m = re.match(r"(VERSION|PATCHLEVEL|SUBLEVEL)\s*=\s*(\d+)", line)
            if m:
                fields.setdefault(m.group(1), m.group(2))
    return "%(VERSION)s.%(PATCHLEVEL)s.%(SUBLEVEL)s" % fields
