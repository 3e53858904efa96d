// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writing compile_commands.json, a line a command. The file appears as a whole
 * or not at all: an indexer that reads half of it would forget the other half.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>

#include <jansson.h>

#include "util/outfile.h"

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
	fputs("]\n", f);
	return ret == -EILSEQ ? ret : 0; /* the rest shows at the commit */
}

int compdb_write(const struct compdb *db, const char *path, struct strbuf *err)
{
	struct outfile out;
	int ret = outfile_open(&out, path, err);

	if (ret)
		return ret;
	ret = write_all(db, out.f, err, path);
	if (ret) {
		outfile_abort(&out);
		return ret;
	}
	return outfile_commit(&out, err);
}
