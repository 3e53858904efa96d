// SPDX-License-Identifier: GPL-2.0-only
/*
 * kbuild runs make once for each directory, 1,900 times for a whole kernel, and
 * every one of them begins with include/config/auto.conf: 15,000 lines, of
 * which a directory's makefile names about three. That is half of the time that
 * listing takes. So make is given a copy of scripts/Makefile.build that reads,
 * for each directory, only the symbols that are named there or in kbuild's own
 * makefiles. What could name a symbol in another way (an include, a name that
 * is put together) gets all of them.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/hash.h"

#include "kbuild/lean.h"

#define DIRECTORY ".probewalk.d"
#define AUTO_CONF "include/config/auto.conf"
#define PREFIX	  "CONFIG_"

struct symbols {
	struct interner names; /* of what auto.conf sets */
	const char **line; /* by number; up to the newline */
	size_t alloc;
	uint32_t *seen; /* by number: the last round that took it */
	uint32_t round;
	uint32_t *common, nr_common; /* named by kbuild's own makefiles */
};

char *lean_path(const struct kbuild_job *job, const char *name)
{
	char *dir = xasprintf("%s/" DIRECTORY, job->objdir), *path;

	/* Without it the file cannot be written, and that is noticed. */
	mkdir(dir, 0777);
	path = xasprintf("%s/%s", dir, name);
	free(dir);
	return path;
}

void lean_remove(const struct kbuild_job *job)
{
	char *path = xasprintf("%s/" DIRECTORY, job->objdir);
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			unlinkat(dirfd(dir), entry->d_name, 0);
	if (dir) {
		closedir(dir);
		rmdir(path);
	}
	free(path);
}

static size_t symbol_length(const char *s)
{
	size_t n = strlen(PREFIX);

	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n;
}

static void read_symbols(struct symbols *sym, const char *text)
{
	const char *p = text;

	for (; *p; p += strcspn(p, "\n"), p += *p == '\n') {
		uint32_t nr;

		if (strncmp(p, PREFIX, strlen(PREFIX)))
			continue;
		nr = interner_add(&sym->names, p, symbol_length(p));
		ALLOC_GROW(sym->line, (size_t)nr + 1, sym->alloc);
		sym->line[nr] = p;
	}
	sym->seen = xcalloc(sym->names.nr, sizeof(*sym->seen));
	sym->common = xcalloc(sym->names.nr, sizeof(*sym->common));
}

static void symbols_release(struct symbols *sym)
{
	interner_release(&sym->names);
	free(sym->line);
	free(sym->seen);
	free(sym->common);
}

/* The number of a symbol that this round did not have yet, or 0. */
static uint32_t take_symbol(struct symbols *sym, const char *name, size_t len)
{
	char *copy = xstrndup(name, len);
	uint32_t nr = interner_find(&sym->names, copy);

	free(copy);
	if (nr == UINT32_MAX || !nr || sym->seen[nr] == sym->round)
		return 0;
	sym->seen[nr] = sym->round;
	return nr;
}

static void add_symbols(struct symbols *sym, const char *text,
			void (*add)(struct symbols *sym, uint32_t nr,
				    void *data),
			void *data)
{
	const char *p = text;

	while ((p = strstr(p, PREFIX))) {
		size_t len = symbol_length(p);
		uint32_t nr = take_symbol(sym, p, len);

		if (nr)
			add(sym, nr, data);
		p += len;
	}
}

static void add_line(struct symbols *sym, uint32_t nr, void *data)
{
	const char *line = sym->line[nr];

	strbuf_add(data, line, strcspn(line, "\n"));
	strbuf_addch(data, '\n');
}

static void add_common(struct symbols *sym, uint32_t nr, void *data)
{
	(void)data;
	sym->common[sym->nr_common++] = nr;
}

/* Can @text name a symbol that does not stand in it? */
static bool is_opaque(const char *text)
{
	static const char *const words[] = { "include", PREFIX "$",
					     ".VARIABLES" };
	size_t i;
	const char *p;

	for (i = 1; i < ARRAY_SIZE(words); i++)
		if (strstr(text, words[i]))
			return true;
	for (p = strstr(text, words[0]); p; p = strstr(p + 1, words[0])) {
		const char *end = p + strlen(words[0]);
		bool word = p == text || strchr("-s \t\n(", p[-1]);

		if (word && (*end == ' ' || *end == '\t'))
			return true;
	}
	return false;
}

/* All of @name's files: Kbuild.include, Makefile.lib, ... */
static bool is_own(const char *name)
{
	return !strncmp(name, "Makefile.", strlen("Makefile.")) ||
	       !strcmp(name, "Kbuild.include");
}

static int read_common(struct symbols *sym, const struct kbuild_job *job)
{
	char *path = xasprintf("%s/scripts", job->tree);
	struct strbuf text = STRBUF_INIT;
	DIR *dir = opendir(path);
	struct dirent *entry;
	int ret = dir ? 0 : -errno;

	sym->round++;
	while (!ret && (entry = readdir(dir))) {
		char *file;

		if (!is_own(entry->d_name))
			continue;
		file = xasprintf("%s/%s", path, entry->d_name);
		strbuf_reset(&text);
		ret = strbuf_read_file(&text, file);
		free(file);
		if (!ret && strstr(text.buf, PREFIX "$"))
			ret = -EINVAL;
		if (!ret)
			add_symbols(sym, text.buf, add_common, NULL);
	}
	if (dir)
		closedir(dir);
	strbuf_release(&text);
	free(path);
	return ret;
}

/* "conf-drivers@base"; the makefile of ours makes the same of $(obj). */
static char *conf_path(const struct kbuild_job *job, const char *dir)
{
	char *name = xasprintf("conf-%s", *dir ? dir : "."), *p = name, *path;

	for (; *p; p++)
		if (*p == '/')
			*p = '@';
	path = lean_path(job, name);
	free(name);
	return path;
}

static int write_conf(struct symbols *sym, const struct kbuild_job *job,
		      const char *dir, const char *makefile)
{
	struct strbuf text = STRBUF_INIT, conf = STRBUF_INIT;
	int ret = strbuf_read_file(&text, makefile);
	char *path;
	uint32_t i;

	/* With no file of its own the directory gets them all. */
	if (!ret && !is_opaque(text.buf)) {
		sym->round++;
		for (i = 0; i < sym->nr_common; i++) {
			sym->seen[sym->common[i]] = sym->round;
			add_line(sym, sym->common[i], &conf);
		}
		add_symbols(sym, text.buf, add_line, &conf);
		path = conf_path(job, dir);
		ret = strbuf_write_file(&conf, path);
		free(path);
	}
	strbuf_release(&text);
	strbuf_release(&conf);
	return ret;
}

/* kbuild takes Kbuild when there are both. */
static bool is_makefile(const FTSENT *entry)
{
	bool second = !strcmp(entry->fts_name, "Makefile");
	char *dir, *kbuild;

	if (!second && strcmp(entry->fts_name, "Kbuild"))
		return false;
	if (!second)
		return true;
	dir = xstrndup(entry->fts_path,
		       entry->fts_pathlen - entry->fts_namelen);
	kbuild = xasprintf("%sKbuild", dir);
	second = !access(kbuild, F_OK);
	free(kbuild);
	free(dir);
	return !second;
}

static int write_confs(struct symbols *sym, const struct kbuild_job *job)
{
	char *const roots[] = { job->tree, NULL };
	FTS *fts =
		fts_open(roots, FTS_PHYSICAL | FTS_NOSTAT | FTS_NOCHDIR, NULL);
	size_t n = strlen(job->tree);
	FTSENT *entry;
	int ret = fts ? 0 : -errno;

	while (!ret && (entry = fts_read(fts))) {
		char *dir;

		if (entry->fts_info == FTS_D && entry->fts_level &&
		    (entry->fts_name[0] == '.' ||
		     !strcmp(entry->fts_path, job->objdir)))
			fts_set(fts, entry, FTS_SKIP);
		if (entry->fts_info == FTS_D || entry->fts_info == FTS_DP ||
		    !is_makefile(entry))
			continue;
		dir = xstrndup(entry->fts_path,
			       entry->fts_pathlen - entry->fts_namelen - 1);
		ret = write_conf(sym, job, dir[n] ? dir + n + 1 : "",
				 entry->fts_path);
		free(dir);
	}
	if (fts)
		fts_close(fts);
	return ret;
}

/* "include ...auto.conf" in Makefile.build, which may be called "-include". */
static const char *find_include(const char *text)
{
	static const char word[] = "include ";
	const char *p, *line;

	for (p = strstr(text, AUTO_CONF); p; p = strstr(p + 1, AUTO_CONF)) {
		for (line = p; line > text && line[-1] != '\n'; line--)
			;
		line += *line == '-';
		if (!strncmp(line, word, strlen(word)))
			return line;
	}
	return NULL;
}

bool lean_fits(const struct kbuild_job *job)
{
	char *source = xasprintf("%s/scripts/Makefile.build", job->tree);
	struct strbuf text = STRBUF_INIT;
	bool fits = !strbuf_read_file(&text, source) && find_include(text.buf);

	strbuf_release(&text);
	free(source);
	return fits;
}

/* What the top makefile is not to see holds in the directories. */
static void restore_unneeded(const struct symbols *sym, struct strbuf *out)
{
	size_t i;

	for (i = 0; kbuild_unneeded[i]; i++) {
		uint32_t nr = interner_find(&sym->names, kbuild_unneeded[i]);
		const char *line;

		if (nr == UINT32_MAX)
			continue;
		line = sym->line[nr];
		strbuf_addf(out, "\noverride %.*s", (int)strcspn(line, "\n"),
			    line);
	}
}

static int write_makefile(const struct symbols *sym,
			  const struct kbuild_job *job, const char *path)
{
	char *source = xasprintf("%s/scripts/Makefile.build", job->tree);
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
	int ret = strbuf_read_file(&text, source);
	const char *line = ret ? NULL : find_include(text.buf);
	char *conf = conf_path(job, "");

	if (!ret && !line)
		ret = -EINVAL;
	if (!ret) {
		size_t n = strcspn(line, "\n");

		conf[strlen(conf) - 1] = '\0';
		strbuf_addstr(&out, LEAN_HEAD);
		strbuf_add(&out, text.buf, line - text.buf);
		strbuf_addf(&out,
			    "include $(or $(wildcard %s$(subst /,@,$(obj))),"
			    "%.*s)",
			    conf, (int)(n - strlen("include ")),
			    line + strlen("include "));
		restore_unneeded(sym, &out);
		strbuf_addstr(&out, line + n);
		strbuf_addstr(&out, LEAN_FOOT);
		ret = strbuf_write_file(&out, path);
	}
	free(conf);
	free(source);
	strbuf_release(&text);
	strbuf_release(&out);
	return ret;
}

char *lean_write(const struct kbuild_job *job)
{
	char *conf = xasprintf("%s/" AUTO_CONF, job->objdir);
	char *path = lean_path(job, "Makefile.build");
	struct symbols sym = { 0 };
	struct strbuf text = STRBUF_INIT;
	int ret = strbuf_read_file(&text, conf);

	interner_init(&sym.names);
	if (!ret) {
		read_symbols(&sym, text.buf);
		ret = read_common(&sym, job);
	}
	if (!ret)
		ret = write_confs(&sym, job);
	if (!ret)
		ret = write_makefile(&sym, job, path);
	if (ret) {
		free(path);
		path = NULL;
	}
	symbols_release(&sym);
	strbuf_release(&text);
	free(conf);
	return path;
}
