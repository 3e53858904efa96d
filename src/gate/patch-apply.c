// SPDX-License-Identifier: GPL-2.0-only
/*
 * Applying one patch in the scratch directory: ask git which files it names,
 * look at each of these names, put copies of the files there, and let git do
 * it.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/patch-list.h"
#include "report/plain.h"

struct apply {
	struct scratch *s;
	const struct piece *piece;
	int level; /* -p */
	struct strbuf *err;
	struct name_list names;
};

static int __printf(3, 4)
	complain(const struct apply *a, int ret, const char *fmt, ...)
{
	va_list ap;

	strbuf_addf(a->err, "%s: ", a->piece->label);
	va_start(ap, fmt);
	strbuf_vaddf(a->err, fmt, ap);
	va_end(ap);
	return ret;
}

/* ---- files ---- */

static struct named *named_find(const struct scratch *s, const char *path)
{
	uint32_t nr = interner_find(&s->names, path);

	return nr == UINT32_MAX || !nr ? NULL : &s->files[nr - 1];
}

static int check_sizes(const struct apply *a)
{
	const struct scratch *s = a->s;
	const struct patch_limits *l = s->limits;

	if (s->nr > l->files)
		return complain(a, -E2BIG,
				"names more than the %u files that all patches "
				"together may touch",
				l->files);
	if (s->old_bytes > l->all_bytes || s->new_bytes > l->all_bytes)
		return complain(a, -E2BIG,
				"with it the files that are touched have more "
				"than %llu bytes",
				(unsigned long long)l->all_bytes);
	return 0;
}

/* Put a file where git will look for it, unless an earlier patch has. */
static int take(struct apply *a, const char *path)
{
	struct strbuf text = STRBUF_INIT, why = STRBUF_INIT;
	struct scratch *s = a->s;
	struct named *f;
	int ret;

	if (named_find(s, path))
		return 0;
	ALLOC_GROW(s->files, s->nr + 1, s->alloc);
	f = &s->files[s->nr++];
	*f = (struct named){ .path = xstrdup(path) };
	interner_addstr(&s->names, path);
	ret = tree_read(s, path, &text, &why);
	if (ret == -ENOENT) {
		ret = 0;
	} else if (ret) {
		complain(a, ret, "%s", why.buf);
	} else {
		f->in_tree = true;
		f->bytes = text.len;
		s->old_bytes += text.len;
		s->new_bytes += text.len;
		ret = scratch_write(s, s->old, path, text.buf, text.len);
		if (!ret)
			ret = scratch_write(s, s->new, path, text.buf,
					    text.len);
	}
	strbuf_release(&text);
	strbuf_release(&why);
	return ret ? ret : check_sizes(a);
}

/* A file of the tree where the patch wants a directory, out of its sight. */
static int check_parents(const struct apply *a, const char *path)
{
	struct stat st;
	char *copy = xstrdup(path), *slash;
	int ret = 0;

	for (slash = strchr(copy, '/'); slash && !ret;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (!named_find(a->s, copy) &&
		    !fstatat(a->s->tree_fd, copy, &st, AT_SYMLINK_NOFOLLOW) &&
		    !S_ISDIR(st.st_mode)) {
			complain(a, -ESTALE, "does not apply: ");
			plain_add(a->err, copy);
			strbuf_addstr(a->err, " is no directory in the tree");
			ret = -ESTALE;
		}
		*slash = '/';
	}
	free(copy);
	return ret;
}

static int check_pair(const struct apply *a, const struct name_pair *pair)
{
	struct strbuf why = STRBUF_INIT;
	int ret = name_check(pair->old, &why);

	if (!ret)
		ret = name_check(pair->new, &why);
	if (ret)
		complain(a, ret, "%s; such patches are not applied", why.buf);
	else if (name_is_attributes(pair->old) != name_is_attributes(pair->new))
		ret = complain(a, -EINVAL,
			       "it makes .gitattributes of another file, or "
			       "another file of it; such patches are not "
			       "applied");
	strbuf_release(&why);
	return ret;
}

static bool is_there(const struct apply *a, const char *name)
{
	char *path = xasprintf("%s/%s", a->s->new, name);
	bool there = !access(path, F_OK);

	free(path);
	return there;
}

/*
 * Without one file of the tree in it nothing tells that names are to be taken
 * as they are: new files would find a place anywhere.
 */
static int check_level(const struct apply *a)
{
	size_t i;

	for (i = 0; a->level == 0 && i < a->names.nr; i++)
		if (is_there(a, a->names.list[i].old))
			return 0;
	return a->level ? 0 : -ESTALE;
}

static int take_all(struct apply *a)
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < a->names.nr; i++)
		ret = check_pair(a, &a->names.list[i]);
	for (i = 0; !ret && i < a->names.nr; i++) {
		const struct name_pair *pair = &a->names.list[i];

		if (name_is_attributes(pair->new))
			continue;
		ret = take(a, pair->old);
		if (!ret)
			ret = take(a, pair->new);
	}
	for (i = 0; !ret && i < a->names.nr; i++)
		ret = check_parents(a, a->names.list[i].new);
	return ret;
}

/* ---- git apply ---- */

static void add_exclude(struct make_args *args, const char *name)
{
	struct strbuf pattern = STRBUF_INIT;

	for (; *name; name++) {
		if (strchr("*?[\\", *name))
			strbuf_addch(&pattern, '\\');
		strbuf_addch(&pattern, *name);
	}
	make_args_add(args, "--exclude=%s", pattern.buf);
	strbuf_release(&pattern);
}

static bool has_binaries(const struct apply *a)
{
	size_t i;

	for (i = 0; i < a->names.nr; i++)
		if (a->names.list[i].binary)
			return true;
	return false;
}

/*
 * Return: 0, 1 when it does not apply, 128 when git makes nothing of it; or
 * -errno.
 */
static int run_apply(const struct apply *a, const char *how, bool binaries,
		     struct strbuf *msg, struct strbuf *log)
{
	struct git git = scratch_git(a->s, a->s->new);
	struct make_args args = { 0 };
	size_t i;
	int ret;

	git.input = a->piece->path;
	make_args_add(&args, "apply");
	make_args_add(&args, "-p%d", a->level);
	make_args_add(&args, "--whitespace=nowarn");
	for (i = 0; i < a->names.nr; i++) {
		const struct name_pair *pair = &a->names.list[i];

		if (name_is_attributes(pair->new) ||
		    (pair->binary && !binaries))
			add_exclude(&args, pair->new);
	}
	if (how)
		make_args_add(&args, "%s", how);
	if (how && !strcmp(how, "-R"))
		make_args_add(&args, "--check");
	ret = git_run(&git, &args, NULL, msg, log);
	make_args_release(&args);
	return ret;
}

static void note_binaries(const struct apply *a)
{
	struct strbuf note = STRBUF_INIT;
	size_t i;

	for (i = 0; i < a->names.nr; i++) {
		if (!a->names.list[i].binary)
			continue;
		strbuf_reset(&note);
		strbuf_addf(&note, "%s: ", a->piece->label);
		plain_add(&note, a->names.list[i].new);
		strbuf_addstr(&note, " is a binary file whose new content the "
				     "patch does not hold; it was passed over");
		string_list_add(a->s->notes, note.buf);
	}
	strbuf_release(&note);
}

static bool is_applied_already(const struct apply *a)
{
	struct strbuf msg = STRBUF_INIT;
	int ret = run_apply(a, "-R", true, &msg, NULL);

	strbuf_release(&msg);
	return !ret;
}

/* "error: patch failed: drivers/x.c:12": the file, and the line in *@line. */
static char *failed_hunk(const char *log, unsigned long *line)
{
	static const char mark[] = "error: patch failed: ";
	const char *p = strstr(log, mark), *end, *colon;

	if (!p)
		return NULL;
	p += strlen(mark);
	end = p + strcspn(p, "\n");
	colon = memrchr(p, ':', end - p);
	if (!colon)
		return NULL;
	*line = strtoul(colon + 1, NULL, 10);
	return xstrndup(p, colon - p);
}

static int does_not_apply(const struct apply *a, const char *msg,
			  const char *log)
{
	unsigned long line;
	char *file;

	if (is_applied_already(a))
		return complain(a, -ESTALE,
				"does not apply: the tree has it already; "
				"name a tree from before it");
	file = failed_hunk(log, &line);
	complain(a, -ESTALE, "does not apply: ");
	if (file) {
		plain_add(a->err, file);
		strbuf_addf(a->err,
			    ", the hunk at line %lu: the lines that it expects "
			    "are not there",
			    line);
	} else {
		strbuf_addstr(a->err, msg);
	}
	strbuf_addstr(a->err, "; name the tree that it was made for, or the "
			      "patches that come before it");
	free(file);
	return -ESTALE;
}

/* What became of git's try, in our words. */
static int judge(const struct apply *a, int ret, const char *msg,
		 const char *log)
{
	if (!ret)
		return 0;
	if (strstr(log, "No space left on device"))
		return complain(a, -ENOSPC,
				"no space is left in %s; name another place "
				"with TMPDIR",
				a->s->dir);
	if (ret == 1)
		return does_not_apply(a, msg, log);
	if (ret > 0)
		return complain(a, -EINVAL, "is no patch that git applies: %s",
				msg);
	if (ret == -E2BIG)
		return complain(a, ret, "was not applied: %s", msg);
	return complain(a, ret, "%s", msg);
}

static int run(struct apply *a)
{
	struct strbuf msg = STRBUF_INIT, log = STRBUF_INIT;
	int ret = run_apply(a, NULL, true, &msg, &log);

	if (ret > 0 && has_binaries(a)) {
		struct strbuf msg2 = STRBUF_INIT, log2 = STRBUF_INIT;

		if (!run_apply(a, NULL, false, &msg2, &log2)) {
			note_binaries(a);
			ret = 0;
		}
		strbuf_release(&msg2);
		strbuf_release(&log2);
	}
	ret = judge(a, ret, msg.buf, log.buf);
	strbuf_release(&msg);
	strbuf_release(&log);
	return ret;
}

/* ---- what came of it ---- */

static int look_at(struct apply *a, const char *name)
{
	char *path = xasprintf("%s/%s", a->s->new, name);
	struct named *f = named_find(a->s, name);
	struct stat st = { 0 };
	int ret = 0;

	if (lstat(path, &st))
		st.st_size = 0;
	else if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		ret = complain(a, -EINVAL, "makes what is no regular file");
	else if (S_ISDIR(st.st_mode))
		st.st_size = 0;
	else if ((uint64_t)st.st_size > a->s->limits->file_bytes)
		ret = complain(a, -E2BIG,
			       "makes a file of %llu bytes, more than the %llu "
			       "that one may have",
			       (unsigned long long)st.st_size,
			       (unsigned long long)a->s->limits->file_bytes);
	else
		chmod(path, 0600); /* a mode is no change */
	if (f) {
		a->s->new_bytes += st.st_size - f->bytes;
		f->bytes = st.st_size;
	}
	free(path);
	return ret;
}

/* Where of the tree the content of a file came from, by renames and copies. */
static void set_origin(struct apply *a, const struct name_pair *pair)
{
	struct named *from = named_find(a->s, pair->old);
	struct named *to = named_find(a->s, pair->new);
	const char *origin;

	if (!from || !to || from == to || to->in_tree)
		return;
	origin = from->in_tree ? from->path : from->origin;
	free(to->origin);
	to->origin = origin ? xstrdup(origin) : NULL;
}

static int look_at_all(struct apply *a)
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < a->names.nr; i++) {
		const struct name_pair *pair = &a->names.list[i];

		ret = look_at(a, pair->old);
		if (!ret && strcmp(pair->old, pair->new))
			ret = look_at(a, pair->new);
		if (!ret)
			set_origin(a, pair);
	}
	return ret ? ret : check_sizes(a);
}

static int apply_level(struct apply *a)
{
	struct strbuf msg = STRBUF_INIT;
	int ret = name_list_read(&a->names, a->s, a->piece, a->level, &msg);

	if (ret == -EINVAL)
		complain(a, ret, "is not a patch: %s", msg.buf);
	else if (ret == -EPERM)
		ret = complain(a, -EINVAL,
			       "it makes or changes a symbolic link or a "
			       "submodule; such patches are not applied");
	else if (ret == -E2BIG)
		complain(a, ret, "was not applied: %s", msg.buf);
	else if (ret && ret != -ENODATA)
		complain(a, ret, "%s", msg.buf);
	strbuf_release(&msg);
	if (!ret)
		ret = take_all(a);
	if (!ret)
		ret = check_level(a);
	if (!ret)
		ret = run(a);
	return ret ? ret : look_at_all(a);
}

/* Patches without a/ and b/ are rare: only when the usual way fails. */
int piece_apply(struct scratch *s, const struct piece *piece)
{
	struct strbuf err = STRBUF_INIT, err0 = STRBUF_INIT;
	struct apply a = { .s = s, .piece = piece, .level = 1, .err = &err };
	int ret = apply_level(&a), ret0 = ret;

	name_list_release(&a.names);
	if (ret == -EINVAL || ret == -ESTALE) {
		a.level = 0;
		a.err = &err0;
		ret0 = apply_level(&a);
		name_list_release(&a.names);
	}
	if (!ret0)
		ret = 0;
	else
		strbuf_addstr(s->err, err.buf);
	strbuf_release(&err);
	strbuf_release(&err0);
	return ret;
}
