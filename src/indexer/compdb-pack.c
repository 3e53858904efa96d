// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands as bytes, for a database to keep: whoever has only that can parse a
 * unit again. A kernel's commands are three million words, of which a hundred
 * thousand are distinct, and one differs from the one before it in some ten of
 * 130: each distinct word is told once, and a command is told by what it takes
 * over from the one before. All numbers are base 128, lowest digit first.
 *
 *	magic nr_words nr_cmds text_len { word NUL } { command }
 *	command:  directory file broken nr { run }	(broken: 0 or word + 1)
 *	run:	  diff nr_same nr_new { word }		(until there are nr)
 *
 * A run goes on in the command before where that stands after as many words,
 * moved by diff, whose sign is in its lowest bit.
 */
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "callgraph/pack.h"
#include "util/hash.h"

#include "indexer/compdb-internal.h"

static const char magic[8] = "command1";

/* ---- writing ---- */

struct packer {
	struct strbuf text, out;
	struct u64map numbers; /* address of a word: its number + 1 */
	uint32_t nr_words;
	struct compile_cmd before;
};

/* An equal word is the same one, but for two of one hash: told twice then. */
static uint32_t word_number(struct packer *p, const char *word)
{
	uint32_t nr = u64map_get(&p->numbers, (uintptr_t)word);

	if (nr)
		return nr - 1;
	u64map_put(&p->numbers, (uintptr_t)word, ++p->nr_words);
	strbuf_add(&p->text, word, strlen(word) + 1);
	return p->nr_words - 1;
}

/* Where a word stands in the command before, near @at, or -1. */
static int find_before(const struct packer *p, int at, const char *word)
{
	static const int steps[] = { 0, 1, -1, 2, -2, 3, -3 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		int k = at + steps[i];

		if (k >= 0 && k < p->before.argc && p->before.argv[k] == word)
			return k;
	}
	return -1;
}

static int count_same(const struct packer *p, const struct compile_cmd *cmd,
		      int i, int at)
{
	int n = 0;

	while (i + n < cmd->argc && at + n < p->before.argc &&
	       cmd->argv[i + n] == p->before.argv[at + n])
		n++;
	return n;
}

/* Words from @i on that do not stand in the command before. */
static int count_new(const struct packer *p, const struct compile_cmd *cmd,
		     int i, int at)
{
	int n = 0;

	while (i + n < cmd->argc &&
	       find_before(p, at + n, cmd->argv[i + n]) < 0)
		n++;
	return n;
}

static void pack_words(struct packer *p, const struct compile_cmd *cmd)
{
	int i = 0, at = 0;

	while (i < cmd->argc) {
		int from = find_before(p, at, cmd->argv[i]);
		int same = 0, fresh;

		if (from < 0)
			from = at;
		else
			same = count_same(p, cmd, i, from);
		pack_diff(&p->out, from, at);
		pack_number(&p->out, same);
		i += same;
		at = from + same;
		fresh = count_new(p, cmd, i, at);
		pack_number(&p->out, fresh);
		for (at += fresh; fresh--; i++)
			pack_number(&p->out, word_number(p, cmd->argv[i]));
	}
}

static void pack_command(struct packer *p, const struct compile_cmd *cmd)
{
	pack_number(&p->out, word_number(p, cmd->directory));
	pack_number(&p->out, word_number(p, cmd->file));
	pack_number(&p->out, cmd->broken ? word_number(p, cmd->broken) + 1 : 0);
	pack_number(&p->out, cmd->argc);
	pack_words(p, cmd);
	p->before = *cmd;
}

void compdb_pack(const struct compdb *db, struct strbuf *out)
{
	struct packer p = { .text = STRBUF_INIT, .out = STRBUF_INIT };
	size_t i;

	u64map_init(&p.numbers);
	for (i = 0; i < db->nr; i++)
		pack_command(&p, &db->cmds[i]);
	strbuf_add(out, magic, sizeof(magic));
	pack_number(out, p.nr_words);
	pack_number(out, db->nr);
	pack_number(out, p.text.len);
	strbuf_add(out, p.text.buf, p.text.len);
	strbuf_add(out, p.out.buf, p.out.len);
	u64map_release(&p.numbers);
	strbuf_release(&p.text);
	strbuf_release(&p.out);
}

/* ---- reading ---- */

struct unpacker {
	struct compdb *db;
	const unsigned char *p, *end;
	bool bad;
	char **words;
	uint32_t nr_words;
	struct command_words {
		char **v;
		int nr;
		size_t alloc;
	} now, before;
};

/* Unlike unpack_number(), it looks for the end: what follows is not ours. */
static uint32_t take_number(struct unpacker *u)
{
	uint32_t value = 0;
	unsigned int shift;

	for (shift = 0; shift < 35 && u->p < u->end; shift += 7) {
		unsigned char c = *u->p++;

		value |= (uint32_t)(c & 0x7f) << shift;
		if (c < 0x80)
			return value;
	}
	u->bad = true;
	return 0;
}

static char *take_word(struct unpacker *u)
{
	uint32_t nr = take_number(u);

	if (nr < u->nr_words)
		return u->words[nr];
	u->bad = true;
	return NULL;
}

static void take_texts(struct unpacker *u)
{
	size_t len = take_number(u), n;
	const char *s = (const char *)u->p, *end;
	uint32_t i;

	if (u->bad || len > (size_t)(u->end - u->p) || u->nr_words > len) {
		u->bad = true;
		return;
	}
	u->p += len;
	end = s + len;
	u->words = xcalloc((size_t)u->nr_words + 1, sizeof(*u->words));
	for (i = 0; i < u->nr_words; i++, s += n + 1) {
		n = strnlen(s, end - s);
		if (s + n >= end)
			break;
		u->words[i] = compdb_word(u->db, s, n);
	}
	u->bad |= i < u->nr_words || s != end;
}

static void add_now(struct unpacker *u, char *const *words, uint32_t nr)
{
	struct command_words *now = &u->now;

	ALLOC_GROW(now->v, (size_t)now->nr + nr, now->alloc);
	memcpy(now->v + now->nr, words, nr * sizeof(*words));
	now->nr += nr;
}

/* Return: where the command before goes on. */
static int64_t take_run(struct unpacker *u, int64_t at)
{
	uint32_t diff = take_number(u), same = take_number(u), fresh;

	at += (int32_t)(diff >> 1 ^ -(diff & 1));
	u->bad |= same && (at < 0 || at + same > u->before.nr);
	if (!u->bad && same)
		add_now(u, u->before.v + at, same);
	at += same;
	fresh = take_number(u);
	for (; !u->bad && fresh--; at++)
		add_now(u, (char *[]){ take_word(u) }, 1);
	return at;
}

static void take_command(struct unpacker *u)
{
	char *dir = take_word(u), *file = take_word(u), *broken = NULL;
	uint32_t why = take_number(u), nr;
	struct command_words done;
	int64_t at = 0;

	if (why && why <= u->nr_words)
		broken = u->words[why - 1];
	u->bad |= why > u->nr_words;
	nr = take_number(u);
	u->now.nr = 0;
	while (!u->bad && (uint32_t)u->now.nr < nr) {
		int old = u->now.nr;

		at = take_run(u, at);
		u->bad |= u->now.nr == old || (uint32_t)u->now.nr > nr;
	}
	if (u->bad)
		return;
	compdb_add_words(u->db, dir, file, u->now.v, u->now.nr, broken);
	done = u->now;
	u->now = u->before;
	u->before = done;
}

int compdb_unpack(struct compdb *db, const char *data, size_t len)
{
	struct unpacker u = { .db = db, .p = (const unsigned char *)data };
	uint32_t nr;

	u.end = u.p + len;
	if (len < sizeof(magic) || memcmp(data, magic, sizeof(magic)))
		return -EBADMSG;
	u.p += sizeof(magic);
	u.nr_words = take_number(&u);
	nr = take_number(&u);
	take_texts(&u);
	while (!u.bad && nr--)
		take_command(&u);
	u.bad |= u.p != u.end;
	free(u.words);
	free(u.now.v);
	free(u.before.v);
	if (u.bad)
		compdb_release(db);
	return u.bad ? -EBADMSG : 0;
}
