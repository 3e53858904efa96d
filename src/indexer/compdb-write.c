// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writing compile_commands.json, a line a command. The file appears as a whole
 * or not at all: an indexer that reads half of it would forget the other half.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "indexer/compdb.h"

/* NULL when a word is not UTF-8, which JSON cannot say. */
static json_t *pack_command(const struct compile_cmd *cmd)
{
	json_t *args = json_array();
	int i;

	for (i = 0; i < cmd->argc; i++) {
		if (json_array_append_new(args, json_string(cmd->argv[i]))) {
			json_decref(args);
			return NULL;
		}
	}
	return json_pack("{s:s, s:s, s:s*, s:o}", "directory", cmd->directory,
			 "file", cmd->file, "output", cmd->output, "arguments",
			 args);
}

static int write_command(FILE *f, const struct compile_cmd *cmd, bool last)
{
	json_t *entry = pack_command(cmd);
	int ret;

	if (!entry)
		return -EILSEQ;
	ret = json_dumpf(entry, f, JSON_COMPACT);
	json_decref(entry);
	if (ret || fputs(last ? "\n" : ",\n", f) == EOF)
		return errno ? -errno : -EIO;
	return 0;
}

static int write_all(const struct compdb *db, FILE *f, struct strbuf *err,
		     const char *path)
{
	size_t i;
	int ret = 0;

	errno = 0;
	fputs("[\n", f);
	for (i = 0; i < db->nr && !ret; i++) {
		ret = write_command(f, &db->cmds[i], i + 1 == db->nr);
		if (ret == -EILSEQ)
			strbuf_addf(err,
				    "%s cannot be written: the command of "
				    "%s is not UTF-8, as JSON must be",
				    path, db->cmds[i].file);
	}
	if (!ret && (fputs("]\n", f) == EOF || fflush(f) || ferror(f)))
		ret = errno ? -errno : -EIO;
	return ret;
}

static FILE *create_beside(const char *path, char **tmp)
{
	mode_t mask = umask(0);
	int fd;
	FILE *f;

	umask(mask);
	*tmp = xasprintf("%s.XXXXXX", path);
	fd = mkstemp(*tmp);
	if (fd < 0)
		return NULL;
	/* mkstemp() keeps others out; the umask says what the user wants. */
	fchmod(fd, 0666 & ~mask);
	f = fdopen(fd, "w");
	if (!f)
		close(fd);
	return f;
}

/* A pipe or a terminal cannot be replaced, only written to. */
static bool is_special(const char *path)
{
	struct stat st;

	return !stat(path, &st) && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

int compdb_write(const struct compdb *db, const char *path, struct strbuf *err)
{
	bool special = is_special(path);
	char *tmp = NULL;
	int ret;
	FILE *f;

	f = special ? fopen(path, "w") : create_beside(path, &tmp);
	if (!f) {
		ret = -errno;
		goto out;
	}
	ret = write_all(db, f, err, path);
	if (fclose(f) && !ret)
		ret = -errno;
	if (!ret && !special && rename(tmp, path))
		ret = -errno;
	if (ret && !special)
		unlink(tmp);
out:
	if (ret && ret != -EILSEQ)
		strbuf_addf(err,
			    "%s cannot be written: %s; choose another "
			    "place with -o",
			    path, strerror(-ret));
	free(tmp);
	return ret;
}
