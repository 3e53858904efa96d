// SPDX-License-Identifier: GPL-2.0-only
/* A small made-up tree for tests of patches. */
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "patch-tree.h"
#include "util/hash.h"
#include "util/strbuf.h"

int patch_tree_write(const char *dir, const char *name, const void *text,
		     size_t len)
{
	char *path = xasprintf("%s/%s", dir, name), *slash = path;
	FILE *f;
	int ret = -1;

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
	f = fopen(path, "w");
	if (f)
		ret = fwrite(text, 1, len, f) == len ? 0 : -1;
	if (f && fclose(f))
		ret = -1;
	free(path);
	return ret;
}

static int write_lines(const char *tree, const char *name, const char *stem,
		       int nr, const char *end)
{
	struct strbuf sb = STRBUF_INIT;
	int i, ret;

	for (i = 1; i <= nr; i++)
		strbuf_addf(&sb, "%s%d%s", stem, i, end);
	ret = patch_tree_write(tree, name, sb.buf, sb.len);
	strbuf_release(&sb);
	return ret;
}

static int fill(const char *tree)
{
	static const char noeol[] = "n1\nn2\nn3", bin[] = "B\0I\0N\n";
	static const char secret[] = "secret\n";
	char *link = xasprintf("%s/drivers/link.c", tree);
	char *out = xasprintf("%s/out", tree);
	char *fifo = xasprintf("%s/drivers/fifo.c", tree);
	char *dir = xasprintf("%s/drivers/dir.c", tree);
	int ret;

	ret = write_lines(tree, "drivers/a.c", "a", 12, "\n") ||
	      write_lines(tree, "drivers/b.c", "b", 12, "\n") ||
	      write_lines(tree, "drivers/crlf.c", "c", 5, "\r\n") ||
	      write_lines(tree, "top.c", "t", 3, "\n") ||
	      patch_tree_write(tree, "drivers/noeol.c", noeol,
			       sizeof(noeol) - 1) ||
	      patch_tree_write(tree, "drivers/logo.bin", bin,
			       sizeof(bin) - 1) ||
	      patch_tree_write(tree, "../outside/secret.c", secret,
			       sizeof(secret) - 1) ||
	      symlink("a.c", link) || symlink("../outside", out) ||
	      mkfifo(fifo, 0600) || mkdir(dir, 0700);
	free(link);
	free(out);
	free(fifo);
	free(dir);
	return ret ? -1 : 0;
}

int patch_tree_make(struct patch_tree *t)
{
	const char *tmp = getenv("TMPDIR");

	t->dir = xasprintf("%s/patch-tree.XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(t->dir))
		return -1;
	t->tree = xasprintf("%s/tree", t->dir);
	t->tmp = xasprintf("%s/tmp", t->dir);
	if (mkdir(t->tree, 0700) || mkdir(t->tmp, 0700) || fill(t->tree))
		return -1;
	return setenv("TMPDIR", t->tmp, 1);
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void patch_tree_remove(struct patch_tree *t)
{
	nftw(t->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(t->dir);
	free(t->tree);
	free(t->tmp);
	unsetenv("TMPDIR");
}

/* nftw() has no argument for it. The order of a directory does not matter. */
static uint64_t sum;

static int hash_one(const char *path, const struct stat *st, int type,
		    struct FTW *ftw)
{
	struct strbuf text = STRBUF_INIT;
	uint64_t h = hash64_str(path, 0);

	(void)type;
	(void)ftw;
	h = hash64_u64(st->st_mode, h);
	h = hash64_u64(st->st_ino, h);
	h = hash64_u64(st->st_mtim.tv_sec, h);
	h = hash64_u64(st->st_mtim.tv_nsec, h);
	if (S_ISREG(st->st_mode) && !strbuf_read_regular(&text, path))
		h = hash64(text.buf, text.len, h);
	strbuf_release(&text);
	sum += h;
	return 0;
}

uint64_t patch_tree_hash(const char *dir)
{
	sum = 0;
	if (nftw(dir, hash_one, 16, FTW_PHYS))
		return 0;
	return sum;
}

size_t patch_tree_count(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	size_t nr = 0;

	if (!d)
		return 0;
	while ((entry = readdir(d)))
		nr += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
	closedir(d);
	return nr;
}
