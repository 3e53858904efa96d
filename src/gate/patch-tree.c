// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading files of the tree that a stranger named: step by step, so that no
 * symbolic link is followed and nothing is opened but regular files.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/patch-internal.h"
#include "report/plain.h"

static int __printf(4, 5) complain(struct strbuf *err, const char *name,
				   int ret, const char *fmt, ...)
{
	va_list ap;

	plain_add(err, name);
	va_start(ap, fmt);
	strbuf_vaddf(err, fmt, ap);
	va_end(ap);
	return ret;
}

static bool is_link(int dir, const char *name)
{
	struct stat st;

	return !fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) &&
	       S_ISLNK(st.st_mode);
}

/* Open the directory that a file stands in; -errno when there is none. */
static int open_parent(const struct scratch *s, const char *name,
		       const char **base, struct strbuf *err)
{
	int fd = fcntl(s->tree_fd, F_DUPFD_CLOEXEC, 3), next, ret;
	const char *slash;

	for (; fd >= 0 && (slash = strchr(name, '/')); name = slash + 1) {
		char *part = xstrndup(name, slash - name);

		next = openat(fd, part,
			      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		ret = -errno;
		if (next < 0 && is_link(fd, part))
			ret = complain(err, part, -EINVAL,
				       " is a symbolic link in the tree, and "
				       "nothing is changed through one");
		free(part);
		close(fd);
		if (next < 0)
			return ret;
		fd = next;
	}
	*base = name;
	return fd < 0 ? -errno : fd;
}

static int read_regular(const struct scratch *s, int dir, const char *base,
			const char *name, struct strbuf *text,
			struct strbuf *err)
{
	struct stat st;
	int fd, ret;

	if (fstatat(dir, base, &st, AT_SYMLINK_NOFOLLOW))
		return -errno;
	if (S_ISLNK(st.st_mode))
		return complain(err, name, -EINVAL,
				" is a symbolic link in the tree");
	if (S_ISDIR(st.st_mode))
		return complain(err, name, -EINVAL,
				" is a directory in the tree");
	if (!S_ISREG(st.st_mode))
		return complain(err, name, -EINVAL,
				" is no regular file in the tree");
	if ((uint64_t)st.st_size > s->limits->file_bytes)
		return complain(err, name, -E2BIG,
				" has %llu bytes, more than the %llu that a "
				"file may have",
				(unsigned long long)st.st_size,
				(unsigned long long)s->limits->file_bytes);
	fd = openat(dir, base,
		    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return complain(err, name, -errno, " cannot be read: %s",
				strerror(errno));
	strbuf_grow(text, st.st_size + 1);
	ret = strbuf_read_fd(text, fd);
	close(fd);
	if (ret)
		complain(err, name, ret, " cannot be read: %s", strerror(-ret));
	return ret;
}

int tree_read(const struct scratch *s, const char *name, struct strbuf *text,
	      struct strbuf *err)
{
	const char *base = name;
	int dir = open_parent(s, name, &base, err), ret;

	if (dir == -ENOENT || dir == -ENOTDIR)
		return -ENOENT;
	if (dir < 0) {
		if (!err->len)
			complain(err, name, dir, " cannot be read: %s",
				 strerror(-dir));
		return dir;
	}
	ret = read_regular(s, dir, base, name, text, err);
	close(dir);
	return ret;
}
