// SPDX-License-Identifier: GPL-2.0-only
/*
 * Filling old/ and new/ from commits. All blobs are asked for in one run of
 * git cat-file, whose answers come in the order of the questions.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "gate/patch-blobs.h"
#include "report/plain.h"

/* One line of git diff --raw -z. */
struct raw_line {
	char old_mode[7], new_mode[7];
	char *old_id, *new_id;
	const char *path;
};

struct wanted {
	const char *dir; /* s->old or s->new */
	const char *path;
};

struct blobs {
	struct scratch *s;
	const char *range;
	struct raw_line *lines;
	size_t nr_lines, alloc_lines;
	struct wanted *wanted;
	size_t nr_wanted, alloc_wanted;
	struct strbuf ids; /* a line each */
};

static int __printf(3, 4)
	complain(const struct blobs *b, int ret, const char *fmt, ...)
{
	va_list ap;

	strbuf_addstr(b->s->err, "range '");
	plain_add(b->s->err, b->range);
	strbuf_addstr(b->s->err, "': ");
	va_start(ap, fmt);
	strbuf_vaddf(b->s->err, fmt, ap);
	va_end(ap);
	return ret;
}

/* The same about a file: "range 'A..B': drivers/x.c has ...". */
static int __printf(4, 5) complain_of(const struct blobs *b, const char *path,
				      int ret, const char *fmt, ...)
{
	va_list ap;

	complain(b, ret, "%s", "");
	plain_add(b->s->err, path);
	va_start(ap, fmt);
	strbuf_vaddf(b->s->err, fmt, ap);
	va_end(ap);
	return ret;
}

static void blobs_release(struct blobs *b)
{
	size_t i;

	for (i = 0; i < b->nr_lines; i++) {
		free(b->lines[i].old_id);
		free(b->lines[i].new_id);
	}
	free(b->lines);
	free(b->wanted);
	strbuf_release(&b->ids);
}

/* ---- the list ---- */

/* ":100644 100644 ID ID M" NUL "drivers/x.c" NUL */
static const char *parse_line(struct blobs *b, const char *p, const char *end)
{
	const char *nul = memchr(p, '\0', end - p);
	struct raw_line line = { 0 };

	if (!nul ||
	    sscanf(p, ":%6[0-7] %6[0-7] %m[0-9a-f] %m[0-9a-f]", line.old_mode,
		   line.new_mode, &line.old_id, &line.new_id) != 4) {
		free(line.old_id);
		free(line.new_id);
		return NULL;
	}
	line.path = nul + 1;
	ALLOC_GROW(b->lines, b->nr_lines + 1, b->alloc_lines);
	b->lines[b->nr_lines++] = line;
	nul = memchr(line.path, '\0', end - line.path);
	return nul ? nul + 1 : NULL;
}

static int parse(struct blobs *b, const struct strbuf *raw)
{
	const char *p = raw->buf, *end = p + raw->len;

	while (p && p < end)
		p = parse_line(b, p, end);
	if (!p)
		return complain(b, -EINVAL, "what git lists is not understood");
	return 0;
}

static bool is_link(const char *mode)
{
	return !strcmp(mode, "120000");
}

/* 100644, 100755 and the 100664 of old trees. */
static bool is_regular(const char *mode)
{
	return !strncmp(mode, "100", 3);
}

/* A link, a submodule: neither a file nor nothing. */
static bool is_odd(const char *mode)
{
	return !is_regular(mode) && strcmp(mode, "000000");
}

static int check_path(const struct blobs *b, const char *path)
{
	struct strbuf why = STRBUF_INIT;
	int ret = name_check(path, &why);

	if (ret)
		complain(b, ret, "%s; such commits are not looked at", why.buf);
	strbuf_release(&why);
	return ret;
}

static int check_number(const struct blobs *b, size_t nr)
{
	if (nr <= b->s->limits->files)
		return 0;
	return complain(b, -E2BIG,
			"more than %u files differ, between the commits or "
			"from the working tree; check out the one and name "
			"fewer commits",
			b->s->limits->files);
}

/* ---- contents ---- */

static void want(struct blobs *b, const char *dir, const char *path,
		 const char *id)
{
	ALLOC_GROW(b->wanted, b->nr_wanted + 1, b->alloc_wanted);
	b->wanted[b->nr_wanted++] = (struct wanted){ .dir = dir, .path = path };
	strbuf_addf(&b->ids, "%s\n", id);
}

/* The next answer: "ID blob SIZE\nCONTENT\n". */
static int take_blob(struct blobs *b, const struct wanted *w, const char **p,
		     const char *end)
{
	const char *nl = memchr(*p, '\n', end - *p);
	unsigned long long size;
	int ret;

	if (!nl || sscanf(*p, "%*s blob %llu", &size) != 1 ||
	    size >= (unsigned long long)(end - nl - 1))
		return complain_of(b, w->path, -EINVAL,
				   ": its content is not in the git tree; "
				   "fetch it");
	if (size > b->s->limits->file_bytes)
		return complain_of(
			b, w->path, -E2BIG,
			" has %llu bytes, more than the %llu that a "
			"file may have",
			size, (unsigned long long)b->s->limits->file_bytes);
	ret = scratch_write(b->s, w->dir, w->path, nl + 1, size);
	*p = nl + 1 + size + 1;
	return ret;
}

static int run_cat_file(struct blobs *b, const char *ids, struct strbuf *out)
{
	struct git git = tree_git(b->s);
	struct make_args args = { 0 };
	struct strbuf msg = STRBUF_INIT;
	int ret;

	git.input = ids;
	git.max_output = b->s->limits->all_bytes;
	make_args_add(&args, "cat-file");
	make_args_add(&args, "--batch");
	ret = git_run(&git, &args, out, &msg, NULL);
	if (ret)
		ret = complain(b, ret < 0 ? ret : -EINVAL,
			       "contents cannot be read: %s", msg.buf);
	make_args_release(&args);
	strbuf_release(&msg);
	return ret;
}

static int read_blobs(struct blobs *b)
{
	char *ids = xasprintf("%s/ids", b->s->in);
	struct strbuf out = STRBUF_INIT;
	const char *p, *end;
	size_t i;
	int ret = 0;

	if (b->nr_wanted)
		ret = scratch_write(b->s, b->s->in, "ids", b->ids.buf,
				    b->ids.len);
	if (!ret && b->nr_wanted)
		ret = run_cat_file(b, ids, &out);
	p = out.buf;
	end = p + out.len;
	for (i = 0; !ret && i < b->nr_wanted; i++)
		ret = take_blob(b, &b->wanted[i], &p, end);
	strbuf_release(&out);
	free(ids);
	return ret;
}

/* ---- both ways ---- */

static int want_between(struct blobs *b, const struct raw_line *l)
{
	int ret = check_path(b, l->path);

	if (ret)
		return ret;
	if (is_link(l->old_mode) || is_link(l->new_mode))
		return complain_of(b, l->path, -EINVAL,
				   " is made, changed or deleted as a symbolic "
				   "link; such ranges are not looked at");
	if (name_is_attributes(l->path))
		return 0;
	if (is_regular(l->old_mode))
		want(b, b->s->old, l->path, l->old_id);
	if (is_regular(l->new_mode))
		want(b, b->s->new, l->path, l->new_id);
	return 0;
}

int blobs_between(struct scratch *s, const char *range,
		  const struct strbuf *raw)
{
	struct blobs b = { .s = s, .range = range, .ids = STRBUF_INIT };
	int ret = parse(&b, raw);
	size_t i;

	if (!ret)
		ret = check_number(&b, b.nr_lines);
	for (i = 0; !ret && i < b.nr_lines; i++)
		ret = want_between(&b, &b.lines[i]);
	if (!ret)
		ret = read_blobs(&b);
	blobs_release(&b);
	return ret;
}

/*
 * The working tree's side is read from the disk, and may be the same after all.
 * A link there, or one in the commit, is of no concern to the analysis unless
 * the range changes it, which was found out before.
 */
static int want_state(struct blobs *b, const struct raw_line *l)
{
	struct strbuf text = STRBUF_INIT, why = STRBUF_INIT;
	int ret = check_path(b, l->path);

	if (ret || name_is_attributes(l->path) || is_odd(l->old_mode) ||
	    is_odd(l->new_mode))
		return ret;
	if (is_regular(l->old_mode))
		want(b, b->s->new, l->path, l->old_id);
	ret = tree_read(b->s, l->path, &text, &why);
	if (!ret)
		ret = scratch_write(b->s, b->s->old, l->path, text.buf,
				    text.len);
	else if (ret == -ENOENT)
		ret = 0;
	else
		complain(b, ret, "%s", why.buf);
	strbuf_release(&text);
	strbuf_release(&why);
	return ret;
}

int blobs_state(struct scratch *s, const char *range, const struct strbuf *raw)
{
	struct blobs b = { .s = s, .range = range, .ids = STRBUF_INIT };
	int ret = parse(&b, raw);
	size_t i;

	if (!ret)
		ret = check_number(&b, b.nr_lines);
	for (i = 0; !ret && i < b.nr_lines; i++)
		ret = want_state(&b, &b.lines[i]);
	if (!ret)
		ret = read_blobs(&b);
	blobs_release(&b);
	return ret;
}
