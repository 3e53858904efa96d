// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzing the way of a patch: patches of tests/patch-cases.c, changed at
 * random, are read for a small tree. Whatever they are, the program survives,
 * the tree stays as it was, nothing appears beside the temporary directory,
 * which is gone afterwards, and what came out are regular files in it.
 *
 * With clang's libFuzzer (make fuzz CC=clang FUZZER=1) it chooses the changes.
 * Else: fuzz-patch [ROUNDS [SEED [SECONDS]]]; equal numbers give equal patches.
 */
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/git.h"
#include "gate/patch.h"
#include "patch-cases.h"
#include "patch-tree.h"

enum {
	MAX_LEN = 1 << 16, /* bytes of one input */
	MAX_MS = 60000, /* for one, on a machine that does much else */
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct patch_tree t;
static uint64_t tree_hash, outside_hash;
static size_t nr_names;
static const uint8_t *current;
static size_t current_len;

/* ---- what must hold ---- */

static void __attribute__((noreturn)) die(const char *what)
{
	fprintf(stderr, "fuzz-patch: %s; the patch is in %s/bad\n", what,
		t.dir);
	if (patch_tree_write(t.dir, "bad", current, current_len))
		perror("bad");
	abort();
}

static char *outside(void)
{
	return xasprintf("%s/outside", t.dir);
}

static void tidy(void)
{
	patch_tree_remove(&t);
}

static void init(void)
{
	char *out;

	if (t.dir)
		return;
	if (patch_tree_make(&t)) {
		perror("fuzz-patch: making a tree");
		exit(1);
	}
	/* not when it aborts: then the patch is worth a look */
	atexit(tidy);
	out = outside();
	tree_hash = patch_tree_hash(t.tree);
	outside_hash = patch_tree_hash(out);
	free(out);
	patch_tree_write(t.dir, "input", "", 0);
	nr_names = patch_tree_count(t.dir);
}

static void check_surroundings(void)
{
	char *out = outside();

	if (patch_tree_hash(t.tree) != tree_hash)
		die("the tree was changed");
	if (patch_tree_hash(out) != outside_hash ||
	    patch_tree_count(t.dir) != nr_names)
		die("something was written beside the tree");
	if (patch_tree_count(t.tmp))
		die("the temporary directory was left");
	free(out);
}

static void check_plain(const char *s)
{
	for (; *s; s++)
		if (*s < 0x20 || *s >= 0x7f)
			die("a message would steer a terminal");
}

static void check_change(const struct patch_set *set, const struct change *c)
{
	char real[PATH_MAX];
	struct stat st;
	size_t i;

	if ((c->kind == CHANGE_DELETED) != !c->content ||
	    (c->kind == CHANGE_RENAMED) != !!c->old_path)
		die("a change is not what it says");
	if (*c->path == '/' || strstr(c->path, "../"))
		die("a change leads out of the tree");
	for (i = 1; i < c->nr_ranges; i++)
		if (c->ranges[i].first <=
		    c->ranges[i - 1].first + c->ranges[i - 1].nr - 1)
			die("ranges are not in order");
	if (!c->content)
		return;
	if (lstat(c->content, &st) || !S_ISREG(st.st_mode))
		die("a content is no regular file");
	if (!realpath(c->content, real) ||
	    strncmp(real, set->dir, strlen(set->dir)) ||
	    strncmp(real, t.tmp, strlen(t.tmp)))
		die("a content is not in the temporary directory");
}

static void check_set(const struct patch_set *set)
{
	size_t i;

	for (i = 0; i < set->nr; i++) {
		check_change(set, &set->changes[i]);
		if (i &&
		    strcmp(set->changes[i - 1].path, set->changes[i].path) >= 0)
			die("changes are not in order");
	}
	for (i = 0; i < set->notes.nr; i++)
		check_plain(set->notes.item[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct patch_set set = PATCH_SET_INIT;
	struct string_list files = { 0 };
	struct strbuf err = STRBUF_INIT;
	int64_t start;
	char *path;
	int ret;

	init();
	current = data;
	current_len = size;
	path = xasprintf("%s/input", t.dir);
	if (patch_tree_write(t.dir, "input", data, size))
		die("the input cannot be written");
	string_list_add(&files, path);
	start = git_now();
	ret = patch_read(&set, t.tree, &files, &patch_default_limits, &err);
	if (git_now() - start > MAX_MS)
		die("it took a minute");
	if (!ret)
		check_set(&set);
	else if (!err.len)
		die("it failed without a word");
	check_plain(err.buf);
	patch_set_release(&set);
	check_surroundings();
	string_list_release(&files);
	strbuf_release(&err);
	free(path);
	return 0;
}

/* ---- changes at random ---- */

static uint64_t random_state;

/* Below @n; xorshift64*. */
static size_t pick(size_t n)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return n ? (random_state * 0x2545f4914f6cdd1dull >> 20) % n : 0;
}

static const char *any_case(void)
{
	const struct patch_case *c = &patch_cases[pick(nr_patch_cases)];
	size_t nr = 0;

	while (nr < ARRAY_SIZE(c->patches) && c->patches[nr])
		nr++;
	return c->patches[pick(nr)];
}

static void replace(struct strbuf *sb, size_t at, size_t len, const void *text,
		    size_t text_len)
{
	struct strbuf out = STRBUF_INIT;

	strbuf_add(&out, sb->buf, at);
	strbuf_add(&out, text, text_len);
	strbuf_add(&out, sb->buf + at + len, sb->len - at - len);
	strbuf_release(sb);
	*sb = out;
}

/* Words that mean something to git, or should mean nothing. */
static void put_word(struct strbuf *sb)
{
	static const char *const words[] = {
		"../",
		"/",
		"/etc/passwd",
		"\"",
		"\\056\\056/",
		"\n",
		"\r\n",
		".git/",
		"out/",
		"drivers/link.c",
		"drivers/fifo.c",
		"/dev/null",
		"120000",
		"160000",
		"100755",
		"new file mode 120000\n",
		"deleted file mode 100644\n",
		"rename from drivers/a.c\nrename to out/x.c\n",
		"copy from ../outside/secret.c\ncopy to drivers/y.c\n",
		"GIT binary patch\nliteral 99999999999\n",
		"@@ -1,99999999 +1,1 @@\n",
		"@@ -0,0 +1 @@\n",
		"diff --git ",
		"--- ",
		"+++ ",
		"From x Mon Sep 17 00:00:00 2001\n",
		"Content-Transfer-Encoding: base64\n",
		"Content-Type: multipart/mixed; boundary=x\n",
		"\n--x\n",
		".gitattributes",
		"\033]0;x\007",
		"\xff\xfe",
		"\xe2\x80\xae",
		"-1",
		"4294967296",
		"18446744073709551615",
	};
	const char *word = words[pick(ARRAY_SIZE(words))];
	size_t at = pick(sb->len + 1);
	size_t len = pick(2) ? 0 : pick(strlen(word) + 1);

	if (len > sb->len - at)
		len = sb->len - at;
	replace(sb, at, len, word, strlen(word));
}

static size_t line_at(const struct strbuf *sb, size_t at, size_t *len)
{
	const char *nl;

	while (at && sb->buf[at - 1] != '\n')
		at--;
	nl = memchr(sb->buf + at, '\n', sb->len - at);
	*len = nl ? (size_t)(nl + 1 - sb->buf) - at : sb->len - at;
	return at;
}

/* Drop a line, double it, or put it somewhere else. */
static void move_line(struct strbuf *sb)
{
	size_t len, at = line_at(sb, pick(sb->len), &len), other, ignored;
	char *line = xmemdup(sb->buf + at, len + 1);

	if (pick(3))
		replace(sb, at, len, "", 0);
	if (pick(3)) {
		other = line_at(sb, pick(sb->len), &ignored);
		replace(sb, other, 0, line, len);
	}
	free(line);
}

static void change(struct strbuf *sb)
{
	const char *other;
	char byte = pick(256);

	if (!sb->len)
		return;
	switch (pick(6)) {
	case 0:
		replace(sb, pick(sb->len), 1, &byte, 1);
		break;
	case 1:
		replace(sb, pick(sb->len), 1, "", 0);
		break;
	case 2:
		strbuf_setlen(sb, pick(sb->len));
		break;
	case 3:
		other = any_case();
		replace(sb, pick(sb->len), 0, other, strlen(other));
		break;
	case 4:
		move_line(sb);
		break;
	default:
		put_word(sb);
	}
}

static void set_seed(uint64_t seed)
{
	random_state = seed * 0x9e3779b97f4a7c15ull + 1;
	pick(1);
}

#ifdef WITH_LIBFUZZER
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned int seed);

/* It keeps what reaches new code; how patches look it learns from us. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
			       unsigned int seed)
{
	struct strbuf sb = STRBUF_INIT;
	size_t len;

	set_seed(seed);
	if (size < 2 || !pick(8))
		strbuf_addstr(&sb, any_case());
	else
		strbuf_add(&sb, data, size);
	change(&sb);
	len = sb.len < max ? sb.len : max;
	memcpy(data, sb.buf, len);
	strbuf_release(&sb);
	return len;
}
#else
static void make_input(struct strbuf *sb, uint64_t seed)
{
	size_t nr;

	set_seed(seed);
	strbuf_reset(sb);
	strbuf_addstr(sb, any_case());
	/* as it stands, too: the tree is another after nothing */
	for (nr = pick(8); nr; nr--)
		change(sb);
	strbuf_setlen(sb, MAX_LEN);
}

int main(int argc, char **argv)
{
	unsigned long rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 300, i;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	int64_t ms = argc > 3 ? 1000ll * strtol(argv[3], NULL, 10) : 0;
	int64_t start = git_now();
	struct strbuf sb = STRBUF_INIT;

	for (i = 0; i < rounds && (!ms || git_now() - start < ms); i++) {
		make_input(&sb, seed + i);
		LLVMFuzzerTestOneInput((const uint8_t *)sb.buf, sb.len);
	}
	strbuf_release(&sb);
	printf("ok 1 - %lu patches from seed %llu on\n", i,
	       (unsigned long long)seed);
	printf("1 passed, 0 failed, 0 skipped\n");
	return 0;
}
#endif
