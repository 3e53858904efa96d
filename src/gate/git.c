// SPDX-License-Identifier: GPL-2.0-only
/* Running git on what a stranger wrote: see git.h. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "gate/git.h"
#include "report/plain.h"

extern char **environ;

enum {
	MAX_MESSAGES = 1 << 20, /* bytes of standard error that are kept */
	MAX_SHOWN = 300, /* bytes of a message that are passed on */
};

struct child {
	pid_t pid;
	int out, err, started; /* pipes; of the last: errno of a failed exec */
};

int64_t git_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* ---- environment and command line ---- */

static bool begins_with(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (!strncmp(s, *list, strlen(*list)))
			return true;
	return false;
}

static bool is_kept(const char *var, enum git_config config)
{
	/* Where to find git, and no more. */
	static const char *const none[] = { "PATH=", "GIT_EXEC_PATH=", NULL };
	/* A hook of the server sees new commits by way of these. */
	static const char *const user[] = { "GIT_CONFIG",
					    "GIT_EXEC_PATH=",
					    "GIT_OBJECT_DIRECTORY=",
					    "GIT_ALTERNATE_OBJECT_DIRECTORIES=",
					    "GIT_QUARANTINE_PATH=",
					    NULL };
	static const char *const dropped[] = { "GIT_",	 "LC_ALL=", "LANGUAGE=",
					       "PAGER=", "EDITOR=", NULL };

	if (config == GIT_CONFIG_NONE)
		return begins_with(var, none);
	return begins_with(var, user) || !begins_with(var, dropped);
}

static void add_environment(struct make_args *env, const struct git *git)
{
	char **p;

	for (p = environ; *p; p++)
		if (is_kept(*p, git->config))
			make_args_add(env, "%s", *p);
	make_args_add(env, "LC_ALL=C");
	make_args_add(env, "GIT_TERMINAL_PROMPT=0");
	make_args_add(env, "GIT_OPTIONAL_LOCKS=0");
	make_args_add(env, "GIT_ATTR_NOSYSTEM=1");
	make_args_add(env, GIT_ENV_EMPTY "=");
	make_args_add(env, GIT_ENV_FALSE "=false");
	if (git->index)
		make_args_add(env, "GIT_INDEX_FILE=%s", git->index);
	if (git->config != GIT_CONFIG_NONE)
		return;
	make_args_add(env, "GIT_CONFIG_NOSYSTEM=1");
	make_args_add(env, "GIT_CONFIG_GLOBAL=/dev/null");
	make_args_add(env, "HOME=/dev/null");
	/* it shall find no git tree, whatever stands above @dir */
	make_args_add(env, "GIT_DIR=/dev/null/none");
	make_args_add(env, "GIT_CEILING_DIRECTORIES=%s", git->dir);
}

static void add_command(struct make_args *argv, const struct make_args *args)
{
	static const char *const settings[] = {
		"core.hooksPath=/dev/null",
		"core.attributesFile=/dev/null",
		"core.fsmonitor=false",
		"core.splitIndex=false",
		"core.untrackedCache=false",
		"core.pager=cat",
		"core.symlinks=false",
		"core.autocrlf=false",
		"core.safecrlf=false",
		"core.precomposeUnicode=false",
		"diff.external=",
		"gc.auto=0",
	};
	size_t i;
	int k;

	make_args_add(argv, "git");
	make_args_add(argv, "--no-pager");
	for (i = 0; i < ARRAY_SIZE(settings); i++) {
		make_args_add(argv, "-c");
		make_args_add(argv, "%s", settings[i]);
	}
	for (k = 0; k < args->argc; k++)
		make_args_add(argv, "%s", args->argv[k]);
}

/* ---- the child ---- */

static void limit(int resource, uint64_t value)
{
	struct rlimit r = { .rlim_cur = value, .rlim_max = value };

	if (value)
		setrlimit(resource, &r);
}

/* Only what is safe between fork and exec. */
static void __attribute__((noreturn))
exec_git(const struct git *git, char **argv, char **env, const int *fds)
{
	const char *input = git->input ? git->input : "/dev/null";
	int in = open(input, O_RDONLY), saved;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_DFL);
	limit(RLIMIT_FSIZE, git->max_file);
	limit(RLIMIT_AS, git->max_memory);
	limit(RLIMIT_CORE, 0);
	if (in >= 0 && dup2(in, STDIN_FILENO) >= 0 &&
	    dup2(fds[0], STDOUT_FILENO) >= 0 &&
	    dup2(fds[1], STDERR_FILENO) >= 0 && !chdir(git->dir))
		execvpe(argv[0], argv, env);
	saved = errno;
	if (write(fds[2], &saved, sizeof(saved)) < 0)
		_exit(126);
	_exit(127);
}

static void close_pair(int *fds)
{
	close(fds[0]);
	close(fds[1]);
}

static int open_pipes(int pipes[3][2])
{
	int i, ret;

	for (i = 0; i < 3; i++) {
		if (!pipe2(pipes[i], O_CLOEXEC))
			continue;
		ret = -errno;
		while (i--)
			close_pair(pipes[i]);
		return ret;
	}
	return 0;
}

static int start(const struct git *git, const struct make_args *args,
		 struct child *child)
{
	struct make_args argv = { 0 }, env = { 0 };
	int pipes[3][2], ret = open_pipes(pipes), i;

	if (ret)
		return ret;
	add_command(&argv, args);
	add_environment(&env, git);
	child->pid = fork();
	if (!child->pid) {
		int fds[3] = { pipes[0][1], pipes[1][1], pipes[2][1] };

		exec_git(git, argv.argv, env.argv, fds);
	}
	if (child->pid < 0)
		ret = -errno;
	make_args_release(&argv);
	make_args_release(&env);
	for (i = 0; i < 3; i++) {
		close(pipes[i][1]);
		if (ret)
			close(pipes[i][0]);
	}
	child->out = pipes[0][0];
	child->err = pipes[1][0];
	child->started = pipes[2][0];
	return ret;
}

/* ---- its output ---- */

/* Return: why no more is to be read, or NULL; at its end, there is no fd. */
static const char *read_some(struct pollfd *p, struct strbuf *sb, uint64_t max)
{
	ssize_t n;

	if (!p->revents)
		return NULL;
	strbuf_grow(sb, 65536);
	n = read(p->fd, sb->buf + sb->len, sb->alloc - sb->len - 1);
	if (n < 0)
		return errno == EINTR || errno == EAGAIN ? NULL
							 : strerror(errno);
	if (!n) {
		p->fd = -1;
		return NULL;
	}
	sb->len += n;
	sb->buf[sb->len] = '\0';
	return sb->len <= max ? NULL : "there is no end to it";
}

static int time_left(const struct git *git)
{
	int64_t left;

	if (!git->deadline)
		return -1;
	left = git->deadline - git_now();
	return left < 0 ? 0 : left > INT32_MAX ? INT32_MAX : (int)left;
}

/* Return: why it has to be stopped, or NULL at its end. */
static const char *read_all(const struct git *git, const struct child *child,
			    struct strbuf *out, struct strbuf *err)
{
	uint64_t max = git->max_output ? git->max_output : MAX_MESSAGES;
	struct pollfd fds[2] = { { .fd = child->out, .events = POLLIN },
				 { .fd = child->err, .events = POLLIN } };

	while (fds[0].fd >= 0 || fds[1].fd >= 0) {
		int left = time_left(git), n = poll(fds, 2, left);
		const char *stop;

		if (n < 0 && errno != EINTR)
			return strerror(errno);
		if (!left || !n)
			return "it takes too long";
		if (n < 0)
			continue;
		stop = read_some(&fds[0], out, max);
		if (!stop)
			stop = read_some(&fds[1], err, MAX_MESSAGES);
		if (stop)
			return stop;
	}
	return NULL;
}

static const char *skip_kind(const char *line)
{
	static const char *const kinds[] = { "error: ", "fatal: " };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strncmp(line, kinds[i], strlen(kinds[i])))
			return line + strlen(kinds[i]);
	return NULL;
}

/* The first error among the lines, else the first line. */
static void first_message(const char *log, struct strbuf *msg)
{
	const char *line = log, *text = NULL, *end;
	char *copy;

	while (*line && !(text = skip_kind(line))) {
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	if (!text)
		text = log;
	end = text + strcspn(text, "\n");
	copy = xstrndup(text, end - text > MAX_SHOWN ? MAX_SHOWN : end - text);
	plain_add(msg, copy);
	free(copy);
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

static int judge(int status, const char *log, struct strbuf *msg)
{
	if (WIFEXITED(status) && !strstr(log, "ut of memory")) {
		if (WEXITSTATUS(status))
			first_message(log, msg);
		return WEXITSTATUS(status);
	}
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ)
		strbuf_addstr(msg, "it makes a file too large");
	else if (WIFSIGNALED(status))
		strbuf_addf(msg, "git was ended by signal %d",
			    WTERMSIG(status));
	else
		strbuf_addstr(msg, "it takes too much memory");
	return -E2BIG;
}

static int failed_start(struct child *child, struct strbuf *msg)
{
	int saved = 0;
	ssize_t n;

	while ((n = read(child->started, &saved, sizeof(saved))) < 0 &&
	       errno == EINTR)
		;
	close(child->started);
	if (n != sizeof(saved))
		return 0;
	if (saved == ENOENT)
		strbuf_addstr(msg, "git was not found; install it");
	else
		strbuf_addf(msg, "git cannot be run: %s", strerror(saved));
	return -saved;
}

int git_run(const struct git *git, const struct make_args *args,
	    struct strbuf *out, struct strbuf *msg, struct strbuf *log)
{
	struct strbuf own_out = STRBUF_INIT, own_log = STRBUF_INIT;
	const char *stop = NULL;
	struct child child;
	int ret = start(git, args, &child), status;

	out = out ? out : &own_out;
	log = log ? log : &own_log;
	if (ret) {
		strbuf_addf(msg, "git cannot be run: %s", strerror(-ret));
		return ret;
	}
	ret = failed_start(&child, msg);
	if (!ret)
		stop = read_all(git, &child, out, log);
	if (stop)
		kill(child.pid, SIGKILL);
	close(child.out);
	close(child.err);
	status = wait_for(child.pid);
	if (stop) {
		strbuf_addstr(msg, stop);
		ret = -E2BIG;
	} else if (!ret) {
		ret = judge(status, log->buf, msg);
	}
	strbuf_release(&own_out);
	strbuf_release(&own_log);
	return ret;
}
