// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands that kbuild needs. Its own messages come one at a time and name a
 * file at best, so the usual ones are looked for first, all together; the
 * headers are left to the compiler, and recognised in what it says.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "kbuild/tools.h"

#define LOG_LINES 30

enum tool_kind {
	TOOL_ANY,
	TOOL_LLVM, /* with the suffix or the path in LLVM= */
	TOOL_GNU, /* with the prefix in CROSS_COMPILE= */
};

static const struct tool {
	const char *name;
	const char *package; /* of LLVM: without the version */
	enum tool_kind kind;
	const char *var; /* a variable of make that names another one */
} tools[] = {
	{ "make", "make", TOOL_ANY, NULL },
	{ "flex", "flex", TOOL_ANY, "LEX" },
	{ "bison", "bison", TOOL_ANY, "YACC" },
	{ "bc", "bc", TOOL_ANY, NULL },
	{ "perl", "perl", TOOL_ANY, "PERL" },
	{ "clang", "clang", TOOL_LLVM, "CC" },
	{ "ld.lld", "lld", TOOL_LLVM, "LD" },
	{ "llvm-ar", "llvm", TOOL_LLVM, "AR" },
	{ "llvm-nm", "llvm", TOOL_LLVM, "NM" },
	{ "llvm-objcopy", "llvm", TOOL_LLVM, "OBJCOPY" },
	{ "gcc", "gcc", TOOL_GNU, "CC" },
	{ "ld", "binutils", TOOL_GNU, "LD" },
	{ "ar", "binutils", TOOL_GNU, "AR" },
	{ "nm", "binutils", TOOL_GNU, "NM" },
	{ "objcopy", "binutils", TOOL_GNU, "OBJCOPY" },
};

/* What failed builds say, and the package that helps. */
static const struct {
	const char *word;
	const char *package;
} hints[] = {
	{ "flex", "flex" },
	{ "bison", "bison" },
	{ "bc", "bc" },
	{ "perl", "perl" },
	{ "python3", "python3" },
	{ "cpio", "cpio" },
	{ "rsync", "rsync" },
	{ "pahole", "dwarves" },
	{ "zstd", "zstd" },
	{ "lz4", "lz4" },
	{ "gelf.h", "libelf-dev" },
	{ "libelf.h", "libelf-dev" },
	{ "openssl/", "libssl-dev" },
	{ "ncurses.h", "libncurses-dev" },
	{ "gmp.h", "libgmp-dev" },
	{ "mpc.h", "libmpc-dev" },
	{ "stdio.h", "libc6-dev" },
	{ "clang", "clang" },
	{ "ld.lld", "lld" },
	{ "llvm-ar", "llvm" },
	{ "llvm-nm", "llvm" },
	{ "llvm-objcopy", "llvm" },
	{ "gcc", "gcc" },
};

/* Package names, each once, in the order found. */
struct packages {
	struct strbuf names; /* "flex bison" */
};

static void packages_add(struct packages *p, const char *name)
{
	size_t n = strlen(name);
	const char *s = p->names.buf;

	for (; *s; s += strcspn(s, " "), s += *s == ' ') {
		if (!strncmp(s, name, n) && (!s[n] || s[n] == ' '))
			return;
	}
	strbuf_addf(&p->names, "%s%s", p->names.len ? " " : "", name);
}

static bool in_path(const char *name)
{
	const char *path = getenv("PATH");
	bool found = false;
	size_t n;

	if (strchr(name, '/'))
		return !access(name, X_OK);
	for (; path && *path && !found; path += n + (path[n] == ':')) {
		char *file;

		n = strcspn(path, ":");
		file = xasprintf("%.*s/%s", (int)n, path, name);
		found = !access(file, X_OK);
		free(file);
	}
	return found;
}

static bool is_llvm_path(const char *llvm)
{
	return *llvm && llvm[strlen(llvm) - 1] == '/';
}

/* The name kbuild will call; LLVM=-19 is a suffix, LLVM=/path/ a directory. */
static char *full_name(const struct kbuild_job *job, const struct tool *tool)
{
	switch (tool->kind) {
	case TOOL_ANY:
		break;
	case TOOL_LLVM:
		if (is_llvm_path(job->llvm))
			return xasprintf("%s%s", job->llvm, tool->name);
		if (job->llvm[0] == '-')
			return xasprintf("%s%s", tool->name, job->llvm);
		break;
	case TOOL_GNU:
		if (job->cc && !strcmp(tool->name, "gcc"))
			return xstrdup(job->cc);
		return xasprintf("%s%s", job->cross, tool->name);
	}
	return xstrdup(tool->name);
}

/* "lld-19" for LLVM=-19, "gcc-aarch64-linux-gnu" for a cross compiler. */
static char *full_package(const struct kbuild_job *job, const struct tool *tool)
{
	size_t n;

	if (tool->kind == TOOL_LLVM && job->llvm[0] == '-')
		return xasprintf("%s%s", tool->package, job->llvm);
	if (tool->kind != TOOL_GNU || !*job->cross || strchr(job->cross, '/'))
		return xstrdup(tool->package);
	n = strlen(job->cross);
	n -= job->cross[n - 1] == '-';
	return xasprintf("%s-%.*s", tool->package, (int)n, job->cross);
}

static bool is_needed(const struct kbuild_job *job, const struct tool *tool)
{
	if (tool->var && kbuild_job_var(job, tool->var))
		return false;
	if (tool->kind == TOOL_LLVM)
		return job->llvm;
	if (tool->kind == TOOL_GNU)
		return !job->llvm;
	return true;
}

int kbuild_check_tools(const struct kbuild_job *job, struct strbuf *err)
{
	struct packages p = { STRBUF_INIT };
	struct strbuf names = STRBUF_INIT;
	size_t i;
	int ret = 0;

	for (i = 0; i < ARRAY_SIZE(tools); i++) {
		char *name, *package;

		if (!is_needed(job, &tools[i]))
			continue;
		name = full_name(job, &tools[i]);
		package = full_package(job, &tools[i]);
		if (!in_path(name)) {
			strbuf_addf(&names, "%s%s (package %s)",
				    names.len ? ", " : "", name, package);
			packages_add(&p, package);
		}
		free(name);
		free(package);
	}
	if (names.len) {
		strbuf_addf(err,
			    "kbuild needs commands that are not there: "
			    "%s; on Debian, 'apt install %s' installs them",
			    names.buf, p.names.buf);
		ret = -ENOPKG;
	}
	strbuf_release(&names);
	strbuf_release(&p.names);
	return ret;
}

/* Is @word in the line, not as a part of a longer one? */
static bool has_word(const char *line, const char *word)
{
	size_t n = strlen(word);
	const char *p;

	for (p = strstr(line, word); p; p = strstr(p + 1, word)) {
		bool starts = p == line || (!isalnum((unsigned char)p[-1]) &&
					    !strchr("_-.", p[-1]));

		/* "openssl/" goes on; "gcc" must not be gcc.c or gcc-12. */
		if (starts && (word[n - 1] == '/' ||
			       (!isalnum((unsigned char)p[n]) &&
				!strchr("_.-/", p[n] ? p[n] : ' '))))
			return true;
	}
	return false;
}

static void hint_line(struct packages *p, const char *line)
{
	size_t i;

	if (!strstr(line, "not found") && !strstr(line, "No such file"))
		return;
	for (i = 0; i < ARRAY_SIZE(hints); i++) {
		if (has_word(line, hints[i].word))
			packages_add(p, hints[i].package);
	}
}

/* Where the last @nr lines of @log begin. */
static const char *last_lines(const char *log, int nr)
{
	const char *p = log + strlen(log);

	if (p > log && p[-1] == '\n')
		p--;
	for (; p > log; p--) {
		if (p[-1] == '\n' && !--nr)
			break;
	}
	return p;
}

/* What is done and where, and that a make above failed because one did. */
static bool is_chatter(const char *line)
{
	if (!strncmp(line, "  ", 2))
		return isupper((unsigned char)line[2]);
	return !strncmp(line, "make", 4) &&
	       (strstr(line, ": Entering directory '") ||
		strstr(line, ": Leaving directory '") ||
		strstr(line, ": *** ["));
}

void kbuild_explain_log(const char *log, struct strbuf *out)
{
	struct packages p = { STRBUF_INIT };
	struct strbuf said = STRBUF_INIT;
	const char *line, *end;

	for (line = log; *line; line = *end ? end + 1 : end) {
		char *copy;

		end = line + strcspn(line, "\n");
		copy = xstrndup(line, end - line);
		hint_line(&p, copy);
		if (!is_chatter(copy))
			strbuf_addf(&said, "%s\n", copy);
		free(copy);
	}
	line = last_lines(said.len ? said.buf : log, LOG_LINES);
	if (*line)
		strbuf_addf(out, "\n%s%s", line,
			    line[strlen(line) - 1] == '\n' ? "" : "\n");
	if (p.names.len)
		strbuf_addf(out,
			    "%sThis looks like a missing package; on "
			    "Debian, 'apt install %s' installs it.",
			    *line ? "" : "\n", p.names.buf);
	else if (out->len && out->buf[out->len - 1] == '\n')
		out->buf[--out->len] = '\0';
	strbuf_release(&said);
	strbuf_release(&p.names);
}

int kbuild_make_failed(struct strbuf *err, const char *what, int status,
		       const struct strbuf *log)
{
	if (status < 0)
		strbuf_addf(err,
			    "make cannot be run to %s: %s; install the "
			    "package make",
			    what, strerror(-status));
	else
		strbuf_addf(err,
			    "make failed to %s (status %d); the end of "
			    "what it printed:",
			    what, status);
	kbuild_explain_log(log->buf, err);
	return -EIO;
}
