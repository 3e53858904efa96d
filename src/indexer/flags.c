// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arguments for a parse. Most of this file is the table that says how many
 * words an option takes and whether it means anything to one who only reads;
 * what the table does not name is put before clang (flag-report.c).
 */
#include <stdbool.h>
#include <string.h>

#include "util/hash.h"

#include "indexer/flag-report.h"

enum shape {
	EXACT, /* the word alone */
	PREFIX, /* any word that begins so */
	SEPARATE, /* the word, and its value in the next */
	EITHER, /* value in the same word or in the next */
};

enum action {
	DROP,
	KEEP, /* every clang knows it */
	JOIN, /* as KEEP, name and value in one word */
	ASK, /* clang may know it */
	UNWRAP, /* the value is itself an option */
	TARGET,
};

/* The first that fits counts. */
static const struct option {
	const char *name;
	enum shape shape;
	enum action action;
} options[] = {
	/* what the preprocessor sees */
	{ "-I", EITHER, JOIN },
	{ "-D", EITHER, JOIN },
	{ "-U", EITHER, JOIN },
	{ "-include", SEPARATE, KEEP },
	{ "-imacros", SEPARATE, KEEP },
	{ "-isystem", SEPARATE, KEEP },
	{ "-iquote", SEPARATE, KEEP },
	{ "-idirafter", SEPARATE, KEEP },
	{ "-iprefix", SEPARATE, KEEP },
	{ "-iwithprefix", SEPARATE, KEEP },
	{ "-iwithprefixbefore", SEPARATE, KEEP },
	{ "-isysroot", SEPARATE, KEEP },
	{ "--sysroot", SEPARATE, KEEP },
	{ "-x", EITHER, KEEP },
	{ "-Xpreprocessor", SEPARATE, UNWRAP },

	/* for whom */
	{ "--target=", PREFIX, TARGET },
	{ "--target", SEPARATE, TARGET },
	{ "-target", SEPARATE, TARGET },
	{ "-gcc-toolchain", SEPARATE, KEEP },

	/* which output, and where; libclang would obey some of these */
	{ "-c", EXACT, DROP },
	{ "-S", EXACT, DROP },
	{ "-E", EXACT, DROP },
	{ "-P", EXACT, DROP },
	{ "-C", EXACT, DROP },
	{ "-CC", EXACT, DROP },
	{ "-H", EXACT, DROP },
	{ "-v", EXACT, DROP },
	{ "-###", EXACT, DROP },
	{ "-pipe", EXACT, DROP },
	{ "-fsyntax-only", EXACT, DROP },
	{ "-o", EITHER, DROP },
	{ "-MF", EITHER, DROP },
	{ "-MT", EITHER, DROP },
	{ "-MQ", EITHER, DROP },
	{ "-MJ", EITHER, DROP },
	{ "-M", PREFIX, DROP },
	{ "-aux-info", SEPARATE, DROP },
	{ "-dumpbase", SEPARATE, DROP },
	{ "-dumpbase-ext", SEPARATE, DROP },
	{ "-dumpdir", SEPARATE, DROP },
	{ "-d", PREFIX, DROP },
	{ "-emit-", PREFIX, DROP },
	{ "-save-temps", PREFIX, DROP },
	{ "--save-temps", PREFIX, DROP },
	{ "-serialize-diagnostics", SEPARATE, DROP },
	{ "--serialize-diagnostics", SEPARATE, DROP },
	{ "-index-store-path", SEPARATE, DROP },
	{ "-fdump-", PREFIX, DROP },
	{ "-fsave-optimization-record", PREFIX, DROP },
	{ "-fstack-usage", EXACT, DROP },
	{ "-fcallgraph-info", PREFIX, DROP },
	{ "-ftime-trace", PREFIX, DROP },

	/* warnings, debug information, plugins, other programs' options */
	{ "-W", PREFIX, DROP },
	{ "-w", EXACT, DROP },
	{ "-pedantic", PREFIX, DROP },
	{ "-fdiagnostics-", PREFIX, DROP },
	{ "-g", PREFIX, DROP },
	{ "-fplugin", PREFIX, DROP },
	{ "-mllvm", SEPARATE, DROP },
	{ "-mllvm=", PREFIX, DROP },
	{ "-Xassembler", SEPARATE, DROP },
	{ "-Xlinker", SEPARATE, DROP },
	{ "-L", EITHER, DROP },
	{ "-l", EITHER, DROP },
	{ "-T", EITHER, DROP },
	{ "-u", SEPARATE, DROP },
	{ "-z", SEPARATE, DROP },

	/* two words that belong together */
	{ "-Xclang", SEPARATE, ASK },
	{ "--param", SEPARATE, ASK },
	{ "-arch", SEPARATE, ASK },
	{ "-G", EITHER, ASK },
};

static const struct option any_option = { "", EXACT, ASK };

/* Programs that run the compiler named behind them. */
static const char *const wrappers[] = { "ccache", "distcc", "icecc",
					"sccache" };

/* The flags of one command as they are sorted out. */
struct sorter {
	struct flag *flags;
	int nr;
	size_t alloc;
	char **made; /* words that are none of the command's own */
	int nr_made;
	size_t alloc_made;
	char *target; /* "--target=...", or NULL */
};

/*
 * The options that share their second character with @word, in the order of the
 * table: three million words are looked up in it.
 */
static const uint8_t *options_like(const char *word)
{
	static uint8_t lists[128][ARRAY_SIZE(options) + 1];
	static bool filled;
	uint8_t nr[128] = { 0 };
	size_t i;

	for (i = 0; !filled && i < ARRAY_SIZE(options); i++) {
		unsigned char c = options[i].name[1];

		lists[c][nr[c]++] = i + 1;
	}
	filled = true;
	return lists[word[1] & 127];
}

static const struct option *find_option(const char *word)
{
	const uint8_t *nr;

	for (nr = options_like(word); *nr; nr++) {
		const struct option *o = &options[*nr - 1];
		size_t len;

		/* this alone tells most of them apart */
		if (o->name[2] && o->name[2] != word[2])
			continue;
		len = strlen(o->name);
		if (!strncmp(word, o->name, len) &&
		    (o->shape == PREFIX || o->shape == EITHER || !word[len]))
			return o;
	}
	return &any_option;
}

static void add_flag(struct sorter *s, const char *word, const char *value,
		     bool ask)
{
	ALLOC_GROW(s->flags, (size_t)s->nr + 1, s->alloc);
	s->flags[s->nr++] = (struct flag){
		.word = word,
		.value = value,
		.ask = ask,
	};
}

/* Keep @word as long as the flags. */
static char *keep(struct sorter *s, char *word)
{
	ALLOC_GROW(s->made, (size_t)s->nr_made + 1, s->alloc_made);
	s->made[s->nr_made++] = word;
	return word;
}

static void set_target(struct sorter *s, const char *triple)
{
	s->target = keep(s, xasprintf("--target=%s", triple));
}

/* -Wp,-MMD,FILE and -Wp,-DX: each word between commas is an option. */
static char **split_commas(const char *list, int *nr)
{
	char **words = NULL;
	size_t alloc = 0;

	for (*nr = 0; *list; list += strspn(list, ",")) {
		size_t n = strcspn(list, ",");

		ALLOC_GROW(words, (size_t)*nr + 1, alloc);
		words[(*nr)++] = xstrndup(list, n);
		list += n;
	}
	return words;
}

static void sort_words(struct sorter *s, char *const *words, int nr);

static void sort_preprocessor(struct sorter *s, const char *list)
{
	int i, nr;
	char **words = split_commas(list, &nr);

	sort_words(s, words, nr);
	for (i = 0; i < nr; i++)
		keep(s, words[i]);
	free(words);
}

static void sort_option(struct sorter *s, const struct option *o,
			const char *word, const char *value)
{
	switch (o->action) {
	case DROP:
		break;
	case KEEP:
	case ASK:
		add_flag(s, word, value, o->action == ASK);
		break;
	case JOIN:
		if (value)
			word = keep(s, xasprintf("%s%s", word, value));
		add_flag(s, word, NULL, false);
		break;
	case UNWRAP:
		sort_words(s, (char *[]){ (char *)value }, 1);
		break;
	case TARGET:
		set_target(s, value ? value : word + strlen(o->name));
		break;
	}
}

/* -Wp,-MD,FILE names its file without -MF, which only the driver knows. */
static bool is_wp_dependency(const char *word)
{
	return !strncmp(word, "-Wp,-MD,", 8) || !strncmp(word, "-Wp,-MMD,", 9);
}

static void sort_words(struct sorter *s, char *const *words, int nr)
{
	int i;

	for (i = 0; i < nr; i++) {
		const char *word = words[i], *value = NULL;
		const struct option *o;

		/* Sources, objects, standard input. */
		if (word[0] != '-' || !word[1])
			continue;
		if (!strcmp(word, "--"))
			return;
		if (!strncmp(word, "-Wp,", 4)) {
			if (!is_wp_dependency(word))
				sort_preprocessor(s, word + 4);
			continue;
		}
		o = find_option(word);
		if (o->shape == SEPARATE ||
		    (o->shape == EITHER && !word[strlen(o->name)])) {
			if (++i == nr)
				return;
			value = words[i];
		}
		sort_option(s, o, word, value);
	}
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Index of the compiler in the command: behind ccache and the like. */
static int find_compiler(const struct compile_cmd *cmd)
{
	size_t i;
	int at;

	for (at = 0; at + 1 < cmd->argc; at++) {
		const char *name = base_name(cmd->argv[at]);

		for (i = 0; i < ARRAY_SIZE(wrappers); i++) {
			if (!strcmp(name, wrappers[i]))
				break;
		}
		if (i == ARRAY_SIZE(wrappers))
			break;
	}
	return at;
}

/* Length of @name without the version: "gcc-12.2" is "gcc". */
static size_t without_version(const char *name)
{
	size_t len = strlen(name), n = len;

	while (n && strchr("0123456789.", name[n - 1]))
		n--;
	return n && n < len && name[n - 1] == '-' ? n - 1 : len;
}

/* The triple in front of -gcc, or NULL when the compiler is this machine's. */
static char *compiler_triple(const char *path)
{
	static const char *const compilers[] = { "-gcc", "-cc", "-clang" };
	const char *name = base_name(path);
	size_t len = without_version(name), i;

	for (i = 0; i < ARRAY_SIZE(compilers); i++) {
		size_t n = strlen(compilers[i]);

		if (len <= n || strncmp(name + len - n, compilers[i], n))
			continue;
		/* "afl-gcc" is no cross compiler: a triple has dashes. */
		if (!memchr(name, '-', len - n))
			return NULL;
		return xstrndup(name, len - n);
	}
	return NULL;
}

static void sort_command(struct sorter *s, const struct compile_cmd *cmd)
{
	int compiler = find_compiler(cmd);
	char *triple;

	sort_words(s, cmd->argv + compiler + 1, cmd->argc - compiler - 1);
	if (s->target)
		return;
	triple = compiler_triple(cmd->argv[compiler]);
	if (triple)
		set_target(s, triple);
	free(triple);
}

static void args_add(struct parse_args *args, const char *word)
{
	args->argv[args->argc++] = (char *)word;
}

/* A kernel's commands have two million words: none is copied. */
static void args_fill(struct parse_args *args, struct sorter *s)
{
	int i;

	args->argv = xcalloc((size_t)s->nr * 2 + 4, sizeof(*args->argv));
	args->made = s->made;
	args->nr_made = s->nr_made;
	if (s->target)
		args_add(args, s->target);
	for (i = 0; i < s->nr; i++) {
		if (s->flags[i].dropped)
			continue;
		args_add(args, s->flags[i].word);
		if (s->flags[i].value)
			args_add(args, s->flags[i].value);
	}
	args_add(args, "-w");
	args_add(args, "-ferror-limit=0");
}

bool parse_arg_is_kbuild(const char *word)
{
	return !strncmp(word, "-DKBUILD_", 9) ||
	       !strncmp(word, "-D__KBUILD_", 11);
}

/* Differs from unit to unit without a header looking any different. */
static bool is_unit_own(const char *word)
{
	return !strncmp(word, "-I", 2) || parse_arg_is_kbuild(word);
}

static void args_hash(struct parse_args *args, const char *directory,
		      struct flag_report *report)
{
	uint64_t first = hash64_str(directory, 0);
	struct flag_hashes h = { first, first }, *hashes;
	int i, known;

	hashes = flag_report_hashes(report, args, &known);
	/* what is before the first argument has to be the same, too */
	if (hashes[0].command_hash != first)
		known = 0;
	hashes[0] = h;
	for (i = 0; i < args->argc; i++) {
		const char *word = args->argv[i];

		if (i < known) {
			h = hashes[i + 1];
			continue;
		}
		h.command_hash = hash64_str(word, h.command_hash);
		if (!is_unit_own(word))
			h.prefix_key = hash64_str(word, h.prefix_key);
		hashes[i + 1] = h;
	}
	args->prefix_key = h.prefix_key;
	args->command_hash = h.command_hash;
}

void parse_args_init(struct parse_args *args, const struct compile_cmd *cmd,
		     struct flag_report *report)
{
	struct sorter s = { 0 };

	memset(args, 0, sizeof(*args));
	sort_command(&s, cmd);
	flag_report_filter(report, s.target, s.flags, s.nr);
	args_fill(args, &s);
	args_hash(args, cmd->directory, report);
	free(s.flags);
}

void parse_args_release(struct parse_args *args)
{
	while (args->nr_made)
		free(args->made[--args->nr_made]);
	free(args->made);
	free(args->argv);
	memset(args, 0, sizeof(*args));
}
