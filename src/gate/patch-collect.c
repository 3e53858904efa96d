// SPDX-License-Identifier: GPL-2.0-only
/*
 * What differs between old/ and new/: git diff says it, in one run. Its raw
 * lines name the files; of the patch behind them only the lines that begin a
 * file and those that begin a hunk are looked at. There is no context, so no
 * line of a file looks like either.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/patch-internal.h"

struct collect {
	struct scratch *s;
	struct patch_set *set;
	struct strbuf text; /* of git diff */
	uint32_t *order; /* git's N-th file is set->changes[order[N]], or
			    UINT32_MAX when that is none */
	size_t nr, alloc;
};

static struct change *add_change(struct collect *c, enum change_kind kind,
				 const char *path)
{
	struct patch_set *set = c->set;
	struct change *ch;

	ALLOC_GROW(set->changes, set->nr + 1, set->alloc);
	ch = &set->changes[set->nr++];
	*ch = (struct change){ .kind = kind, .path = xstrdup(path) };
	if (kind != CHANGE_DELETED)
		ch->content = xasprintf("%s/%s", c->s->new, path);
	return ch;
}

static bool is_file(const char *dir, const char *name)
{
	char *path = xasprintf("%s/%s", dir, name);
	struct stat st;
	bool is = !lstat(path, &st) && S_ISREG(st.st_mode);

	free(path);
	return is;
}

/* ---- renames that the patches tell of ---- */

static int make_parents(char *path, size_t from)
{
	char *p;
	int ret = 0;

	for (p = strchr(path + from, '/'); p && !ret; p = strchr(p + 1, '/')) {
		*p = '\0';
		if (mkdir(path, 0700) && errno != EEXIST)
			ret = -errno;
		*p = '/';
	}
	return ret;
}

/*
 * Have the old content stand under the new name, so that git compares the two
 * however little they have in common. What stands in the way of that are files
 * where directories are needed: then it is an addition and a deletion.
 */
static bool move_old(const struct scratch *s, const char *from, const char *to)
{
	char *old = xasprintf("%s/%s", s->old, from);
	char *new = xasprintf("%s/%s", s->old, to);
	bool done = !make_parents(new, strlen(s->old) + 1) && !rename(old, new);

	free(old);
	free(new);
	return done;
}

static void take_rename(struct collect *c, const struct named *f)
{
	const struct scratch *s = c->s;

	/* gone: renamed; still there: copied, and the copy is a new file */
	if (!f->origin || f->in_tree || !is_file(s->new, f->path) ||
	    is_file(s->new, f->origin) || !is_file(s->old, f->origin))
		return;
	if (move_old(s, f->origin, f->path))
		add_change(c, CHANGE_RENAMED, f->path)->old_path =
			xstrdup(f->origin);
}

/* ---- what git says ---- */

/* "old/drivers/x.c" or "new/drivers/x.c" without the first part. */
static const char *strip(const char *path)
{
	const char *slash = strchr(path, '/');

	return slash ? slash + 1 : path;
}

static uint32_t find_renamed(const struct collect *c, const char *path)
{
	uint32_t i;

	for (i = 0; i < c->set->nr; i++)
		if (c->set->changes[i].kind == CHANGE_RENAMED &&
		    !strcmp(c->set->changes[i].path, path))
			return i;
	return UINT32_MAX;
}

/* One raw line: ":100644 100644 SHA SHA M" and its one or two names. */
static int take_raw(struct collect *c, char letter, const char *path,
		    const char *path2)
{
	uint32_t nr = c->set->nr;

	switch (letter) {
	case 'A':
		add_change(c, CHANGE_ADDED, path);
		break;
	case 'D':
		add_change(c, CHANGE_DELETED, path);
		break;
	case 'M':
		nr = find_renamed(c, path);
		if (nr == UINT32_MAX) {
			nr = c->set->nr;
			add_change(c, CHANGE_MODIFIED, path);
		}
		break;
	case 'R':
		add_change(c, CHANGE_RENAMED, path2)->old_path = xstrdup(path);
		break;
	default:
		return -EINVAL;
	}
	ALLOC_GROW(c->order, c->nr + 1, c->alloc);
	c->order[c->nr++] = nr;
	return 0;
}

static const char *next_field(const char **p, const char *end)
{
	const char *field = *p, *nul = memchr(field, '\0', end - field);

	if (!nul)
		return NULL;
	*p = nul + 1;
	return field;
}

/* Return: where the patch begins, or NULL. */
static const char *take_raw_lines(struct collect *c)
{
	const char *p = c->text.buf, *end = p + c->text.len;

	while (p < end && *p == ':') {
		const char *head = next_field(&p, end), *letter, *path, *path2;

		letter = head ? strrchr(head, ' ') : NULL;
		path = next_field(&p, end);
		if (!letter || !path)
			return NULL;
		path2 = letter[1] == 'R' ? next_field(&p, end) : path;
		if (!path2 || take_raw(c, letter[1], strip(path), strip(path2)))
			return NULL;
	}
	/* one more NUL parts the two */
	return p < end ? p + 1 : p;
}

static void add_range(struct change *ch, uint32_t first, uint32_t nr)
{
	size_t alloc = ch->nr_ranges;

	/* grown in steps of half: rebuilt from the number that is there */
	if (!(alloc & (alloc - 1)))
		ch->ranges = xrealloc(ch->ranges, (alloc ? 2 * alloc : 1) *
							  sizeof(*ch->ranges));
	ch->ranges[ch->nr_ranges++] =
		(struct line_range){ .first = first, .nr = nr };
}

/* "@@ -1,2 +3,4 @@" */
static void take_hunk(struct change *ch, const char *line)
{
	const char *plus = strchr(line, '+');
	unsigned long first, nr = 1;
	char *end;

	if (!plus)
		return;
	first = strtoul(plus + 1, &end, 10);
	if (*end == ',')
		nr = strtoul(end + 1, NULL, 10);
	if (nr || ch->kind != CHANGE_DELETED)
		add_range(ch, first, nr);
}

static int take_hunks(struct collect *c, const char *p)
{
	const char *end = c->text.buf + c->text.len, *nl;
	size_t file = 0;

	for (; p < end; p = nl + 1) {
		nl = memchr(p, '\n', end - p);
		if (!nl)
			nl = end;
		if (!strncmp(p, "diff --git ", 11)) {
			if (++file > c->nr)
				return -EINVAL;
		} else if (file && !strncmp(p, "@@ ", 3)) {
			take_hunk(&c->set->changes[c->order[file - 1]], p);
		}
	}
	return file == c->nr ? 0 : -EINVAL;
}

static int run_diff(struct collect *c, bool renames, struct strbuf *msg)
{
	static const char *const words[] = { "diff",
					     "--no-index",
					     "--no-ext-diff",
					     "--no-textconv",
					     "--no-color",
					     "--text",
					     "--raw",
					     "--no-abbrev",
					     "--patch",
					     "--unified=0",
					     "--inter-hunk-context=0",
					     "-z" };
	struct git git = scratch_git(c->s, c->s->dir);
	struct make_args args = { 0 };
	size_t i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		make_args_add(&args, "%s", words[i]);
	make_args_add(&args, renames ? "--find-renames" : "--no-renames");
	make_args_add(&args, "--src-prefix=a/");
	make_args_add(&args, "--dst-prefix=b/");
	make_args_add(&args, "old");
	make_args_add(&args, "new");
	ret = git_run(&git, &args, &c->text, msg, NULL);
	make_args_release(&args);
	/* 1 only says that they differ */
	return ret == 1 ? 0 : ret > 0 ? -EIO : ret;
}

static int by_path(const void *a, const void *b)
{
	const struct change *l = a, *r = b;

	return strcmp(l->path, r->path);
}

int scratch_collect(struct scratch *s, struct patch_set *set, bool renames)
{
	struct collect c = { .s = s, .set = set, .text = STRBUF_INIT };
	struct strbuf msg = STRBUF_INIT;
	const char *hunks;
	size_t i;
	int ret;

	for (i = 0; renames && i < s->nr; i++)
		take_rename(&c, &s->files[i]);
	ret = run_diff(&c, renames, &msg);
	if (!ret) {
		hunks = take_raw_lines(&c);
		ret = hunks ? take_hunks(&c, hunks) : -EINVAL;
	}
	if (ret)
		strbuf_addf(s->err,
			    "what the patch changes could not be told: %s",
			    msg.len ? msg.buf : "git diff is not understood");
	if (set->nr)
		qsort(set->changes, set->nr, sizeof(*set->changes), by_path);
	strbuf_release(&c.text);
	strbuf_release(&msg);
	free(c.order);
	return ret;
}
