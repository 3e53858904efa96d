// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compile commands in memory. A kernel has some twenty thousand of them with
 * 150 words each, nearly all the same: every distinct word is kept once, which
 * is the difference between 30 and 200 megabytes.
 */
#include <errno.h>
#include <string.h>

#include "util/hash.h"
#include "util/shell.h"

#include "indexer/args-kept.h"
#include "indexer/compdb-internal.h"

struct compdb_pool {
	char **words;
	size_t nr, alloc;
	struct u64map by_hash; /* of a word: its number + 1 */
	struct u64map commands; /* of a whole command: its number + 1 */
};

static struct compdb_pool *pool_new(void)
{
	struct compdb_pool *pool = xcalloc(1, sizeof(*pool));

	u64map_init(&pool->by_hash);
	u64map_init(&pool->commands);
	return pool;
}

static void pool_free(struct compdb_pool *pool)
{
	size_t i;

	if (!pool)
		return;
	for (i = 0; i < pool->nr; i++)
		free(pool->words[i]);
	free(pool->words);
	u64map_release(&pool->by_hash);
	u64map_release(&pool->commands);
	free(pool);
}

/* Eight bytes at a time: never leaves the memory, unlike hash64(). */
static uint64_t quick_hash(const char *s, size_t len)
{
	uint64_t h = len * 0x9e3779b97f4a7c15ull, part;

	for (; len >= sizeof(part); s += sizeof(part), len -= sizeof(part)) {
		memcpy(&part, s, sizeof(part));
		h = (h ^ part) * 0xbf58476d1ce4e5b9ull;
		h ^= h >> 29;
	}
	for (part = 0; len; len--)
		part = part << 8 | (unsigned char)*s++;
	h = (h ^ part) * 0x94d049bb133111ebull;
	return h ^ h >> 32;
}

char *compdb_word(struct compdb *db, const char *s, size_t len)
{
	uint64_t hash = quick_hash(s, len);
	struct compdb_pool *pool;
	uint32_t nr;

	if (!db->pool)
		db->pool = pool_new();
	pool = db->pool;
	nr = u64map_get(&pool->by_hash, hash);
	if (nr && !strncmp(pool->words[nr - 1], s, len) &&
	    !pool->words[nr - 1][len])
		return pool->words[nr - 1];
	ALLOC_GROW(pool->words, pool->nr + 1, pool->alloc);
	pool->words[pool->nr++] = xstrndup(s, len);
	u64map_add(&pool->by_hash, hash, pool->nr);
	return pool->words[pool->nr - 1];
}

static char *pool_string(struct compdb *db, const char *s)
{
	return compdb_word(db, s, strlen(s));
}

/* Of addresses: equal words are one. */
static uint64_t command_hash(const struct compile_cmd *cmd)
{
	uint64_t hash =
		hash64_u64((uintptr_t)cmd->directory, (uintptr_t)cmd->file);
	int i;

	for (i = 0; i < cmd->argc; i++)
		hash = (hash ^ (uintptr_t)cmd->argv[i]) * 0x100000001b3ull;
	return hash64_u64(hash, 0);
}

/* Two words of one hash would be two copies each time: seen as different. */
static bool command_equal(const struct compile_cmd *a,
			  const struct compile_cmd *b)
{
	return a->argc == b->argc && a->directory == b->directory &&
	       a->file == b->file &&
	       !memcmp(a->argv, b->argv, a->argc * sizeof(*a->argv));
}

static bool known_command(struct compdb *db, const struct compile_cmd *cmd)
{
	uint64_t hash = command_hash(cmd);
	uint32_t nr = u64map_get(&db->pool->commands, hash);

	if (nr && command_equal(&db->cmds[nr - 1], cmd))
		return true;
	u64map_add(&db->pool->commands, hash, db->nr + 1);
	return false;
}

static char *find_output(const struct compile_cmd *cmd)
{
	int i;

	for (i = 1; i < cmd->argc; i++) {
		if (strncmp(cmd->argv[i], "-o", 2))
			continue;
		return cmd->argv[i][2] ? cmd->argv[i] + 2 : cmd->argv[i + 1];
	}
	return NULL;
}

void compdb_add_words(struct compdb *db, char *directory, const char *file,
		      char *const *words, int nr, char *broken)
{
	struct compile_cmd cmd = { .directory = directory,
				   .argc = nr,
				   .broken = broken };
	char *path = path_normalise(directory, file);

	cmd.file = pool_string(db, path);
	free(path);
	cmd.argv = (char **)words;
	if (known_command(db, &cmd))
		return;
	cmd.argv = xcalloc((size_t)nr + 1, sizeof(*cmd.argv));
	memcpy(cmd.argv, words, nr * sizeof(*words));
	cmd.output = find_output(&cmd);
	ALLOC_GROW(db->cmds, db->nr + 1, db->alloc);
	db->cmds[db->nr++] = cmd;
}

void compdb_add(struct compdb *db, const char *directory, const char *file,
		char *const *argv, int argc)
{
	char **words = xcalloc((size_t)argc + 1, sizeof(*words));
	int i;

	for (i = 0; i < argc; i++)
		words[i] = pool_string(db, argv[i]);
	compdb_add_words(db, pool_string(db, directory), file, words, argc,
			 NULL);
	free(words);
}

void compdb_release(struct compdb *db)
{
	size_t i;

	for (i = 0; i < db->nr; i++)
		free(db->cmds[i].argv);
	free(db->cmds);
	pool_free(db->pool);
	free(db->origin);
	args_kept_free(db->kept);
	*db = (struct compdb)COMPDB_INIT;
}

int shell_split(const char *line, char ***argv, int *argc)
{
	struct strbuf word = STRBUF_INIT;
	enum shell_token token;
	size_t alloc = 0;

	*argc = 0;
	*argv = NULL;
	while ((token = shell_next(&line, SHELL_PLAIN, &word)) == SHELL_WORD) {
		ALLOC_GROW(*argv, (size_t)*argc + 1, alloc);
		(*argv)[(*argc)++] = xstrdup(word.buf);
	}
	strbuf_release(&word);
	ALLOC_GROW(*argv, (size_t)*argc + 1, alloc);
	(*argv)[*argc] = NULL;
	if (token == SHELL_END)
		return 0;
	argv_free(*argv);
	*argv = NULL;
	*argc = 0;
	return -EINVAL;
}

void argv_free(char **argv)
{
	char **p;

	for (p = argv; p && *p; p++)
		free(*p);
	free(argv);
}

/* Drop the last component of what was built so far. */
static void path_up(struct strbuf *out)
{
	while (out->len && out->buf[out->len - 1] != '/')
		out->len--;
	if (out->len)
		out->len--;
	if (out->alloc)
		out->buf[out->len] = '\0';
}

static void path_append(struct strbuf *out, const char *path)
{
	while (*path) {
		size_t n = strcspn(path, "/");

		if (n == 2 && !strncmp(path, "..", 2)) {
			path_up(out);
		} else if (n && !(n == 1 && *path == '.')) {
			strbuf_addch(out, '/');
			strbuf_add(out, path, n);
		}
		path += n + (path[n] == '/');
	}
}

char *path_normalise(const char *dir, const char *path)
{
	struct strbuf out = STRBUF_INIT;

	if (*path != '/')
		path_append(&out, dir);
	path_append(&out, path);
	if (!out.len)
		strbuf_addch(&out, '/');
	return strbuf_detach(&out);
}
