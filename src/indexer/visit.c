// SPDX-License-Identifier: GPL-2.0-only
/*
 * Top-level declarations. Each becomes a body: the ranges of facts that were
 * added while it was visited.
 */
#include <string.h>

#include "indexer/visit.h"

void visit_init(struct visit *v)
{
	u64map_init(&v->files);
	u64map_init(&v->symbols);
	u64map_init(&v->records);
	u64map_init(&v->locals);
	u64map_init(&v->local_names);
	u64map_init(&v->params);
	u64map_init(&v->noreturn);
	u64map_init(&v->written);
	u64map_init(&v->changed);
	strbuf_init(&v->scratch);
	v->func = FACT_NONE;
}

void visit_release(struct visit *v)
{
	u64map_release(&v->files);
	u64map_release(&v->symbols);
	u64map_release(&v->records);
	u64map_release(&v->locals);
	u64map_release(&v->local_names);
	u64map_release(&v->params);
	u64map_release(&v->noreturn);
	u64map_release(&v->written);
	u64map_release(&v->changed);
	strbuf_release(&v->scratch);
	free(v->guards);
	free(v->conds);
	free(v->sources);
	free(v->aliases);
	free(v->cleanups);
	free(v->kids);
}

static struct fact_body body_begin(const struct visit *v)
{
	const struct unit_facts *f = v->facts;

	return (struct fact_body){
		.first_def = f->nr_defs,
		.first_call = f->nr_calls,
		.first_assign = f->nr_assigns,
		.first_field = f->nr_fields,
	};
}

static void body_end(struct visit *v, struct fact_body *body, uint32_t path)
{
	struct unit_facts *f = v->facts;

	body->nr_defs = f->nr_defs - body->first_def;
	body->nr_calls = f->nr_calls - body->first_call;
	body->nr_assigns = f->nr_assigns - body->first_assign;
	body->nr_fields = f->nr_fields - body->first_field;
	if (!body->nr_defs && !body->nr_calls && !body->nr_assigns &&
	    !body->nr_fields)
		return;
	body->file = path;
	body->is_header = v->is_prefix || path != v->main_path;
	body->hash = unit_facts_hash_body(f, body);
	ALLOC_GROW(f->bodies, f->nr_bodies + 1, f->alloc_bodies);
	f->bodies[f->nr_bodies++] = *body;
}

static uint32_t printed_attrs(const char *text)
{
	uint32_t attrs = 0;

	if (strstr(text, "section(\".init.text\")"))
		attrs |= ATTR_INIT;
	if (strstr(text, "section(\".exit.text\")"))
		attrs |= ATTR_EXIT;
	if (strstr(text, "((unused))"))
		attrs |= ATTR_MAYBE_UNUSED;
	return attrs;
}

/* `alias("target")`: the target as a string, or 0. */
static uint32_t printed_alias(struct visit *v, const char *text)
{
	const char *from = strstr(text, "alias(\""), *to;

	if (!from)
		return 0;
	from += strlen("alias(\"");
	to = strchr(from, '"');
	return to ? interner_add(&v->facts->strings, from, to - from) : 0;
}

/* What the attributes of a function say; @alias: whose other name it is. */
static uint32_t function_attrs(struct visit *v, CXCursor fn, uint32_t *alias)
{
	uint32_t attrs = 0;

	*alias = 0;
	if (clang_Cursor_hasAttrs(fn)) {
		struct cxstr text = print_decl(fn);

		attrs = printed_attrs(text.s);
		*alias = printed_alias(v, text.s);
		cxstr_release(&text);
	}
	if (clang_Cursor_isFunctionInlined(fn))
		attrs |= ATTR_INLINE;
	return attrs;
}

static void function_begin(struct visit *v, CXCursor fn)
{
	int nr = clang_Cursor_getNumArguments(fn), i;

	u64map_clear(&v->locals);
	u64map_clear(&v->local_names);
	u64map_clear(&v->params);
	u64map_clear(&v->written);
	u64map_clear(&v->changed);
	for (i = 0; i < nr; i++) {
		CXCursor param = clang_Cursor_getArgument(fn, i);

		u64map_put(&v->params, (uintptr_t)param.data[0], i + 1);
	}
	v->func = symbol_of(v, fn);
}

/*
 * A test of a static variable is a guard only when the function writes the
 * variable too: a once-flag. What merely reads one is a setting. Known at the
 * end of the function, so the others are dropped then.
 */
static void keep_written_guards(struct visit *v, uint32_t first_call)
{
	struct unit_facts *f = v->facts;
	uint32_t i, k, to;

	if (first_call == f->nr_calls)
		return;
	to = f->calls[first_call].first_guard;
	for (i = first_call; i < f->nr_calls; i++) {
		struct fact_call *call = &f->calls[i];
		uint32_t from = call->first_guard, nr = call->nr_guards;

		call->first_guard = to;
		for (k = from; k < from + nr; k++)
			if (u64map_get(&v->written, f->guards[k].symbol))
				f->guards[to++] = f->guards[k];
		call->nr_guards = to - call->first_guard;
	}
	f->nr_guards = to;
}

static void add_def(struct visit *v, const struct place *place, uint32_t attrs)
{
	struct unit_facts *f = v->facts;

	ALLOC_GROW(f->defs, f->nr_defs + 1, f->alloc_defs);
	f->defs[f->nr_defs++] = (struct fact_def){
		.symbol = v->func,
		.file = place->path,
		.line = place->line,
		.col = place->col,
		.attrs = attrs,
	};
}

static void visit_function(struct visit *v, CXCursor fn)
{
	struct cxstr name = cxstr_init(clang_getCursorSpelling(fn));
	struct place place = place_of(v, fn);
	struct fact_body body = body_begin(v);
	struct kids kids = kids_of(v, fn);
	uint32_t alias;

	v->func_name = name.s;
	function_begin(v, fn);
	add_def(v, &place, function_attrs(v, fn, &alias));
	if (kids.nr)
		visit_stmt(v, kid(v, kids, kids.nr - 1));
	keep_written_guards(v, body.first_call);
	keep_unchanged_conds(v, body.first_call);
	v->facts->defs[body.first_def].attrs |= changed_params(v, fn);
	v->func = FACT_NONE;
	v->func_name = NULL;
	body_end(v, &body, place.path);
	kids_drop(v, kids);
	cxstr_release(&name);
}

/*
 * A declaration may name another function of the unit as what it stands for.
 * That one may stand further down, and whether it is static is known when all
 * has been visited.
 */
static void visit_prototype(struct visit *v, CXCursor fn)
{
	uint32_t alias = 0, attrs = 0;

	if (clang_Cursor_hasAttrs(fn))
		attrs = function_attrs(v, fn, &alias);
	if (!alias)
		return;
	ALLOC_GROW(v->aliases, v->nr_aliases + 1, v->alloc_aliases);
	v->aliases[v->nr_aliases++] = (struct alias){ fn, alias, attrs };
}

/* To call the alias is to call the target with the same arguments. */
static void visit_alias(struct visit *v, const struct alias *alias)
{
	int nr = clang_Cursor_getNumArguments(alias->fn), i;
	struct place place = place_of(v, alias->fn);
	struct fact_body body = body_begin(v);
	struct unit_facts *f = v->facts;
	struct fact_call call = {
		.target = { .kind = VALUE_FUNC, .addr = 1 },
		.file = place.path,
		.line = place.line,
		.col = place.col,
		.first_arg = f->nr_args,
		.first_guard = f->nr_guards,
		.first_cond = f->nr_conds,
	};

	function_begin(v, alias->fn);
	add_def(v, &place, alias->attrs);
	call.caller = v->func;
	call.target.base = function_named(v, alias->target, true);
	for (i = 0; i < nr && i < 256; i++) {
		ALLOC_GROW(f->args, f->nr_args + 1, f->alloc_args);
		f->args[f->nr_args++] = (struct fact_arg){
			.pos = i,
			.only = true,
			.value = { .kind = VALUE_PARAM, .base = i },
		};
	}
	call.nr_args = f->nr_args - call.first_arg;
	ALLOC_GROW(f->calls, f->nr_calls + 1, f->alloc_calls);
	f->calls[f->nr_calls++] = call;
	v->func = FACT_NONE;
	body_end(v, &body, place.path);
}

static void visit_field(struct visit *v, CXCursor field, uint32_t record)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(field));
	struct unit_facts *f = v->facts;
	struct fact_field fact = { .record = record };

	while (type.kind == CXType_ConstantArray ||
	       type.kind == CXType_IncompleteArray)
		type = clang_getCanonicalType(clang_getArrayElementType(type));
	if (type.kind == CXType_Record) {
		fact.kind = FIELD_RECORD;
	} else if (type.kind == CXType_Pointer) {
		CXType to = clang_getCanonicalType(clang_getPointeeType(type));

		fact.kind = to.kind == CXType_Record ? FIELD_POINTER
						     : FIELD_FUNC;
		if (to.kind != CXType_Record &&
		    to.kind != CXType_FunctionProto &&
		    to.kind != CXType_FunctionNoProto)
			return;
	} else {
		return;
	}
	/* an anonymous member's fields are the outer record's own */
	if (!field_name(v, field))
		return;
	fact.name = name_of(v, field);
	if (fact.kind != FIELD_FUNC)
		fact.type = type_record(v, type);
	ALLOC_GROW(f->fields, f->nr_fields + 1, f->alloc_fields);
	f->fields[f->nr_fields++] = fact;
}

static void visit_record_fields(struct visit *v, CXCursor record)
{
	struct kids kids = kids_of(v, record);
	uint32_t name = record_name(v, record), i;

	for (i = 0; i < kids.nr; i++) {
		CXCursor c = kid(v, kids, i);

		switch (clang_getCursorKind(c)) {
		case CXCursor_FieldDecl:
			visit_field(v, c, name);
			break;
		case CXCursor_StructDecl:
		case CXCursor_UnionDecl:
			visit_record_fields(v, c);
			break;
		default:
			break;
		}
	}
	kids_drop(v, kids);
}

static void visit_record(struct visit *v, CXCursor record)
{
	struct fact_body body = body_begin(v);

	if (!clang_isCursorDefinition(record))
		return;
	visit_record_fields(v, record);
	body_end(v, &body, place_of(v, record).path);
}

static void visit_global(struct visit *v, CXCursor var)
{
	struct fact_body body = body_begin(v);
	CXCursor init = clang_Cursor_getVarDeclInitializer(var);
	struct strbuf name = STRBUF_INIT;

	u64map_clear(&v->locals);
	u64map_clear(&v->local_names);
	variable_name(v, var, &name);
	v->owner_name = name.buf;
	v->owner_path = place_of(v, var).path;
	visit_var(v, var);
	/* for the nameless objects in it: &(struct driver){ .probe = f } */
	if (!clang_Cursor_isNull(init))
		visit_stmt(v, init);
	v->owner_name = NULL;
	strbuf_release(&name);
	body_end(v, &body, place_of(v, var).path);
}

static enum CXChildVisitResult visit_top(CXCursor cursor, CXCursor parent,
					 CXClientData data)
{
	struct visit *v = data;

	(void)parent;
	switch (clang_getCursorKind(cursor)) {
	case CXCursor_FunctionDecl:
		if (clang_isCursorDefinition(cursor))
			visit_function(v, cursor);
		else
			visit_prototype(v, cursor);
		break;
	case CXCursor_VarDecl:
		visit_global(v, cursor);
		break;
	case CXCursor_StructDecl:
	case CXCursor_UnionDecl:
		visit_record(v, cursor);
		break;
	default:
		break;
	}
	return CXChildVisit_Continue;
}

void visit_tu(struct visit *v)
{
	uint32_t i;

	clang_visitChildren(clang_getTranslationUnitCursor(v->tu), visit_top,
			    v);
	resolve_cleanups(v);
	for (i = 0; i < v->nr_aliases; i++)
		visit_alias(v, &v->aliases[i]);
}
