// SPDX-License-Identifier: GPL-2.0-only
/*
 * One parse: libclang's arguments put together, its diagnostics sorted, the
 * visitors run, the files it read noted.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "indexer/overlay.h"
#include "indexer/unit.h"
#include "indexer/visit.h"

struct unit_parser {
	CXIndex index;
	char *tree, *objdir;
	struct interner paths; /* files whose content was hashed */
	struct fact_dep *content; /* by number in paths */
	size_t alloc_content;
	struct timespec began; /* before anything was parsed */
};

static bool is_later(const struct timespec *a, const struct timespec *b)
{
	if (a->tv_sec != b->tv_sec)
		return a->tv_sec > b->tv_sec;
	return a->tv_nsec > b->tv_nsec;
}

/*
 * File systems tell the time by a clock that ticks some hundred times a second.
 * Whatever is written after this has a later time than @now; what was written
 * before it has not, even where the file system reads the exact clock.
 */
static void wait_for_tick(struct timespec *now)
{
	const struct timespec ms = { .tv_nsec = 1000000 };
	struct timespec tick;
	int tries = 100; /* somebody may set the clock back */

	clock_gettime(CLOCK_REALTIME, now);
	do {
		nanosleep(&ms, NULL);
		clock_gettime(CLOCK_REALTIME_COARSE, &tick);
	} while (!is_later(&tick, now) && --tries);
}

struct unit_parser *unit_parser_new(const char *tree, const char *objdir)
{
	struct unit_parser *p = xcalloc(1, sizeof(*p));

	/* facts of a precompiled header are collected once, when it is built */
	p->index = clang_createIndex(1, 0);
	p->tree = xstrdup(tree);
	p->objdir = objdir ? xstrdup(objdir) : NULL;
	wait_for_tick(&p->began);
	interner_init(&p->paths);
	return p;
}

void unit_parser_free(struct unit_parser *p)
{
	if (!p)
		return;
	clang_disposeIndex(p->index);
	interner_release(&p->paths);
	free(p->content);
	free(p->tree);
	free(p->objdir);
	free(p);
}

/* Clang may have read what was there before: then the hash is of another text.
 */
static bool changed_meanwhile(const struct unit_parser *p, const char *path)
{
	const char *content;
	struct stat st;

	if (overlay_find(overlay_used(), path, &content) == OVERLAY_REPLACED)
		path = content;
	return stat(path, &st) || is_later(&st.st_ctim, &p->began);
}

/*
 * Each file is read for its hash once. 0: whoever read it is stale next time.
 */
static struct fact_dep content_of(struct unit_parser *p, const char *path)
{
	uint32_t before = p->paths.nr;
	uint32_t nr = interner_addstr(&p->paths, path);
	struct strbuf text = STRBUF_INIT;
	struct fact_dep dep = { 0 };

	if (nr < before)
		return p->content[nr];
	ALLOC_GROW(p->content, nr + 1, p->alloc_content);
	if (!overlay_read(&text, path)) {
		dep.size = text.len;
		if (!changed_meanwhile(p, path))
			dep.hash = hash64(text.buf, text.len, 0);
	}
	strbuf_release(&text);
	p->content[nr] = dep;
	return dep;
}

struct dep_visit {
	struct visit *v;
	struct unit_parser *parser;
};

static void add_dep(CXFile file, CXSourceLocation *stack, unsigned int len,
		    CXClientData data)
{
	struct dep_visit *dv = data;
	struct unit_facts *f = dv->v->facts;
	struct cxstr name = cxstr_init(clang_getFileName(file));
	struct fact_dep dep;
	char *path = NULL;

	(void)stack;
	(void)len;
	/* an overlay knows files by one name only */
	if (overlay_used())
		path = path_normalise(dv->v->directory, name.s);
	dep = content_of(dv->parser, path ? path : name.s);
	dep.file = path_of_file(dv->v, file);
	free(path);
	cxstr_release(&name);
	ALLOC_GROW(f->deps, f->nr_deps + 1, f->alloc_deps);
	f->deps[f->nr_deps++] = dep;
}

/* The text may quote the source, whoever wrote that. */
static void add_plain(struct strbuf *out, const char *s)
{
	for (; *s; s++) {
		unsigned char c = *s;

		if (c < 0x20 || c >= 0x7f)
			strbuf_addf(out, "\\x%02x", c);
		else
			strbuf_addch(out, c);
	}
}

/* "drivers/foo.c:12: unknown type name 'u33'" */
static uint32_t describe(struct visit *v, CXDiagnostic diag)
{
	struct cxstr text = cxstr_init(clang_getDiagnosticSpelling(diag));
	struct strbuf sb = STRBUF_INIT;
	unsigned int line;
	CXFile file;
	uint32_t ret;

	clang_getFileLocation(clang_getDiagnosticLocation(diag), &file, &line,
			      NULL, NULL);
	if (file) {
		uint32_t path = path_of_file(v, file);

		strbuf_addf(&sb,
			    "%s:%u: ", interner_get(&v->facts->strings, path),
			    line);
	}
	add_plain(&sb, text.s);
	ret = name_add(v, sb.buf);
	strbuf_release(&sb);
	cxstr_release(&text);
	return ret;
}

static void sort_diagnostics(struct visit *v)
{
	unsigned int nr = clang_getNumDiagnostics(v->tu), i;
	struct unit_facts *f = v->facts;

	for (i = 0; i < nr; i++) {
		CXDiagnostic diag = clang_getDiagnostic(v->tu, i);

		if (clang_getDiagnosticSeverity(diag) >= CXDiagnostic_Error) {
			if (!f->nr_errors++)
				f->detail = describe(v, diag);
		}
		clang_disposeDiagnostic(diag);
	}
	if (f->nr_errors)
		f->status = UNIT_ERRORS;
}

static const char *parse_failure(enum CXErrorCode code)
{
	switch (code) {
	case CXError_Crashed:
		return "libclang crashed";
	case CXError_InvalidArguments:
		return "libclang refused the arguments";
	case CXError_ASTReadError:
		return "the precompiled header could not be read";
	case CXError_Failure:
	case CXError_Success:
		break;
	}
	return "libclang could not parse it";
}

static uint64_t cpu_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec * 1000000ull + ts.tv_nsec / 1000;
}

/*
 * @args, what @extra adds and how the tree is seen; only the array is the
 * caller's to free.
 */
static const char **join_args(const struct parse_args *args,
			      const char *const *extra, int nr_extra, int *argc)
{
	const char **argv = xcalloc(args->argc + nr_extra + 3, sizeof(*argv));

	memcpy(argv, args->argv, args->argc * sizeof(*argv));
	if (nr_extra)
		memcpy(argv + args->argc, extra, nr_extra * sizeof(*argv));
	*argc = args->argc + nr_extra;
	if (overlay_vfs()) {
		argv[(*argc)++] = "-ivfsoverlay";
		argv[(*argc)++] = overlay_vfs();
	}
	return argv;
}

/* @unsaved: what a file holds that is nowhere on the disk, or NULL */
static CXTranslationUnit parse(struct unit_parser *p, const char *file,
			       const char **argv, int argc,
			       struct CXUnsavedFile *unsaved,
			       unsigned int options, struct unit_facts *facts)
{
	enum CXErrorCode code;
	CXTranslationUnit tu;

	code = clang_parseTranslationUnit2(p->index, file, argv, argc, unsaved,
					   unsaved ? 1 : 0, options, &tu);
	if (code == CXError_Success)
		return tu;
	facts->status = UNIT_FAILED;
	facts->detail = interner_addstr(&facts->strings, parse_failure(code));
	return NULL;
}

static void start_visit(struct unit_parser *p, struct visit *v,
			const char *directory, const char *file,
			CXTranslationUnit tu, struct unit_facts *facts)
{
	memset(v, 0, sizeof(*v));
	visit_init(v);
	v->facts = facts;
	v->tu = tu;
	v->tree = p->tree;
	v->objdir = p->objdir;
	v->directory = directory;
	v->main_path = path_of_file(v, clang_getFile(tu, file));
}

static void collect(struct unit_parser *p, struct visit *v)
{
	struct dep_visit dv = { v, p };

	visit_tu(v);
	clang_getInclusions(v->tu, add_dep, &dv);
}

static bool ends_with(const char *s, const char *end)
{
	size_t len = strlen(s), n = strlen(end);

	return len >= n && !strcmp(s + len - n, end);
}

/* clang's first error is that a header is missing. */
static bool unit_lacks_header(const struct unit_facts *facts)
{
	return ends_with(interner_get(&facts->strings, facts->detail),
			 "file not found");
}

/* Parse once; with @pch, facts of a parse with errors are worth nothing. */
static void parse_once(struct unit_parser *p, const char *directory,
		       const char *file, const struct parse_args *args,
		       const char *pch, struct unit_facts *facts)
{
	const char *extra[] = { "-include-pch", pch, "-Xclang",
				"-fno-validate-pch" };
	const char **argv;
	CXTranslationUnit tu;
	struct visit v;
	int argc;

	unit_facts_clear(facts);
	facts->mode = pch ? PARSE_PREFIX : PARSE_EXACT;
	argv = join_args(args, extra, pch ? ARRAY_SIZE(extra) : 0, &argc);
	tu = parse(p, file, argv, argc, NULL, CXTranslationUnit_None, facts);
	free(argv);
	if (!tu)
		return;
	start_visit(p, &v, directory, file, tu, facts);
	v.args = args;
	sort_diagnostics(&v);
	if (!pch || !facts->nr_errors || unit_lacks_header(facts))
		collect(p, &v);
	visit_release(&v);
	clang_disposeTranslationUnit(tu);
}

int unit_parse(struct unit_parser *p, const char *directory, const char *file,
	       const struct parse_args *args, const char *pch,
	       struct unit_facts *facts)
{
	uint64_t start = cpu_us();

	if (chdir(directory)) {
		unit_facts_clear(facts);
		facts->status = UNIT_FAILED;
		facts->detail = interner_addstr(&facts->strings,
						"its directory is missing");
		return 0;
	}
	parse_once(p, directory, file, args, pch, facts);
	facts->cpu_us = cpu_us() - start;
	return 0;
}

/* The prefix header itself is nowhere on the disk. */
static void forget_dep(struct unit_facts *f, uint32_t file)
{
	uint32_t i, nr = 0;

	for (i = 0; i < f->nr_deps; i++)
		if (f->deps[i].file != file)
			f->deps[nr++] = f->deps[i];
	f->nr_deps = nr;
}

int unit_build_pch(struct unit_parser *p, const char *directory,
		   const char *header, const struct strbuf *text,
		   const struct parse_args *args, const char *base,
		   const char *pch, struct unit_facts *facts)
{
	struct CXUnsavedFile unsaved = { header, text->buf, text->len };
	const char *extra[] = { "-x", "c-header", "-include-pch",
				base, "-Xclang",  "-fno-validate-pch" };
	uint64_t start = cpu_us();
	const char **argv;
	CXTranslationUnit tu;
	struct visit v;
	int argc, ret = 0;

	unit_facts_clear(facts);
	if (chdir(directory))
		return -errno;
	argv = join_args(args, extra, base ? ARRAY_SIZE(extra) : 2, &argc);
	tu = parse(p, header, argv, argc, &unsaved,
		   CXTranslationUnit_Incomplete |
			   CXTranslationUnit_ForSerialization,
		   facts);
	free(argv);
	if (!tu)
		return -EINVAL;
	start_visit(p, &v, directory, header, tu, facts);
	v.is_prefix = true;
	sort_diagnostics(&v);
	if (facts->nr_errors)
		ret = -EINVAL;
	else if (clang_saveTranslationUnit(tu, pch, 0) != CXSaveError_None)
		ret = -EIO;
	else
		collect(p, &v);
	forget_dep(facts, v.main_path);
	visit_release(&v);
	clang_disposeTranslationUnit(tu);
	facts->cpu_us = cpu_us() - start;
	return ret;
}
