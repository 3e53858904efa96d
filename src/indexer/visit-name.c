// SPDX-License-Identifier: GPL-2.0-only
/* Names of things: files, symbols, records, fields, locals, macros. */
#include <ctype.h>
#include <string.h>

#include "indexer/compdb.h"
#include "indexer/tree-path.h"
#include "indexer/visit.h"

uint32_t name_add(struct visit *v, const char *s)
{
	return interner_addstr(&v->facts->strings, s);
}

uint32_t name_of(struct visit *v, CXCursor cursor)
{
	struct cxstr str = cxstr_init(clang_getCursorSpelling(cursor));
	uint32_t name = name_add(v, str.s);

	cxstr_release(&str);
	return name;
}

uint32_t path_of_file(struct visit *v, CXFile file)
{
	uint64_t key = (uint64_t)(uintptr_t)file;
	uint32_t known = u64map_get(&v->files, key);
	struct cxstr str;
	char *path;

	if (known)
		return known - 1;
	str = cxstr_init(clang_getFileName(file));
	path = path_normalise(v->directory, str.s);
	cxstr_release(&str);
	strbuf_reset(&v->scratch);
	tree_path_add(&v->scratch, v->tree, v->objdir, path);
	known = name_add(v, v->scratch.buf);
	free(path);
	u64map_put(&v->files, key, known + 1);
	return known;
}

/*
 * What comes from a macro's argument stands where it is spelled; what comes
 * from its body stands where the macro is used. clang_getFileLocation() is that
 * rule, and 14 and 19 agree on it (they do not on the spelling location).
 */
struct place place_of(struct visit *v, CXCursor cursor)
{
	struct place place = { 0 };
	unsigned int line, col;

	clang_getFileLocation(clang_getCursorLocation(cursor), &place.file,
			      &line, &col, &place.offset);
	place.line = line;
	place.col = col;
	place.path = place.file ? path_of_file(v, place.file) : 0;
	return place;
}

static bool load_text(struct visit *v, CXFile file)
{
	if (!file)
		return false;
	if (file != v->text_file) {
		v->text = clang_getFileContents(v->tu, file, &v->text_len);
		v->text_file = file;
	}
	return v->text != NULL;
}

uint32_t identifier_at(struct visit *v, const struct place *place)
{
	size_t end = place->offset;

	if (!load_text(v, place->file) || end >= v->text_len)
		return 0;
	if (!isalpha((unsigned char)v->text[end]) && v->text[end] != '_')
		return 0;
	while (end < v->text_len &&
	       (isalnum((unsigned char)v->text[end]) || v->text[end] == '_'))
		end++;
	return interner_add(&v->facts->strings, v->text + place->offset,
			    end - place->offset);
}

static bool text_of_range(struct visit *v, CXSourceLocation start,
			  CXSourceLocation end, char *buf, size_t size)
{
	CXFile file, end_file;
	unsigned int from, to;

	clang_getFileLocation(start, &file, NULL, NULL, &from);
	clang_getFileLocation(end, &end_file, NULL, NULL, &to);
	if (!file || !end_file || !clang_File_isEqual(file, end_file) ||
	    !load_text(v, file))
		return false;
	if (from >= to || to > v->text_len || to - from >= size)
		return false;
	memcpy(buf, v->text + from, to - from);
	buf[to - from] = '\0';
	return true;
}

bool text_between(struct visit *v, CXCursor left, CXCursor right, char *buf,
		  size_t size)
{
	return text_of_range(v, clang_getRangeEnd(clang_getCursorExtent(left)),
			     clang_getRangeStart(clang_getCursorExtent(right)),
			     buf, size);
}

bool text_until(struct visit *v, CXCursor from, CXCursor to, char *buf,
		size_t size)
{
	return text_of_range(v,
			     clang_getRangeStart(clang_getCursorExtent(from)),
			     clang_getRangeStart(clang_getCursorExtent(to)),
			     buf, size);
}

/* The name does not stand where the declaration does: a macro pasted it. */
static bool is_macro_made(struct visit *v, CXCursor decl)
{
	struct place place = place_of(v, decl);

	return identifier_at(v, &place) != name_of(v, decl);
}

/*
 * Name of a variable. What a macro makes unique with __COUNTER__ (__UNIQUE_ID()
 * in include/linux/compiler.h, initcalls in include/linux/init.h) has another
 * number in every unit and with every header more, so the digits of such a
 * reserved name are blotted out: the same variable gives the same fact.
 */
void variable_name(struct visit *v, CXCursor decl, struct strbuf *out)
{
	struct cxstr str = cxstr_init(clang_getCursorSpelling(decl));
	const char *p;

	if (strncmp(str.s, "__", 2) || !strpbrk(str.s, "0123456789") ||
	    !is_macro_made(v, decl)) {
		strbuf_addstr(out, str.s);
		cxstr_release(&str);
		return;
	}
	for (p = str.s; *p; p++) {
		if (!isdigit((unsigned char)*p))
			strbuf_addch(out, *p);
		else if (!isdigit((unsigned char)p[1]))
			strbuf_addch(out, '#');
	}
	cxstr_release(&str);
}

bool is_compiler_aid(struct visit *v, CXCursor fn)
{
	return clang_getCursorKind(clang_getCursorLexicalParent(fn)) ==
		       CXCursor_FunctionDecl &&
	       is_macro_made(v, fn);
}

bool is_static_storage(CXCursor var)
{
	if (clang_getCursorLinkage(var) != CXLinkage_NoLinkage)
		return true;
	return clang_Cursor_getStorageClass(var) == CX_SC_Static;
}

/*
 * A static symbol is known by the file of its definition: a prototype may stand
 * in another one. Its line would move, so it is no part of the identity.
 */
static uint32_t add_symbol(struct visit *v, CXCursor decl)
{
	enum CXLinkageKind linkage = clang_getCursorLinkage(decl);
	enum symbol_kind kind = clang_getCursorKind(decl) == CXCursor_VarDecl
					? SYMBOL_VAR
					: SYMBOL_FUNC;
	CXCursor def = clang_getCursorDefinition(decl);
	bool is_static = linkage == CXLinkage_Internal ||
			 linkage == CXLinkage_NoLinkage;
	struct strbuf name = STRBUF_INIT;
	char *file = NULL;
	uint32_t symbol;

	if (is_static) {
		struct place place =
			place_of(v, clang_Cursor_isNull(def) ? decl : def);

		/* a copy: interning the name may move the text */
		file = xstrdup(interner_get(&v->facts->strings, place.path));
	}
	if (linkage == CXLinkage_NoLinkage && v->func != FACT_NONE)
		strbuf_addf(&name, "%s.", v->func_name);
	if (kind == SYMBOL_VAR) {
		variable_name(v, decl, &name);
	} else {
		struct cxstr str = cxstr_init(clang_getCursorSpelling(decl));

		strbuf_addstr(&name, str.s);
		cxstr_release(&str);
	}
	symbol = unit_facts_symbol(v->facts, kind, is_static, name.buf,
				   file ? file : "");
	free(file);
	strbuf_release(&name);
	return symbol;
}

uint32_t symbol_of(struct visit *v, CXCursor decl)
{
	CXCursor canonical = clang_getCanonicalCursor(decl);
	uint32_t known = u64map_get(&v->symbols, decl_key(canonical));

	if (known)
		return known - 1;
	known = add_symbol(v, decl);
	u64map_put(&v->symbols, decl_key(canonical), known + 1);
	return known;
}

/*
 * The C API has no cursor kind for attributes such as section, alias and
 * cleanup. The printed form has them, whichever macro brought them in.
 */
struct cxstr print_decl(CXCursor decl)
{
	static const enum CXPrintingPolicyProperty without[] = {
		CXPrintingPolicy_TerseOutput,
		CXPrintingPolicy_SuppressInitializers,
	};
	CXPrintingPolicy policy = clang_getCursorPrintingPolicy(decl);
	struct cxstr str;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(without); i++)
		clang_PrintingPolicy_setProperty(policy, without[i], 1);
	str = cxstr_init(clang_getCursorPrettyPrinted(decl, policy));
	clang_PrintingPolicy_dispose(policy);
	return str;
}

uint32_t function_named(struct visit *v, uint32_t name, bool external)
{
	struct unit_facts *f = v->facts;
	uint32_t i, symbol;
	char *copy;

	for (i = 0; i < f->nr_symbols; i++)
		if (f->symbols[i].kind == SYMBOL_FUNC &&
		    f->symbols[i].is_static && f->symbols[i].name == name &&
		    f->symbols[i].file == v->main_path)
			return i;
	/* interning may move the text */
	copy = xstrdup(interner_get(&f->strings, name));
	symbol = unit_facts_symbol(f, SYMBOL_FUNC, !external, copy, "");
	free(copy);
	return symbol;
}

/* A second local of the same name in a function is "name#2". */
static uint32_t add_local(struct visit *v, uint64_t key, struct strbuf *name)
{
	uint64_t hash = hash64_str(name->buf, 0);
	uint32_t uses = u64map_get(&v->local_names, hash) + 1;
	uint32_t local;

	u64map_put(&v->local_names, hash, uses);
	if (uses > 1)
		strbuf_addf(name, "#%u", uses);
	local = name_add(v, name->buf);
	u64map_put(&v->locals, key, local + 1);
	return local;
}

uint32_t local_of(struct visit *v, CXCursor var)
{
	uint32_t known = u64map_get(&v->locals, decl_key(var));
	struct strbuf name = STRBUF_INIT;

	if (known)
		return known - 1;
	variable_name(v, var, &name);
	known = add_local(v, decl_key(var), &name);
	strbuf_release(&name);
	return known;
}

uint32_t literal_of(struct visit *v, CXCursor literal)
{
	/* an expression's second pointer is what a declaration's first is */
	uint64_t key = (uint64_t)(uintptr_t)literal.data[1];
	uint32_t known = u64map_get(&v->locals, key);
	struct strbuf name = STRBUF_INIT;
	const char *record;

	if (known)
		return known - 1;
	record = interner_get(&v->facts->strings,
			      type_record(v, clang_getCursorType(literal)));
	if (v->func == FACT_NONE)
		strbuf_addf(&name, "%s.", v->owner_name);
	/* the file is known: "tag@path" would only say it again */
	strbuf_addf(&name, "(%.*s)", (int)strcspn(record, "@"), record);
	known = add_local(v, key, &name);
	strbuf_release(&name);
	return known;
}

/* 14 spells what has no name "", later ones "struct (unnamed at ...)". */
static bool is_name(const char *spelling)
{
	return *spelling && !strchr(spelling, '(');
}

static bool has_tag(CXCursor record)
{
	struct cxstr str;
	bool tagged;

	if (clang_Cursor_isAnonymous(record))
		return false;
	/* 14 spells a nameless record "", later ones "struct (unnamed at ..."
	 */
	str = cxstr_init(clang_getCursorSpelling(record));
	tagged = str.s[0] && !strchr(str.s, '(');
	cxstr_release(&str);
	return tagged;
}

/* typedef struct { ... } name_t: the type is spelled as the typedef. */
static bool typedef_name(CXCursor record, struct strbuf *out)
{
	struct cxstr str =
		cxstr_init(clang_getTypeSpelling(clang_getCursorType(record)));
	bool ok = str.s[0] && !strpbrk(str.s, "( :");

	if (ok)
		strbuf_addstr(out, str.s);
	cxstr_release(&str);
	return ok;
}

static bool is_record(CXCursor cursor)
{
	enum CXCursorKind kind = clang_getCursorKind(cursor);

	return kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl;
}

static void build_record_name(struct visit *v, CXCursor record,
			      struct strbuf *out)
{
	CXCursor outer;
	struct place place;

	if (has_tag(record)) {
		struct cxstr str = cxstr_init(clang_getCursorSpelling(record));

		strbuf_addstr(out, str.s);
		cxstr_release(&str);
	} else if (!typedef_name(record, out)) {
		outer = clang_getCursorSemanticParent(record);
		if (is_record(outer)) {
			build_record_name(v, outer, out);
			if (!clang_Cursor_isAnonymousRecordDecl(record))
				strbuf_addstr(out, "::");
			return;
		}
		/* a variable's own nameless type: nothing else can name it */
		place = place_of(v, record);
		strbuf_addf(out, "(unnamed:%u)", place.line);
	}
	/* what a header declares is no file's own, wherever it is defined */
	place = place_of(v, clang_getCanonicalCursor(record));
	if (place.file && place.path == v->main_path && !v->is_prefix)
		strbuf_addf(out, "@%s",
			    interner_get(&v->facts->strings, place.path));
}

uint32_t record_name(struct visit *v, CXCursor record)
{
	CXCursor def = clang_getCursorDefinition(record);
	struct strbuf name = STRBUF_INIT;
	uint32_t known;

	if (!clang_Cursor_isNull(def))
		record = def;
	known = u64map_get(&v->records, decl_key(record));
	if (known)
		return known - 1;
	build_record_name(v, record, &name);
	known = name_add(v, name.buf);
	strbuf_release(&name);
	u64map_put(&v->records, decl_key(record), known + 1);
	return known;
}

uint32_t type_record(struct visit *v, CXType type)
{
	int depth;

	type = clang_getCanonicalType(type);
	for (depth = 0; depth < 8; depth++) {
		switch (type.kind) {
		case CXType_Pointer:
			type = clang_getPointeeType(type);
			break;
		case CXType_ConstantArray:
		case CXType_IncompleteArray:
		case CXType_VariableArray:
			type = clang_getArrayElementType(type);
			break;
		case CXType_Record:
			return record_name(v, clang_getTypeDeclaration(type));
		default:
			return 0;
		}
		type = clang_getCanonicalType(type);
	}
	return 0;
}

uint32_t field_name(struct visit *v, CXCursor field)
{
	uint64_t key = decl_key(field);
	uint32_t known = u64map_get(&v->records, key);
	uint32_t record;
	struct cxstr str;

	if (known)
		return known - 1;
	record = record_name(v, clang_getCursorSemanticParent(field));
	str = cxstr_init(clang_getCursorSpelling(field));
	strbuf_reset(&v->scratch);
	/* no name of its own: the field that holds an anonymous union */
	if (is_name(str.s))
		strbuf_addf(&v->scratch, "%s.%s",
			    interner_get(&v->facts->strings, record), str.s);
	cxstr_release(&str);
	known = name_add(v, v->scratch.buf);
	u64map_put(&v->records, key, known + 1);
	return known;
}
