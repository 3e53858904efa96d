// SPDX-License-Identifier: GPL-2.0-only
/* Names of files in the store. */
#include <string.h>

#include "indexer/tree-path.h"

#define OBJDIR_NAME "$O/"

const char *path_below(const char *path, const char *dir)
{
	size_t len = dir ? strlen(dir) : 0;

	if (!len || strncmp(path, dir, len) || path[len] != '/')
		return NULL;
	return path + len + 1;
}

void tree_path_add(struct strbuf *out, const char *tree, const char *objdir,
		   const char *path)
{
	const char *rest = NULL;

	/* the build directory may stand inside the tree: it comes first */
	if (objdir && strcmp(objdir, tree))
		rest = path_below(path, objdir);
	if (rest) {
		strbuf_addstr(out, OBJDIR_NAME);
		strbuf_addstr(out, rest);
		return;
	}
	rest = path_below(path, tree);
	strbuf_addstr(out, rest ? rest : path);
}

void tree_path_add_dir(struct strbuf *out, const char *tree, const char *objdir,
		       const char *path)
{
	if (objdir && !strcmp(path, objdir) && strcmp(objdir, tree))
		strbuf_add(out, OBJDIR_NAME, strlen(OBJDIR_NAME) - 1);
	else if (strcmp(path, tree))
		tree_path_add(out, tree, objdir, path);
}

size_t tree_path_dir(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash ? (size_t)(slash - name) : 0;
}

void tree_path_open(struct strbuf *out, const char *tree, const char *objdir,
		    const char *name)
{
	size_t len = strlen(OBJDIR_NAME);

	if (objdir && !strncmp(name, OBJDIR_NAME, len)) {
		strbuf_addf(out, "%s/%s", objdir, name + len);
		return;
	}
	if (objdir && !strncmp(name, OBJDIR_NAME, len - 1) && !name[len - 1]) {
		strbuf_addstr(out, objdir);
		return;
	}
	if (name[0] == '/') {
		strbuf_addstr(out, name);
		return;
	}
	strbuf_addstr(out, tree);
	if (*name)
		strbuf_addf(out, "/%s", name);
}

bool tree_path_is_generated(const char *name)
{
	return !strncmp(name, "$O/", 3);
}
