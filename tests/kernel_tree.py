# SPDX-License-Identifier: GPL-2.0-only
"""The distribution's kernel source, unpacked once into an ignored cache."""
import glob
import os
import re
import resource
import shutil
import subprocess
import sys

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


def compdb(program, tree, arch, out):
    """The compile commands of a whole tree, allyesconfig."""
    used, done = timed([program, "-q", "compdb", tree, "--arch", arch,
                        "--objdir", os.path.join(CACHE, arch), "-o", out],
                       stderr=subprocess.PIPE, text=True)
    # 3: some generated sources could not be made; they are named
    if done.returncode not in (0, 3):
        sys.exit("compdb %s: %s" % (arch, done.stderr))
    return used


def syntax_only(entry):
    """The same command, parsing only."""
    out, skip = [], False
    for arg in entry["arguments"]:
        if skip:
            skip = False
        elif arg == "-o":
            skip = True
        elif not arg.startswith("-Wp,-MM"):
            out.append("-fsyntax-only" if arg == "-c" else arg)
    return out


def cpu():
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def timed(args, **kwargs):
    """CPU seconds of a command and all its children, and what it gave."""
    before = cpu()
    done = subprocess.run(args, **kwargs)
    return cpu() - before, done


def clang_seconds(entries):
    """CPU seconds of clang -fsyntax-only over compile commands."""
    return sum(timed(syntax_only(entry), cwd=entry["directory"],
                     stdout=subprocess.DEVNULL,
                     stderr=subprocess.DEVNULL)[0] for entry in entries)


def peak_kib(args, **kwargs):
    """Peak of the largest process: measured in a child of its own."""
    code = ("import resource, subprocess, sys\n"
            "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL,"
            " stderr=subprocess.DEVNULL)\n"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    done = subprocess.run([sys.executable, "-c", code] + args,
                          capture_output=True, text=True, **kwargs)
    return int(done.stdout)


def remove_db(db):
    for suffix in ("", "-wal", "-shm", ".lock"):
        if os.path.exists(db + suffix):
            os.unlink(db + suffix)


def version_of(tree):
    fields = {}
    with open(os.path.join(tree, "Makefile")) as makefile:
        for line in makefile:
            m = re.match(r"(VERSION|PATCHLEVEL|SUBLEVEL)\s*=\s*(\d+)", line)
            if m:
                fields.setdefault(m.group(1), m.group(2))
    return "%(VERSION)s.%(PATCHLEVEL)s.%(SUBLEVEL)s" % fields
