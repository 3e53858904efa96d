# SPDX-License-Identifier: GPL-2.0-only
"""Patches against the real kernel, made from edits and not kept as patches: a
patch has lines of the kernel in it, and those are not ours to keep.

A case is a function that edits files and says what the gate has to tell: for
each of "added", "worsened" and "mended" a set of "probe -> driver".
"""
import os
import re
import shutil
import subprocess
import tempfile


class Edit:
    """Files before and after; reads the tree and never writes to it."""

    def __init__(self, tree):
        self.tree = tree
        self.before, self.after = {}, {}

    def _read(self, path):
        if path not in self.after:
            with open(os.path.join(self.tree, path)) as f:
                self.before[path] = self.after[path] = f.read()
        return self.after[path]

    def sub(self, path, pattern, text, count=1):
        """Replace what must be there."""
        new, nr = re.subn(pattern, text, self._read(path), count=count,
                          flags=re.M | re.S)
        if not nr:
            raise ValueError("%s: nothing matches %s" % (path, pattern))
        self.after[path] = new

    def append(self, path, text):
        self.after[path] = self._read(path) + text

    def new(self, path, text):
        self.after[path] = text

    def delete(self, path):
        self._read(path)
        self.after[path] = None

    def move(self, old, new):
        self.after[new] = self._read(old)
        self.after[old] = None

    def patch(self, reverse=False):
        """A git diff, renames and all."""
        top = tempfile.mkdtemp()
        sides = (self.after, self.before) if reverse else (self.before,
                                                           self.after)
        for name, files in zip("ab", sides):
            os.mkdir(os.path.join(top, name))
            for path, text in files.items():
                if text is None:
                    continue
                full = os.path.join(top, name, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w") as f:
                    f.write(text)
        done = subprocess.run(
            ["git", "diff", "--no-index", "--no-prefix", "-M", "a", "b"],
            cwd=top, capture_output=True, text=True)
        shutil.rmtree(top)
        return re.sub(r"^(rename (?:from|to)) [ab]/", r"\1 ", done.stdout,
                      flags=re.M)


def driver(name, bus="platform", probe_body="return 0;"):
    """A driver in our own words."""
    return """
static int {n}_probe(struct {b}_device *dev)
{{
	{body}
}}

static struct {b}_driver {n}_driver = {{
	.probe = {n}_probe,
	.driver = {{ .name = "{n}" }},
}};
""".format(n=name, b=bus, body=probe_body)


HEAD = ("// SPDX-License-Identifier: GPL-2.0-only\n"
        "#include <linux/module.h>\n#include <linux/platform_device.h>\n")

QCOM = "drivers/iommu/arm/arm-smmu/arm-smmu-qcom.c"
SCU = "drivers/clk/imx/clk-scu.c"
OPTEE = "drivers/firmware/arm_scmi/transports/optee.c"
SCU_FINDING = "imx8qxp_clk_probe -> imx_clk_scu_driver"
OPTEE_FINDING = "scmi_optee_service_probe -> scmi_optee_driver"

CASES = []


def case(**expected):
    def add(fn):
        CASES.append((fn.__doc__, fn, expected))
        return fn
    return add


@case(added={"arm_smmu_device_probe -> gate_tbu_driver"})
def three_files_away(e):
    """a registration in a helper three files from an old probe"""
    e.sub(QCOM, r"^struct arm_smmu_device \*qcom_smmu_impl_init\(",
          driver("gate_tbu") + "\nstatic int gate_tbu_users;\n\n"
          r"\g<0>")
    e.sub(QCOM, r"(\*qcom_smmu_impl_init\([^{]*\{\n(?:\tconst[^\n]*\n)+)",
          r"\1\n\tif (!gate_tbu_users++)\n"
          "\t\tplatform_driver_register(&gate_tbu_driver);\n")


@case(mended={SCU_FINDING})
def mended(e):
    """the registration is taken out of the probe's way"""
    e.sub(SCU, r"return platform_driver_register\(&imx_clk_scu_driver\);",
          "return 0;")


@case()
def moved_within(e):
    """lines move, and nothing else"""
    e.sub(SCU, r"^int imx_clk_scu_init\(", "/*\n" + " * More to read.\n" * 40
          + " */\n" + r"\g<0>")


@case()
def renamed_file(e):
    """the file of a finding has another name, and its Makefile knows"""
    e.move(SCU, "drivers/clk/imx/clk-scu-core.c")
    e.sub("drivers/clk/imx/Makefile", r"clk-scu\.o", "clk-scu-core.o")


@case()
def renamed_probe(e):
    """the probe has another name"""
    e.sub("drivers/clk/imx/clk-imx8qxp.c", r"\bimx8qxp_clk_probe\b",
          "imx8qxp_ccm_probe", count=0)


@case(mended={SCU_FINDING})
def deleted_file(e):
    """the driver is deleted, and its object"""
    e.delete("drivers/clk/imx/clk-imx8qxp.c")
    e.sub("drivers/clk/imx/Makefile", r"clk-scu\.o clk-imx8qxp\.o",
          "clk-scu.o")


@case(added={"gate_outer_probe -> gate_inner_driver"})
def new_driver(e):
    """a new driver, and its object in the Makefile"""
    e.new("drivers/gpio/gpio-gate.c", HEAD + driver("gate_inner") + driver(
        "gate_outer", probe_body="return platform_driver_register("
        "&gate_inner_driver);") + "module_platform_driver(gate_outer_driver);\n"
        "MODULE_LICENSE(\"GPL\");\n")
    e.append("drivers/gpio/Makefile", "obj-y += gpio-gate.o\n")


@case()
def new_good_driver(e):
    """a new driver that registers from its init function"""
    e.new("drivers/gpio/gpio-gate.c", HEAD + driver("gate_inner") + driver(
        "gate_outer") + """
static int __init gate_init(void)
{
	int ret = platform_driver_register(&gate_inner_driver);

	return ret ? ret : platform_driver_register(&gate_outer_driver);
}
module_init(gate_init);
MODULE_LICENSE("GPL");
""")
    e.append("drivers/gpio/Makefile", "obj-y += gpio-gate.o\n")


@case(added={"gate_outer_probe -> gate_inner_driver"})
def new_with_kconfig(e):
    """a new driver in a directory of its own, with Kconfig and Makefile"""
    e.new("drivers/gpio/gate/core.c", HEAD + '#include "inner.h"\n' + driver(
        "gate_outer", probe_body="return gate_inner_register();") +
        "module_platform_driver(gate_outer_driver);\n"
        "MODULE_LICENSE(\"GPL\");\n")
    e.new("drivers/gpio/gate/inner.h", "int gate_inner_register(void);\n")
    e.new("drivers/gpio/gate/inner.c", HEAD + '#include "inner.h"\n' +
          driver("gate_inner") + "\nint gate_inner_register(void)\n{\n"
          "\treturn platform_driver_register(&gate_inner_driver);\n}\n")
    e.new("drivers/gpio/gate/Makefile", "obj-$(CONFIG_GPIO_GATE) += gate.o\n"
          "gate-y := core.o inner.o\n")
    e.new("drivers/gpio/gate/Kconfig", "config GPIO_GATE\n"
          "\ttristate \"A test of the gate\"\n\thelp\n\t  None.\n")
    e.append("drivers/gpio/Makefile", "obj-$(CONFIG_GPIO_GATE) += gate/\n")
    e.append("drivers/gpio/Kconfig", "\nsource \"drivers/gpio/gate/Kconfig\"\n")


@case(added={"imx8qxp_lpcg_clk_probe -> gate_header_driver"})
def header(e):
    """an inline function of a header registers what its callers' probes reach"""
    e.sub("drivers/clk/imx/clk-scu.h",
          r"(static inline struct clk_hw \*imx_clk_lpcg_scu_dev\([^{]*\{\n)",
          "extern struct platform_driver gate_header_driver;\n\n"
          r"\1" "\tplatform_driver_register(&gate_header_driver);\n")
    e.sub("drivers/clk/imx/clk-scu.h", r"(#include <linux/\w+[^\n]*\n)",
          r"\1#include <linux/platform_device.h>\n")


@case(worsened={OPTEE_FINDING})
def other_bus(e):
    """the outer driver moves to the bus of the one that it registers"""
    e.sub(OPTEE, r"\.bus = &tee_bus_type,", ".bus = &platform_bus_type,")


@case(worsened={OPTEE_FINDING})
def no_more_unregistered(e):
    """nothing unregisters the driver any more"""
    e.sub(OPTEE, r"\n\tplatform_driver_unregister\(&scmi_optee_driver\);\n",
          "\n")


@case()
def other_helper(e):
    """the registration moves into a helper of the same file"""
    e.sub(OPTEE, r"^static int scmi_optee_service_probe\(",
          "static struct platform_driver scmi_optee_driver;\n\n"
          "static int scmi_optee_go(void)\n{\n"
          "\treturn platform_driver_register(&scmi_optee_driver);\n}\n\n"
          r"\g<0>")
    e.sub(OPTEE, r"ret = platform_driver_register\(&scmi_optee_driver\);",
          "ret = scmi_optee_go();")


@case()
def comment_in_core_header(e):
    """a comment in a header that the whole kernel reads"""
    e.sub("include/linux/platform_device.h", r"(#include [^\n]*\n)",
          r"/* one more remark */\n\1")


ICH = "drivers/gpio/gpio-ich.c"


def register_in_ich(e):
    e.sub(ICH, r"^static int ichx_gpio_probe\(",
          driver("gate_inner") + "\n" + r"\g<0>")
    e.sub(ICH, r"(^static int ichx_gpio_probe\([^{]*\{\n.*?\n\n)",
          r"\1" "\tplatform_driver_register(&gate_inner_driver);\n")


@case()
def not_built(e):
    """a file that this configuration does not build"""
    register_in_ich(e)


@case(added={"ichx_gpio_probe -> gate_inner_driver"})
def kconfig(e):
    """a file that an edit of Kconfig brings in"""
    register_in_ich(e)
    e.sub("drivers/gpio/Kconfig",
          r"(config GPIO_ICH\n[^\n]*\n)\tdepends on X86\n", r"\1")


@case(added={"ichx_gpio_probe -> gate_inner_driver"})
def makefile(e):
    """a file that an edit of a Makefile brings in"""
    register_in_ich(e)
    e.sub("drivers/gpio/Makefile", r"^obj-\$\(CONFIG_GPIO_ICH\)", "obj-y")


@case()
def docs(e):
    """a patch without C"""
    e.append("Documentation/process/howto.rst", "\nRead the code as well.\n")
