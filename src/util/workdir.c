// SPDX-License-Identifier: GPL-2.0-only
/*
 * Temporary directories. The process that tidies up is the child of a child, so
 * that nobody who waits for children meets it. It holds one end of a pipe: a
 * byte says that the directory was removed in good order, its end that we are
 * gone.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util/workdir.h"

enum {
	DESCRIPTORS = 1024, /* that may have been inherited */
	TRIES = 50, /* while a child of ours is still writing, */
	TRY_US = 20000, /* and how long to wait for its end */
};

/* What each directory is watched by. */
static struct watch {
	struct watch *next;
	char *path;
	int fd;
} * watches;

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	if (type == FTW_DNR)
		chmod(path, 0700);
	return remove(path) && errno != ENOENT ? -1 : 0;
}

static bool remove_all(const char *path)
{
	return !nftw(path, remove_one, 64, FTW_DEPTH | FTW_PHYS | FTW_MOUNT) ||
	       errno == ENOENT;
}

static void __attribute__((noreturn)) tidy(const char *path, int fd)
{
	ssize_t n;
	char c;
	int i;

	prctl(PR_SET_NAME, "probewalk-tidy");
	setsid();
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	/* Whoever reads our output must not wait for this process. */
	dup2(fd, STDIN_FILENO);
	for (i = 1; i < DESCRIPTORS; i++)
		close(i);
	while ((n = read(STDIN_FILENO, &c, 1)) < 0 && errno == EINTR)
		;
	for (i = 0; !n && i < TRIES && !remove_all(path); i++)
		usleep(TRY_US);
	_exit(0);
}

/* Without anybody watching the directory is still removed in good order. */
static int start_watch(const char *path)
{
	int fds[2];
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return -1;
	pid = fork();
	if (!pid) {
		close(fds[1]);
		if (!fork())
			tidy(path, fds[0]);
		_exit(0);
	}
	close(fds[0]);
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return fds[1];
}

/* The directory to make it in, or NULL when this one will not do. */
static char *place(const char *dir, const char *avoid)
{
	char *real = dir && *dir == '/' ? realpath(dir, NULL) : NULL;
	size_t n = avoid ? strlen(avoid) : 0;

	if (real && n && !strncmp(real, avoid, n) &&
	    (!real[n] || real[n] == '/' || avoid[n - 1] == '/')) {
		free(real);
		return NULL;
	}
	return real;
}

static char *make_in(const char *dir, const char *stem)
{
	char *path = xasprintf("%s/%s.XXXXXX", dir, stem);

	if (mkdtemp(path))
		return path;
	free(path);
	return NULL;
}

int workdir_make(const char *stem, const char *avoid, char **path,
		struct strbuf *err)
{
	const char *const dirs[] = { getenv("TMPDIR"), "/tmp", "/var/tmp" };
	char *real = avoid ? realpath(avoid, NULL) : NULL;
	struct watch *w;
	size_t i;
	int ret = -ENOENT;

	*path = NULL;
	for (i = 0; !*path && i < ARRAY_SIZE(dirs); i++) {
		char *dir = place(dirs[i], real);

		*path = dir ? make_in(dir, stem) : NULL;
		if (dir && !*path)
			ret = -errno;
		free(dir);
	}
	free(real);
	if (!*path) {
		strbuf_addf(err,
			    "no temporary directory can be made: %s; name a "
			    "place with TMPDIR",
			    strerror(-ret));
		return ret;
	}
	w = xcalloc(1, sizeof(*w));
	w->path = *path;
	w->fd = start_watch(*path);
	w->next = watches;
	watches = w;
	return 0;
}

void workdir_remove(char *path)
{
	struct watch **p = &watches, *w;

	if (!path)
		return;
	while (*p && (*p)->path != path)
		p = &(*p)->next;
	w = *p;
	/* when this fails the other process may have more luck */
	if (remove_all(path) && w && w->fd >= 0 && write(w->fd, "", 1) < 0)
		w->fd = -1;
	if (w) {
		*p = w->next;
		if (w->fd >= 0)
			close(w->fd);
		free(w);
	}
	free(path);
}
