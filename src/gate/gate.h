/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a patch adds, mends and makes worse. The findings of two states of a
 * tree are matched; what both have is nobody's business here.
 */
#ifndef PROBEWALK_GATE_GATE_H
#define PROBEWALK_GATE_GATE_H

#include "gate/patch.h"
#include "report/report.h"

enum gate_kind {
	GATE_ADDED, /* not there before */
	GATE_WORSENED, /* there before, but not as bad: verdict, severity,
			  confidence or hang */
	GATE_MENDED, /* there before, and no more */
};

struct gate_entry {
	enum gate_kind kind;
	const struct finding *before; /* NULL when added */
	const struct finding *after; /* NULL when mended */
	char *why; /* worsened: what, as a half-sentence; else NULL */
	char *accepted; /* reason in the baseline, or NULL */
	/*
	 * A place of the finding that the patch touches: where a reader of the
	 * patch looks. With nothing of it touched file is NULL: the patch
	 * changed what lies between.
	 */
	const char *file;
	uint32_t line;
};

/* A unit that should have been analysed again for the patch and was not. */
struct gate_left_out {
	char *file, *config;
	char *reason; /* "over the limit", "does not parse: ...", ... */
};

struct gate_result {
	struct gate_entry *list; /* by kind, then as findings are ordered */
	size_t nr, alloc;
	struct report before, after;
	const struct patch_set *patch;
	uint32_t units_parsed; /* again, for the patch */
	uint32_t units_affected; /* that read what the patch touches */
	struct gate_left_out *left_out; /* by file; non-empty: incomplete */
	size_t nr_left_out;
	struct string_list notes; /* whole sentences: flags taken from a
				     sibling, an index out of date, ... */
	struct string_list unused; /* baseline entries that match nothing */
	struct string_list expired; /* and those whose time is up */
};

void gate_result_init(struct gate_result *result);
void gate_result_release(struct gate_result *result);

/**
 * gate_compare() - match the findings of two states
 * @result: ->before, ->after and ->patch are set; ->list is filled
 *
 * Findings with the same id are the same. So are, of what is left over, two of
 * the same rule that differ in one thing that a patch moves without changing
 * what happens: a file or function that was renamed, the helper that the
 * registration stands in, the name of the driver's variable. What moved and is
 * otherwise as bad as before is not told.
 */
void gate_compare(struct gate_result *result);

/* How many entries of a kind are neither accepted nor below @threshold. */
size_t gate_count(const struct gate_result *result, enum gate_kind kind,
		  enum severity threshold);

struct gate_format {
	const char *name; /* "text", "json", "sarif", "github", "gitlab" */
	/* Return: 0 or -errno (of writing). */
	int (*render)(const struct gate_result *result, FILE *out);
};

/* NULL for an unknown name. */
const struct gate_format *gate_format_find(const char *name);
/* "text, json, ..." for messages. */
const char *gate_format_names(void);

#endif
