/* SPDX-License-Identifier: GPL-2.0-only */
/* Which files a patch names, asked of git. */
#ifndef PROBEWALK_GATE_PATCH_LIST_H
#define PROBEWALK_GATE_PATCH_LIST_H

#include "gate/patch-internal.h"

/* One file of a patch: the names differ when it is renamed or copied. */
struct name_pair {
	char *old, *new;
	bool binary;
};

struct name_list {
	struct name_pair *list;
	size_t nr, alloc;
};

/**
 * name_list_read() - the files that a patch names
 * @list: empty; filled, to be released whatever is returned
 * @level: parts that are cut off in front of names, -p
 * @msg: gets what git says
 *
 * Nothing is known about the names yet: they may hold anything but a NUL.
 *
 * Return: 0; -ENODATA when there is no diff; -EINVAL when git cannot read it;
 * -EPERM when it makes or changes a symbolic link or a submodule; -E2BIG;
 * another -errno.
 */
int name_list_read(struct name_list *list, const struct scratch *s,
		   const struct piece *piece, int level,
		   struct strbuf *msg) __must_check;
void name_list_release(struct name_list *list);

#endif
