// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which macros a compiler defines depends on its version, its target and its
 * flags, so libclang is asked, with an empty source file.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <clang-c/Index.h>

#include "indexer/macro-set.h"

#define EMPTY_FILE "probewalk-macros.c"

/* Ask with an empty source; @visit sees the macros. */
static int ask(const char **argv, int argc, CXCursorVisitor visit, void *data)
{
	struct CXUnsavedFile empty = { .Filename = EMPTY_FILE, .Contents = "" };
	/* an index lives no longer than its question: the caller may fork */
	CXIndex index = clang_createIndex(0, 0);
	CXTranslationUnit tu = NULL;
	int ret = -EIO;

	if (!clang_parseTranslationUnit2(
		    index, EMPTY_FILE, argv, argc, &empty, 1,
		    CXTranslationUnit_DetailedPreprocessingRecord, &tu)) {
		clang_visitChildren(clang_getTranslationUnitCursor(tu), visit,
				    data);
		clang_disposeTranslationUnit(tu);
		ret = 0;
	}
	clang_disposeIndex(index);
	return ret;
}

/* ---- names only ---- */

static enum CXChildVisitResult add_name(CXCursor cursor, CXCursor parent,
					CXClientData data)
{
	(void)parent;
	if (clang_getCursorKind(cursor) == CXCursor_MacroDefinition) {
		CXString name = clang_getCursorSpelling(cursor);

		interner_addstr(data, clang_getCString(name));
		clang_disposeString(name);
	}
	return CXChildVisit_Continue;
}

/* All but what reads a file: the names are needed, not the kernel. */
static const char **without_includes(const struct parse_args *args, int *argc)
{
	const char **argv = xcalloc(args->argc + 1, sizeof(*argv));
	int i;

	*argc = 0;
	for (i = 0; i < args->argc; i++) {
		if (!strcmp(args->argv[i], "-include"))
			i++;
		else if (strncmp(args->argv[i], "-I", 2) != 0)
			argv[(*argc)++] = args->argv[i];
	}
	return argv;
}

int builtin_macros(const struct parse_args *args, struct interner *names)
{
	int argc, ret;
	const char **argv = without_includes(args, &argc);

	ret = ask(argv, argc, add_name, names);
	free(argv);
	return ret;
}

/* ---- with what they stand for ---- */

void macro_set_init(struct macro_set *set)
{
	memset(set, 0, sizeof(*set));
	interner_init(&set->names);
	interner_init(&set->values);
}

void macro_set_release(struct macro_set *set)
{
	interner_release(&set->names);
	interner_release(&set->values);
	free(set->value);
}

static void put(struct macro_set *set, const char *name, const char *value)
{
	uint32_t nr = interner_addstr(&set->names, name);

	ALLOC_GROW(set->value, (size_t)nr + 1, set->alloc);
	set->value[nr] = interner_addstr(&set->values, value);
}

/* The tokens of a definition, its name first. */
static void add_text(CXCursor macro, struct strbuf *out)
{
	CXTranslationUnit tu = clang_Cursor_getTranslationUnit(macro);
	CXToken *tokens = NULL;
	unsigned int nr = 0, i;

	clang_tokenize(tu, clang_getCursorExtent(macro), &tokens, &nr);
	for (i = 0; i < nr; i++) {
		CXString s = clang_getTokenSpelling(tu, tokens[i]);

		strbuf_addf(out, "%s ", clang_getCString(s));
		clang_disposeString(s);
	}
	if (tokens)
		clang_disposeTokens(tu, tokens, nr);
}

static enum CXChildVisitResult add_macro(CXCursor cursor, CXCursor parent,
					 CXClientData data)
{
	struct strbuf text = STRBUF_INIT;
	CXString name;

	(void)parent;
	if (clang_getCursorKind(cursor) != CXCursor_MacroDefinition)
		return CXChildVisit_Continue;
	name = clang_getCursorSpelling(cursor);
	if (!clang_Cursor_isMacroBuiltin(cursor))
		add_text(cursor, &text);
	/* it is there, whatever it says */
	if (!text.len)
		strbuf_addch(&text, '1');
	put(data, clang_getCString(name), text.buf);
	clang_disposeString(name);
	strbuf_release(&text);
	return CXChildVisit_Continue;
}

int macro_set_ask(struct macro_set *set, const char *directory,
		  const struct parse_args *args)
{
	const char **argv = xcalloc(args->argc + 1, sizeof(*argv));
	int ret = -EIO, here;

	memcpy(argv, args->argv, args->argc * sizeof(*argv));
	/* -working-directory would do just this, and not come back */
	here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (here >= 0 && !chdir(directory))
		ret = ask(argv, args->argc, add_macro, set);
	if (here >= 0 && fchdir(here))
		ret = -EIO;
	if (here >= 0)
		close(here);
	free(argv);
	return ret;
}

/* Names and values, each with its NUL. */
void macro_set_save(const struct macro_set *set, struct strbuf *out)
{
	uint32_t i;

	for (i = 1; i < set->names.nr; i++) {
		const char *name = interner_get(&set->names, i);
		const char *value = interner_get(&set->values, set->value[i]);

		strbuf_add(out, name, strlen(name) + 1);
		strbuf_add(out, value, strlen(value) + 1);
	}
}

void macro_set_load(struct macro_set *set, const char *data, size_t len)
{
	const char *p = data, *end = data + len;

	/* what is cut off in the middle is not there */
	while (p < end) {
		const char *value = memchr(p, '\0', end - p);
		const char *next =
			value ? memchr(value + 1, '\0', end - value - 1) : NULL;

		if (!next)
			return;
		put(set, p, value + 1);
		p = next + 1;
	}
}

bool macro_set_empty(const struct macro_set *set)
{
	return set->names.nr <= 1;
}

const char *macro_set_value(const struct macro_set *set, const char *name,
			    size_t len)
{
	char *copy = xstrndup(name, len);
	uint32_t nr = interner_find(&set->names, copy);

	free(copy);
	return nr == UINT32_MAX || !nr
		       ? ""
		       : interner_get(&set->values, set->value[nr]);
}
