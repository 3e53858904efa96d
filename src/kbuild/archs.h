/* SPDX-License-Identifier: GPL-2.0-only */
/* Which architectures a tree has, and which of them the compiler can do. */
#ifndef PROBEWALK_KBUILD_ARCHS_H
#define PROBEWALK_KBUILD_ARCHS_H

#include <stddef.h>

#include "util/strbuf.h"

struct kbuild_arch {
	char *name; /* for ARCH= */
	char *why; /* why it has to be left out; NULL when it need not */
};

struct kbuild_archs {
	struct kbuild_arch *list; /* in the order of their names */
	size_t nr, alloc;
};

#define KBUILD_ARCHS_INIT                                                      \
	{                                                                      \
		0                                                              \
	}

/**
 * kbuild_archs_find() - all architectures of a tree
 * @archs: filled; to be released whatever is returned
 * @tree: kernel source
 * @llvm: value of LLVM=, NULL for "1"
 * @err: gets the reason
 *
 * What the tree says clang is to be called with is tried: the compiler is asked
 * for an empty object. Whether the kernel's configuration takes that compiler
 * is only seen when it is prepared.
 *
 * Return: 0, or -EINVAL when it is no kernel tree, or one that does not say.
 */
int kbuild_archs_find(struct kbuild_archs *archs, const char *tree,
		      const char *llvm, struct strbuf *err) __must_check;
void kbuild_archs_release(struct kbuild_archs *archs);

#endif
