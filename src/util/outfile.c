// SPDX-License-Identifier: GPL-2.0-only
/* Files that appear as a whole or not at all. */
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/outfile.h"

/* A pipe or a terminal cannot be replaced, only written to. */
static bool is_special(const char *path)
{
	struct stat st;

	return !stat(path, &st) && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

static FILE *create_beside(const char *path, char **tmp)
{
	mode_t mask = umask(0);
	int fd;
	FILE *f;

	umask(mask);
	*tmp = xasprintf("%s.XXXXXX", path);
	fd = mkstemp(*tmp);
	if (fd < 0)
		return NULL;
	/* mkstemp() keeps others out; the umask says what the user wants. */
	if (fchmod(fd, 0666 & ~mask) || !(f = fdopen(fd, "w"))) {
		int saved = errno;

		unlink(*tmp);
		close(fd);
		errno = saved;
		return NULL;
	}
	return f;
}

static void release(struct outfile *out)
{
	free(out->path);
	free(out->tmp);
	memset(out, 0, sizeof(*out));
}

static int fail(struct outfile *out, int ret, struct strbuf *err)
{
	strbuf_addf(err, "%s cannot be written: %s%s",
		    out->path ? out->path : "standard output", strerror(-ret),
		    out->path ? "; choose another place with -o" : "");
	release(out);
	return ret;
}

int outfile_open(struct outfile *out, const char *path, struct strbuf *err)
{
	struct stat st;

	memset(out, 0, sizeof(*out));
	if (!path || !strcmp(path, "-")) {
		out->f = stdout;
		return 0;
	}
	out->path = realpath(path, NULL);
	if (!out->path)
		out->path = xstrdup(path);
	/* Else this shows only at the end, after all the work. */
	if (!stat(out->path, &st) && S_ISDIR(st.st_mode))
		return fail(out, -EISDIR, err);
	if (is_special(out->path))
		out->f = fopen(out->path, "w");
	else
		out->f = create_beside(out->path, &out->tmp);
	return out->f ? 0 : fail(out, -errno, err);
}

int outfile_commit(struct outfile *out, struct strbuf *err)
{
	int ret = 0;

	errno = 0;
	if (fflush(out->f) || ferror(out->f))
		ret = errno ? -errno : -EIO;
	if (out->path && fclose(out->f) && !ret)
		ret = errno ? -errno : -EIO;
	if (!ret && out->tmp && rename(out->tmp, out->path))
		ret = -errno;
	if (ret && out->tmp)
		unlink(out->tmp);
	if (ret)
		return fail(out, ret, err);
	release(out);
	return 0;
}

void outfile_abort(struct outfile *out)
{
	if (out->path)
		fclose(out->f);
	if (out->tmp)
		unlink(out->tmp);
	release(out);
}
