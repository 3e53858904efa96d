/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How far an index run is, as one line that is drawn again and again on a
 * terminal, and as a line now and then elsewhere. What a line says and when it
 * is due are functions of their arguments alone.
 */
#ifndef PROBEWALK_CMD_PROGRESS_H
#define PROBEWALK_CMD_PROGRESS_H

#include <stdbool.h>

#include "indexer/index.h"

/* One that no index run has; for the phase of a struct index_progress. */
enum { PROGRESS_WALKING = INDEX_STORING + 1 };

/* "45 s", "12 min", "1 h 05 min" */
void progress_duration(struct strbuf *out, double seconds);

/* "812 KiB", "1.3 MiB", "2.0 GiB" */
void progress_size(struct strbuf *out, uint64_t bytes);

/**
 * progress_line() - one line, without its end
 * @out: where to
 * @config: name of the configuration
 * @p: how far it is
 * @seconds: since the phase began
 * @width: columns there are, 0 for no limit; what is too much is cut off
 */
void progress_line(struct strbuf *out, const char *config,
		   const struct index_progress *p, double seconds, int width);

/* When a line was printed last where no line can be drawn again. */
struct progress_mark {
	enum index_phase phase;
	unsigned int percent;
	double seconds; /* since the run began */
};

/**
 * progress_is_due() - whether it is time for another plain line
 * @last: of the last line; updated when it is
 * @seconds: since the run began
 *
 * Every tenth of the way or every half minute, whichever comes later.
 */
bool progress_is_due(struct progress_mark *last, const struct index_progress *p,
		     double seconds);

struct progress {
	const char *config;
	bool terminal;
	bool shown; /* something stands in the terminal's line */
	double began, phase_began, drawn; /* seconds of some clock */
	enum index_phase phase;
	struct progress_mark mark;
};

void progress_begin(struct progress *p, const char *config);
/* For struct index_options. */
void progress_show(void *data, const struct index_progress *now);
/* Wipe the terminal's line: something else is to be printed. */
void progress_end(struct progress *p);

#endif
