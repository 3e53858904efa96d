// SPDX-License-Identifier: GPL-2.0-only
/*
 * Running make. Of a whole kernel it prints 180 megabytes on standard output,
 * which are read line by line; standard error goes to a file in memory, so that
 * there is one pipe to wait for and neither side can block the other.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kbuild/make.h"

extern char **environ;

void make_args_add(struct make_args *args, const char *fmt, ...)
{
	struct strbuf word = STRBUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&word, fmt, ap);
	va_end(ap);
	ALLOC_GROW(args->argv, (size_t)args->argc + 2, args->alloc);
	args->argv[args->argc++] = strbuf_detach(&word);
	args->argv[args->argc] = NULL;
}

void make_args_release(struct make_args *args)
{
	while (args->argc)
		free(args->argv[--args->argc]);
	free(args->argv);
	memset(args, 0, sizeof(*args));
}

/* In the child; only what is safe between fork and exec. */
static void __attribute__((noreturn))
exec_make(char *const *argv, char *const *env, int out, int err)
{
	int null = open("/dev/null", O_RDONLY);

	/* A make that outlives us would meet the next one in its directory. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 ||
	    dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0)
		_exit(126);
	execvpe(argv[0], argv, env);
	_exit(127);
}

/*
 * The environment without what a make passes to its children: our make is not
 * part of a user's "make check", and must not see its -n, -j or O=.
 */
static char **make_environment(void)
{
	static const char *const dropped[] = {
		"MAKEFLAGS=",
		"MFLAGS=",
		"MAKELEVEL=",
		"MAKEOVERRIDES=",
		"MAKEFILES=",
		"KBUILD_OUTPUT=",
		"GNUMAKEFLAGS=",
		"LC_ALL=",
		"O=",
		"V=",
		"KBUILD_VERBOSE=",
	};
	size_t i, k, n = 0, alloc = 0;
	char **env = NULL;

	for (i = 0; environ[i]; i++) {
		for (k = 0; k < ARRAY_SIZE(dropped); k++) {
			if (!strncmp(environ[i], dropped[k],
				     strlen(dropped[k])))
				break;
		}
		ALLOC_GROW(env, n + 3, alloc);
		if (k == ARRAY_SIZE(dropped))
			env[n++] = environ[i];
	}
	ALLOC_GROW(env, n + 2, alloc);
	env[n++] = (char *)"LC_ALL=C";
	env[n] = NULL;
	return env;
}

static int read_lines(int fd, void (*line)(void *, const char *, size_t),
		      void *data)
{
	FILE *f = fdopen(fd, "r");
	char *text = NULL;
	size_t alloc = 0;
	ssize_t n;
	int ret;

	if (!f)
		return -errno;
	while ((n = getline(&text, &alloc, f)) > 0) {
		if (text[n - 1] == '\n')
			text[--n] = '\0';
		line(data, text, n);
	}
	ret = ferror(f) ? -EIO : 0;
	free(text);
	fclose(f);
	return ret;
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return -errno;
	}
	if (WIFSIGNALED(status))
		return 128 + WTERMSIG(status);
	return WEXITSTATUS(status);
}

/* Start make with its standard output in a pipe; the pipe is *@out. */
static pid_t start(const struct make_args *args, int err, int *out)
{
	char **env = make_environment();
	int fds[2];
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC)) {
		free(env);
		return -1;
	}
	pid = fork();
	if (!pid)
		exec_make(args->argv, env, fds[1], err < 0 ? fds[1] : err);
	free(env);
	close(fds[1]);
	if (pid < 0)
		close(fds[0]);
	*out = fds[0];
	return pid;
}

/* Everything in one stream, in the order printed. */
static int run_merged(const struct make_args *args, struct strbuf *log)
{
	int out, ret, status;
	pid_t pid = start(args, -1, &out);

	if (pid < 0)
		return -errno;
	ret = strbuf_read_fd(log, out);
	close(out);
	status = wait_for(pid);
	return ret ? ret : status;
}

int make_run(const struct make_args *args,
	     void (*line)(void *data, const char *line, size_t len), void *data,
	     struct strbuf *log)
{
	int err, out, ret, status;
	pid_t pid;

	if (!line)
		return run_merged(args, log);
	err = memfd_create("make", MFD_CLOEXEC);
	if (err < 0)
		return -errno;
	pid = start(args, err, &out);
	if (pid < 0) {
		ret = -errno;
		close(err);
		return ret;
	}
	ret = read_lines(out, line, data);
	status = wait_for(pid);
	if (!ret && lseek(err, 0, SEEK_SET) < 0)
		ret = -errno;
	if (!ret)
		ret = strbuf_read_fd(log, err);
	close(err);
	return ret ? ret : status;
}
