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
	GATE_WORSENED, /* there before, but not as bad: see gate_compare() */
	GATE_MENDED, /* there before, and no more */
};

/* "added", "worsened", "mended", as reports have it. Not to be freed. */
const char *gate_kind_name(enum gate_kind kind);

struct gate_entry {
	enum gate_kind kind;
	const struct finding *before; /* NULL when added */
	const struct finding *after; /* NULL when mended */
	char *why; /* worsened: what, as a half-sentence; else NULL */
	/*
	 * A place of the finding that the patch touches: where a reader of the
	 * patch looks. With nothing of it touched file is NULL: the patch
	 * changed what lies between. Of what is mended: the place in the new
	 * file that is nearest to where it was.
	 */
	const char *file;
	uint32_t line;
};

/* What an entry is about: the finding as it is now, or as it was. */
const struct finding *gate_entry_finding(const struct gate_entry *entry);
/* Neither mended nor accepted. */
bool gate_entry_counts(const struct gate_entry *entry);

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
	uint32_t units_kept; /* of them: with a prefix header of the index */
	uint32_t units_affected; /* that read what the patch touches */
	struct gate_left_out *left_out; /* by file; non-empty: incomplete */
	size_t nr_left_out;
	struct string_list notes; /* whole sentences: flags taken from a
				     sibling, an index out of date, ... */
	bool has_baseline;
	struct string_list unused; /* baseline entries that match nothing */
	struct string_list expired; /* and those that do not hold any more */
};

/**
 * gate_result_init() - nothing compared yet
 * @result: overwritten
 */
void gate_result_init(struct gate_result *result);

/**
 * gate_result_release() - free what a result holds
 * @result: initialised, and afterwards as gate_result_init() leaves it. Both
 *	    reports go with it; ->patch is not its own.
 */
void gate_result_release(struct gate_result *result);

/**
 * gate_compare() - match the findings of two states
 * @result: ->before, ->after and ->patch are set; ->list is filled, and a
 *	    sentence is added to ->notes for each finding that has become better
 *	    without being mended
 *
 * Findings with the same id are the same. What is left over is matched one to
 * one, the most alike first, by three parts: the probe, the function of the
 * site, the driver. Each is the same (with files renamed as the patch does), or
 * can be followed:
 *   probe	renamed in its file, or moved to another one: the old name is
 *		gone from the file, or is now a function on the way
 *   site	another function (a helper extracted, inlined, renamed, moved)
 *   driver	its variable renamed in its file, where the old name is gone
 * A name is gone when the new text of its file does not have it. What moved and
 * is otherwise as bad as before is not told.
 *
 * Worse is: a graver verdict, severity or hang; each device registers the
 * driver now; the lock over a flag is gone; nothing unregisters it any more, or
 * a remove callback does instead of the module's exit; nobody looks at what it
 * returns any more. Being surer of it is not worse.
 */
void gate_compare(struct gate_result *result);

/* gate_compare()'s judgement of two that are the same: NULL when not worse. */
char *gate_worse(const struct finding *before, const struct finding *after);

/* How many entries of a kind are neither accepted nor below @threshold. */
size_t gate_count(const struct gate_result *result, enum gate_kind kind,
		  enum severity threshold);
/* How many are accepted. */
size_t gate_accepted(const struct gate_result *result);

struct gate_format {
	struct named named; /* "text", "json", "sarif", "github", "gitlab" */
	/* Return: 0 or -errno (of writing). */
	int (*render)(const struct gate_result *result, FILE *out);
};

extern const struct named_list gate_formats;

/* NULL for an unknown name. */
const struct gate_format *gate_format_find(const char *name);

#endif
