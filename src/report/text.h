/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One finding as text: what all texts have in common, whether they tell of a
 * tree or of a patch.
 */
#ifndef PROBEWALK_REPORT_TEXT_H
#define PROBEWALK_REPORT_TEXT_H

#include <stdio.h>

#include "rules/finding.h"

/**
 * text_putf() - a line of text, or part of one
 * @fmt: %s is plain_put(), %u is a uint32_t, and nothing else is known
 *
 * Only this way can no name be printed unescaped by mistake.
 */
void text_putf(FILE *out, const char *fmt, ...);

/*
 * A file at the beginning of a line; with "./" before it where the line would
 * be a command to a CI job ("::error::").
 */
void text_put_file(FILE *out, const char *file);

/* "FILE:LINE:COL: KIND: ", without the column when it is 0. */
void text_put_place(FILE *out, const char *file, uint32_t line, uint32_t col,
		    const char *kind);

/* @s, or @other where @s is NULL or empty. A copy of neither. */
const char *text_or_else(const char *s, const char *other);

/* All notes below the head of a finding. */
void text_put_notes(FILE *out, const struct finding *f);

/* The notes one by one, for findings that have some of them in common. */
void text_put_probe(FILE *out, const struct finding_probe *probe);
/* Without the end of the line. @next: the function of the next hop, or NULL. */
void text_put_hop(FILE *out, const struct finding_hop *hop, const char *next);
void text_put_path(FILE *out, const struct finding_hop *path, size_t nr,
		   const char *driver);
void text_put_outer(FILE *out, const struct finding *f);
void text_put_waiting(FILE *out, const struct finding *f);
void text_put_driver(FILE *out, const struct finding_driver *driver);
void text_put_guards(FILE *out, const struct finding *f);
void text_put_unregisters(FILE *out, const struct finding *f);
void text_put_qualifiers(FILE *out, const struct finding *f);
void text_put_other_paths(FILE *out, const struct finding *f);
void text_put_standing(FILE *out, const struct finding *f);

#endif
