/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A case of testdata/kernel-snippets: its units, and what the comment at its
 * head says must be found. README.md there describes the comment.
 */
#ifndef PROBEWALK_TESTS_SNIPPET_H
#define PROBEWALK_TESTS_SNIPPET_H

#include <stdbool.h>
#include <stddef.h>

struct strings {
	char **v;
	size_t nr, alloc;
};

/* A finding as the comment states it, or as a report has it. */
struct finding {
	char *headline; /* "same-bus high a_probe -> b -> register(c_driver)" */
	struct strings guards; /* always compared */
	char *probe_driver, *bus; /* NULL: not stated */
	char *outer; /* "name high a_probe" or "none"; NULL: not stated */
	struct strings qualifiers; /* "per-instance static"; the same */
	struct strings
		unregisters; /* functions, or "none"; empty: not stated */
	bool matched;
};

struct snippet {
	char *name, *rule, *head; /* head: file with the comment */
	char *title;
	bool no_finding;
	char *known_to_fail; /* why, or NULL */
	struct finding *expected;
	size_t nr_expected, alloc_expected;
	struct strings modules; /* "main.c ops.c": sources of one module */
	struct strings units; /* relative to the directory of all snippets */
	char *mistake; /* in the comment */
};

struct snippets {
	struct snippet *v;
	size_t nr, alloc;
};

void strings_add(struct strings *list, char *s);
void strings_sort(struct strings *list);
bool strings_equal(const struct strings *a, const struct strings *b);
void strings_release(struct strings *list);

void finding_release(struct finding *f);

/**
 * snippets_find() - read all cases
 * @all: filled, ordered by rule and name; one with a mistake in its comment
 *says so in ->mistake
 * @dir: directory with a folder for each rule
 */
void snippets_find(struct snippets *all, const char *dir);
void snippets_release(struct snippets *all);

/* The findings of one report. */
struct report {
	struct finding *v;
	size_t nr;
};

/**
 * report_load() - read a JSON report
 * @report: gets its findings, to be freed with report_release() in any case
 * @path: file
 * @status: exit status of the program that wrote it, which must fit
 *
 * Return: whether it makes sense; if not, the reason is printed.
 */
bool report_load(struct report *report, const char *path, int status);
void report_release(struct report *report);
/* As the comment of a case. */
void report_print(const struct report *report, const char *title);

/**
 * snippet_agrees() - compare what is expected with what was found
 * @s: case
 * @report: its report
 * @quiet: do not print what differs
 */
bool snippet_agrees(struct snippet *s, struct report *report, bool quiet);

/* C files below @dir/@sub, sorted, relative to @dir. */
void snippet_units(const char *dir, const char *sub, struct strings *units);

#endif
