// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which files a patch names. git tells the new names only, so it is asked a
 * second time for the reverse patch, whose new names are the old ones.
 */
#include <errno.h>
#include <string.h>

#include "gate/patch-list.h"

/* "3\t1\tNAME": what --numstat -z says of a file. */
struct stat_line {
	const char *plus, *minus, *name;
	size_t plus_len, minus_len;
};

struct stat_list {
	struct strbuf text;
	struct stat_line *list;
	size_t nr, alloc;
	const char *summary; /* behind the last NUL */
};

static void stat_list_release(struct stat_list *list)
{
	strbuf_release(&list->text);
	free(list->list);
}

static bool split_line(const char *s, struct stat_line *line)
{
	line->plus = s;
	line->plus_len = strcspn(s, "\t");
	if (!s[line->plus_len])
		return false;
	line->minus = s + line->plus_len + 1;
	line->minus_len = strcspn(line->minus, "\t");
	if (!line->minus[line->minus_len])
		return false;
	line->name = line->minus + line->minus_len + 1;
	return true;
}

static int split(struct stat_list *list)
{
	const char *p = list->text.buf, *end = p + list->text.len, *nul;
	struct stat_line line;

	while ((nul = memchr(p, '\0', end - p))) {
		if (!split_line(p, &line))
			return -EINVAL;
		ALLOC_GROW(list->list, list->nr + 1, list->alloc);
		list->list[list->nr++] = line;
		p = nul + 1;
	}
	list->summary = p;
	return 0;
}

static bool has_no_diff(const char *log)
{
	/* 2.35 changed its words */
	return strstr(log, "No valid patches in input") ||
	       strstr(log, "unrecognized input");
}

static int ask(const struct scratch *s, const struct piece *piece, int level,
	       bool reverse, struct stat_list *list, struct strbuf *msg)
{
	struct git git = scratch_git(s, s->new);
	struct make_args args = { 0 };
	struct strbuf log = STRBUF_INIT;
	int ret;

	git.input = piece->path;
	make_args_add(&args, "apply");
	make_args_add(&args, "-p%d", level);
	make_args_add(&args, "--numstat");
	make_args_add(&args, "--summary");
	make_args_add(&args, "-z");
	if (reverse)
		make_args_add(&args, "-R");
	ret = git_run(&git, &args, &list->text, msg, &log);
	if (ret > 0)
		ret = has_no_diff(log.buf) ? -ENODATA : -EINVAL;
	if (!ret)
		ret = split(list);
	make_args_release(&args);
	strbuf_release(&log);
	return ret;
}

/*
 * Links and submodules by their modes, which git names in lines that begin with
 * a blank. A file whose name holds such a line is refused for nothing, and
 * deserves it.
 */
static bool has_odd_mode(const char *summary)
{
	static const char *const modes[] = { "mode 120000 ", "mode 160000 ",
					     " => 120000 ",  " => 160000 ",
					     " 120000 => 1", " 160000 => 1",
					     "mode 040000 ", " => 040000 " };
	const char *line = summary;

	while (*line) {
		size_t len = strcspn(line, "\n"), i;

		for (i = 0; *line == ' ' && i < ARRAY_SIZE(modes); i++)
			if (memmem(line, len, modes[i], strlen(modes[i])))
				return true;
		line += len;
		line += *line == '\n';
	}
	return false;
}

static bool equal(const char *a, size_t a_len, const char *b, size_t b_len)
{
	return a_len == b_len && !memcmp(a, b, a_len);
}

/*
 * The reverse patch lists its files from the last to the first, but did not
 * before git 2.28. How many pairs do not change their names, by one of the two
 * orders? SIZE_MAX: it is the other.
 */
static size_t fit(const struct stat_list *to, const struct stat_list *from,
		  bool backwards)
{
	size_t i, nr = 0;

	for (i = 0; i < to->nr; i++) {
		const struct stat_line *t = &to->list[i];
		const struct stat_line *f =
			&from->list[backwards ? to->nr - 1 - i : i];

		if (!equal(t->plus, t->plus_len, f->minus, f->minus_len) ||
		    !equal(t->minus, t->minus_len, f->plus, f->plus_len))
			return SIZE_MAX;
		nr += strcmp(t->name, f->name) != 0;
	}
	return nr;
}

static int pair_up(struct name_list *list, const struct stat_list *to,
		   const struct stat_list *from)
{
	bool backwards;
	size_t i, there, back;

	if (to->nr != from->nr)
		return -EINVAL;
	there = fit(to, from, false);
	back = fit(to, from, true);
	if (there == SIZE_MAX && back == SIZE_MAX)
		return -EINVAL;
	backwards = back <= there;
	for (i = 0; i < to->nr; i++) {
		const struct stat_line *t = &to->list[i];

		ALLOC_GROW(list->list, list->nr + 1, list->alloc);
		list->list[list->nr++] = (struct name_pair){
			.old = xstrdup(
				from->list[backwards ? to->nr - 1 - i : i]
					.name),
			.new = xstrdup(t->name),
			.binary = *t->plus == '-',
		};
	}
	return 0;
}

int name_list_read(struct name_list *list, const struct scratch *s,
		   const struct piece *piece, int level, struct strbuf *msg)
{
	struct stat_list to = { .text = STRBUF_INIT };
	struct stat_list from = { .text = STRBUF_INIT };
	int ret = ask(s, piece, level, false, &to, msg);

	if (!ret)
		ret = ask(s, piece, level, true, &from, msg);
	if (!ret && (has_odd_mode(to.summary) || has_odd_mode(from.summary)))
		ret = -EPERM;
	if (!ret)
		ret = pair_up(list, &to, &from);
	if (ret == -EINVAL && !msg->len)
		strbuf_addstr(msg, "git cannot tell which files it names");
	stat_list_release(&to);
	stat_list_release(&from);
	return ret;
}

void name_list_release(struct name_list *list)
{
	while (list->nr) {
		list->nr--;
		free(list->list[list->nr].old);
		free(list->list[list->nr].new);
	}
	free(list->list);
	memset(list, 0, sizeof(*list));
}
