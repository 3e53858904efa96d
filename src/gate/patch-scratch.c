// SPDX-License-Identifier: GPL-2.0-only
/* The directory that patches are applied in: see patch-internal.h. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/patch-internal.h"
#include "util/workdir.h"

static int make_dirs(struct scratch *s)
{
	char **const dirs[] = { &s->in, &s->old, &s->new };
	static const char *const names[] = { "in", "old", "new" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(dirs); i++) {
		*dirs[i] = xasprintf("%s/%s", s->dir, names[i]);
		if (mkdir(*dirs[i], 0700)) {
			int ret = -errno;

			strbuf_addf(s->err, "%s cannot be made: %s", *dirs[i],
				    strerror(-ret));
			return ret;
		}
	}
	return 0;
}

int scratch_init(struct scratch *s, struct patch_set *set, const char *tree,
		 const struct patch_limits *limits, struct strbuf *err)
{
	int ret;

	memset(s, 0, sizeof(*s));
	interner_init(&s->names);
	s->tree = tree;
	s->limits = limits;
	s->notes = &set->notes;
	s->err = err;
	s->deadline = git_now() + (int64_t)limits->seconds * 1000;
	s->tree_fd = open(tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->tree_fd < 0) {
		ret = -errno;
		strbuf_addf(err, "tree %s cannot be read: %s", tree,
			    strerror(-ret));
		return ret;
	}
	ret = workdir_make("probewalk-patch", tree, &set->dir, err);
	s->dir = set->dir;
	return ret ? ret : make_dirs(s);
}

void scratch_release(struct scratch *s)
{
	size_t i;

	for (i = 0; i < s->nr; i++) {
		free(s->files[i].path);
		free(s->files[i].origin);
	}
	free(s->files);
	interner_release(&s->names);
	free(s->in);
	free(s->old);
	free(s->new);
	if (s->tree_fd >= 0)
		close(s->tree_fd);
}

struct git scratch_git(const struct scratch *s, const char *dir)
{
	const struct patch_limits *l = s->limits;

	return (struct git){
		.dir = dir,
		.deadline = s->deadline,
		.max_output = 4 * (l->all_bytes + l->bytes),
		.max_file = l->file_bytes > l->bytes ? l->file_bytes : l->bytes,
		/* git has all that a patch makes in memory before it writes */
		.max_memory = (512ull << 20) + 4 * (l->all_bytes + l->bytes),
	};
}

static int make_parents(char *path, size_t from)
{
	char *slash;

	for (slash = strchr(path + from, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0700) && errno != EEXIST)
			return -errno;
		*slash = '/';
	}
	return 0;
}

static int write_all(const char *path, const void *text, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int ret = 0;

	if (fd < 0)
		return -errno;
	while (len && !ret) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno != EINTR)
			ret = -errno;
		if (n > 0) {
			text = (const char *)text + n;
			len -= n;
		}
	}
	if (close(fd) && !ret)
		ret = -errno;
	return ret;
}

int scratch_write(struct scratch *s, const char *dir, const char *name,
		  const void *text, size_t len)
{
	char *path = xasprintf("%s/%s", dir, name);
	int ret = make_parents(path, strlen(dir) + 1);

	if (!ret)
		ret = write_all(path, text, len);
	if (ret)
		strbuf_addf(s->err,
			    "temporary directory %s cannot be written: %s; "
			    "name another place with TMPDIR",
			    s->dir, strerror(-ret));
	free(path);
	return ret;
}
