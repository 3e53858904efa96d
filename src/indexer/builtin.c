// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which macros a compiler defines depends on its version, its target and its
 * flags, so libclang is asked, with an empty source file.
 */
#include <errno.h>
#include <string.h>

#include <clang-c/Index.h>

#include "indexer/builtin.h"

#define EMPTY_FILE "probewalk-builtin.c"

static enum CXChildVisitResult add_macro(CXCursor cursor, CXCursor parent,
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
	struct CXUnsavedFile empty = { .Filename = EMPTY_FILE, .Contents = "" };
	/* an index lives no longer than its question: the caller may fork */
	CXIndex index = clang_createIndex(0, 0);
	CXTranslationUnit tu = NULL;
	const char **argv;
	int argc;

	argv = without_includes(args, &argc);
	if (clang_parseTranslationUnit2(
		    index, EMPTY_FILE, argv, argc, &empty, 1,
		    CXTranslationUnit_DetailedPreprocessingRecord, &tu))
		tu = NULL;
	if (tu) {
		clang_visitChildren(clang_getTranslationUnitCursor(tu),
				    add_macro, names);
		clang_disposeTranslationUnit(tu);
	}
	clang_disposeIndex(index);
	free(argv);
	return tu ? 0 : -EIO;
}
