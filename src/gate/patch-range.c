// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commits of the user's own git tree. git compares names; contents are read as
 * blobs and put beside copies of what stands in the working tree, so that
 * nothing is ever checked out and no filter sees them. The index is a copy as
 * well: git likes to write what it learned into it.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gate/patch-blobs.h"
#include "report/plain.h"

struct range {
	const char *text; /* as given */
	char *from, *to; /* commits by their full names */
	struct make_args filters; /* switched off, by name */
	char *index; /* the copy */
};

static int __printf(4, 5) complain(struct scratch *s, const struct range *r,
				   int ret, const char *fmt, ...)
{
	va_list ap;

	strbuf_addstr(s->err, "range '");
	plain_add(s->err, r->text);
	strbuf_addstr(s->err, "': ");
	va_start(ap, fmt);
	strbuf_vaddf(s->err, fmt, ap);
	va_end(ap);
	return ret;
}

struct git tree_git(const struct scratch *s)
{
	struct git git = scratch_git(s, s->tree);

	git.config = GIT_CONFIG_USER;
	/* it maps packs, which may be of any size */
	git.max_memory = 0;
	git.max_file = 0;
	return git;
}

/* One line that git answers. Return: its exit status, or -errno. */
static int __printf(4, 5) ask(const struct scratch *s, struct strbuf *line,
			      struct strbuf *msg, const char *fmt, ...)
{
	struct make_args args = { 0 };
	struct git git = tree_git(s);
	const char *word;
	va_list ap;
	int ret;

	/* the words of the format, each a word of the command */
	va_start(ap, fmt);
	for (word = fmt; *word; word += strspn(word, " ")) {
		size_t len = strcspn(word, " ");

		if (len == 2 && !strncmp(word, "%s", 2))
			make_args_add(&args, "%s", va_arg(ap, const char *));
		else
			make_args_add(&args, "%.*s", (int)len, word);
		word += len;
	}
	va_end(ap);
	git.max_output = 1 << 20;
	ret = git_run(&git, &args, line, msg, NULL);
	if (line->len && line->buf[line->len - 1] == '\n')
		strbuf_setlen(line, line->len - 1);
	make_args_release(&args);
	return ret;
}

/* ---- which commits ---- */

/* The full name of a commit; @name may be empty: HEAD. */
static int resolve(struct scratch *s, const struct range *r, const char *name,
		   char **commit)
{
	struct strbuf line = STRBUF_INIT, msg = STRBUF_INIT;
	char *rev = xasprintf("%s^{commit}", *name ? name : "HEAD");
	int ret;

	if (*name == '-')
		ret = 128;
	else
		ret = ask(s, &line, &msg, "rev-parse --verify --quiet %s", rev);
	if (ret < 0) {
		complain(s, r, ret, "%s", msg.buf);
	} else if (ret || !line.len) {
		complain(s, r, 0, "there is no commit '");
		plain_add(s->err, *name ? name : "HEAD");
		strbuf_addf(s->err, "' in %s", s->tree);
		ret = -EINVAL;
	} else {
		*commit = strbuf_detach(&line);
	}
	strbuf_release(&line);
	strbuf_release(&msg);
	free(rev);
	return ret;
}

static int merge_base(struct scratch *s, struct range *r)
{
	struct strbuf line = STRBUF_INIT, msg = STRBUF_INIT;
	int ret = ask(s, &line, &msg, "merge-base %s %s", r->from, r->to);

	if (ret < 0)
		complain(s, r, ret, "%s", msg.buf);
	else if (ret || !line.len)
		ret = complain(s, r, -EINVAL,
			       "the two have no commit in common; fetch more "
			       "of the history, or name them as A..B");
	if (!ret) {
		free(r->from);
		r->from = strbuf_detach(&line);
	}
	strbuf_release(&line);
	strbuf_release(&msg);
	return ret;
}

static int resolve_range(struct scratch *s, struct range *r)
{
	const char *dots = strstr(r->text, "..");
	size_t nr = !dots ? 0 : dots[2] == '.' ? 3 : 2;
	char *from = dots ? xstrndup(r->text, dots - r->text)
			  : xstrdup(r->text);
	int ret;

	if (!*r->text)
		ret = complain(s, r, -EINVAL, "name commits, as A..B");
	else
		ret = resolve(s, r, from, &r->from);
	if (!ret)
		ret = resolve(s, r, dots ? dots + nr : "", &r->to);
	if (!ret && nr == 3)
		ret = merge_base(s, r);
	free(from);
	return ret;
}

static int check_tree(struct scratch *s, const struct range *r)
{
	struct strbuf line = STRBUF_INIT, msg = STRBUF_INIT;
	int ret = ask(s, &line, &msg, "rev-parse --show-prefix");

	if (ret < 0)
		complain(s, r, ret, "%s", msg.buf);
	else if (ret)
		ret = complain(s, r, -EINVAL,
			       "%s cannot be used as a git tree: %s", s->tree,
			       msg.buf);
	else if (line.len)
		ret = complain(s, r, -EINVAL,
			       "%s is a part of a git tree only; name the top "
			       "of it",
			       s->tree);
	strbuf_release(&line);
	strbuf_release(&msg);
	return ret;
}

/* ---- what git must not run or write ---- */

/* What -c sets ends its name at the first '=', and this one at the last. */
static void add_setting(struct make_args *args, const char *name, int len,
			const char *key, const char *value)
{
	if (!memchr(name, '=', len)) {
		make_args_add(args, "-c");
		make_args_add(args, "%.*s.%s=%s", len, name, key, value);
		return;
	}
	make_args_add(args, "--config-env=%.*s.%s=%s", len, name, key,
		      *value ? GIT_ENV_FALSE : GIT_ENV_EMPTY);
}

/* A filter of the user's configuration is asked for by a file of the tree. */
static int disarm_filters(struct scratch *s, struct range *r)
{
	static const char *const keys[] = { "clean", "smudge", "process" };
	struct strbuf names = STRBUF_INIT, msg = STRBUF_INIT;
	const char *p, *end;
	size_t i;
	int ret = ask(s, &names, &msg,
		      "config -z --name-only --get-regexp ^filter\\.");

	end = names.buf + names.len;
	for (p = names.buf; ret == 0 && p < end; p += strlen(p) + 1) {
		const char *dot = strrchr(p, '.');

		for (i = 0; i < ARRAY_SIZE(keys); i++)
			add_setting(&r->filters, p, dot - p, keys[i], "");
		add_setting(&r->filters, p, dot - p, "required", "false");
	}
	/* 1: there are none */
	if (ret < 0 || ret > 1)
		ret = complain(s, r, ret < 0 ? ret : -EINVAL,
			       "the configuration of git cannot be read: %s",
			       msg.buf);
	strbuf_release(&names);
	strbuf_release(&msg);
	return ret < 0 ? ret : 0;
}

static void add_filters(struct make_args *args, const struct range *r)
{
	int i;

	for (i = 0; i < r->filters.argc; i++)
		make_args_add(args, "%s", r->filters.argv[i]);
}

static int copy_index(struct scratch *s, struct range *r)
{
	struct strbuf path = STRBUF_INIT, msg = STRBUF_INIT;
	struct strbuf text = STRBUF_INIT;
	int ret = ask(s, &path, &msg, "rev-parse --git-path index");
	char *full;

	full = *path.buf == '/' ? xstrdup(path.buf)
				: xasprintf("%s/%s", s->tree, path.buf);
	r->index = xasprintf("%s/index", s->in);
	if (ret) {
		ret = complain(s, r, ret < 0 ? ret : -EINVAL,
			       "git does not say where the index of %s is: %s",
			       s->tree, msg.buf);
		goto out;
	}
	ret = strbuf_read_regular(&text, full);
	if (ret == -ENOENT)
		ret = complain(s, r, -EINVAL,
			       "%s has no index; check a commit out", s->tree);
	else if (ret)
		ret = complain(
			s, r, ret, "the index '%s' cannot be read: %s", full,
			ret == -EINVAL ? "it is no file" : strerror(-ret));
	else
		ret = scratch_write(s, s->in, "index", text.buf, text.len);
out:
	free(full);
	strbuf_release(&path);
	strbuf_release(&msg);
	strbuf_release(&text);
	return ret;
}

/* Files whose time has changed and nothing else would all be read below. */
static int refresh_index(struct scratch *s, struct range *r)
{
	struct make_args args = { 0 };
	struct git git = tree_git(s);
	struct strbuf msg = STRBUF_INIT;
	int ret;

	git.index = r->index;
	add_filters(&args, r);
	make_args_add(&args, "update-index");
	make_args_add(&args, "-q");
	make_args_add(&args, "--refresh");
	ret = git_run(&git, &args, NULL, &msg, NULL);
	if (ret < 0)
		complain(s, r, ret, "%s", msg.buf);
	make_args_release(&args);
	strbuf_release(&msg);
	/* 1: some files did change */
	return ret < 0 ? ret : 0;
}

/* ---- the sets ---- */

/* What git lists between two states, as blobs in old/ and new/. */
static int list_between(struct scratch *s, const struct range *r,
			const char *from, const char *to, struct strbuf *raw)
{
	struct make_args args = { 0 };
	struct git git = tree_git(s);
	struct strbuf msg = STRBUF_INIT;
	int ret;

	git.index = to ? NULL : r->index;
	add_filters(&args, r);
	make_args_add(&args, to ? "diff-tree" : "diff-index");
	if (to)
		make_args_add(&args, "-r");
	make_args_add(&args, "--raw");
	make_args_add(&args, "-z");
	make_args_add(&args, "--no-abbrev");
	make_args_add(&args, "--no-renames");
	make_args_add(&args, "--no-ext-diff");
	make_args_add(&args, "%s", from);
	if (to)
		make_args_add(&args, "%s", to);
	make_args_add(&args, "--");
	ret = git_run(&git, &args, raw, &msg, NULL);
	if (ret)
		ret = complain(s, r, ret < 0 ? ret : -EINVAL, "%s", msg.buf);
	make_args_release(&args);
	strbuf_release(&msg);
	return ret;
}

static int read_between(struct scratch *s, struct patch_set *set,
			const struct range *r)
{
	struct strbuf raw = STRBUF_INIT;
	int ret = list_between(s, r, r->from, r->to, &raw);

	if (!ret)
		ret = blobs_between(s, r->text, &raw);
	if (!ret)
		ret = scratch_collect(s, set, true);
	strbuf_release(&raw);
	return ret;
}

/* What the working tree lacks of a commit. */
static int read_state(struct patch_set *set, const char *tree,
		      const struct range *r, const char *commit,
		      const struct patch_limits *limits, struct strbuf *err)
{
	struct strbuf raw = STRBUF_INIT;
	struct scratch s;
	int ret = scratch_init(&s, set, tree, limits, err);

	if (!ret)
		ret = list_between(&s, r, commit, NULL, &raw);
	if (!ret)
		ret = blobs_state(&s, r->text, &raw);
	if (!ret)
		ret = scratch_collect(&s, set, false);
	scratch_release(&s);
	strbuf_release(&raw);
	return ret;
}

int patch_read_range(struct patch_set *base, struct patch_set *head,
		     struct patch_set *between, const char *tree,
		     const char *range, const struct patch_limits *limits,
		     struct strbuf *err)
{
	struct range r = { .text = range };
	struct scratch s;
	int ret = scratch_init(&s, between, tree, limits, err);

	if (!ret)
		ret = check_tree(&s, &r);
	if (!ret)
		ret = resolve_range(&s, &r);
	if (!ret)
		ret = disarm_filters(&s, &r);
	if (!ret)
		ret = read_between(&s, between, &r);
	if (!ret)
		ret = copy_index(&s, &r);
	if (!ret)
		ret = refresh_index(&s, &r);
	if (!ret)
		ret = read_state(base, tree, &r, r.from, limits, err);
	if (!ret)
		ret = read_state(head, tree, &r, r.to, limits, err);
	scratch_release(&s);
	make_args_release(&r.filters);
	free(r.from);
	free(r.to);
	free(r.index);
	return ret;
}
