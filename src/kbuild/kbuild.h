/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A kernel tree's own build system as the source of compile commands: a build
 * directory is configured and prepared, then make says what it would run. No
 * object is built.
 */
#ifndef PROBEWALK_KBUILD_KBUILD_H
#define PROBEWALK_KBUILD_KBUILD_H

#include "util/strbuf.h"

#include "indexer/compdb.h"

#define KBUILD_DEFAULT_CONFIG "allyesconfig"

struct kbuild_options {
	const char *tree; /* kernel source */
	const char *arch; /* as for ARCH=: "arm64", "x86_64" */
	/*
	 * A configuration target ("allyesconfig", "defconfig", ...) or the path
	 * of a .config. NULL takes the build directory as it is, and
	 * KBUILD_DEFAULT_CONFIG when nothing is there.
	 */
	const char *config;
	const char *objdir; /* build directory, made when missing */
	/* Only these directories of the tree; with none, all of it. */
	const char *const *dirs;
	int nr_dirs;
	int jobs; /* for make -j; below 1: as many as there are processors */
	/*
	 * Value of LLVM=: "1", "-19", "/usr/lib/llvm-19/bin/". NULL means "1",
	 * or the compiler that the build directory was configured with.
	 */
	const char *llvm;
	/* More variables for make, "X=Y" each. */
	const char *const *vars;
	int nr_vars;
};

/**
 * kbuild_prepare() - make sure that the build directory is prepared
 * @opt: options
 * @err: gets the reason, with the end of what make printed and the packages
 *	 that seem to be missing
 *
 * Does nothing when the directory is prepared already. A directory that was
 * configured by somebody else is used as it is and never configured anew: with
 * @opt->config that is an error.
 *
 * Return: 0; -EINVAL for bad options; -EEXIST when the directory is taken;
 * -EBUSY when another probewalk works in it;
 * -ENOPKG when commands are missing; -EIO when make failed; or another -errno.
 */
int kbuild_prepare(const struct kbuild_options *opt,
		   struct strbuf *err) __must_check;

/**
 * kbuild_compdb() - the compile commands of a prepared build directory
 * @opt: options; kbuild_prepare() was called with them
 * @db: gets the commands of all kernel objects made of C, in the order of their
 *	names, also of those that are built already
 * @err: gets the reason; after success it may hold notes, a line each, on what
 *	 could not be listed
 *
 * Sources that are made from others by their own directory's makefile are made
 * in the build directory; no object is.
 *
 * Return: as kbuild_prepare(); -ENODATA when there is no command.
 */
int kbuild_compdb(const struct kbuild_options *opt, struct compdb *db,
		  struct strbuf *err) __must_check;

/**
 * kbuild_kernel_version() - version of a tree, from its Makefile: "6.12.117"
 * Return: 0, or -ENOENT or -EINVAL when it is no kernel tree.
 */
int kbuild_kernel_version(const char *tree,
			  struct strbuf *version) __must_check;

/**
 * kbuild_default_objdir() - where to build when the user names no place
 * @opt: options; ->objdir is not looked at
 * @path: gets $XDG_CACHE_HOME/probewalk/VERSION-ARCH-CONFIG (or below
 *	  ~/.cache, or TMPDIR when there is no home)
 * @err: gets the reason
 *
 * Return: 0, or -EINVAL when the tree has no version.
 */
int kbuild_default_objdir(const struct kbuild_options *opt, struct strbuf *path,
			  struct strbuf *err) __must_check;

#endif
