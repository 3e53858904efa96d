// SPDX-License-Identifier: GPL-2.0-only
/* How far an index run is, see cmd-progress.h. */
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "util/log.h"

#include "cmd-progress.h"

#define REDRAW_SECONDS 0.2
/* Less tells nothing about a rate. */
#define RATE_SECONDS 2.0

enum {
	PLAIN_PERCENT = 10,
	PLAIN_SECONDS = 30,
};

static const char *const phases[] = {
	[INDEX_READING] = "reading the commands",
	[INDEX_LOOKING] = "looking for changes",
	[INDEX_PREFIXES] = "building prefix headers",
	[INDEX_TRYING] = "parsing some of each directory",
	[INDEX_PARSING] = "parsing",
	[INDEX_STORING] = "storing",
	[PROGRESS_WALKING] = "walking over the rules",
};

/* ---- what it says ---- */

void progress_duration(struct strbuf *out, double seconds)
{
	unsigned long s = seconds < 0 ? 0 : (unsigned long)(seconds + 0.5);
	unsigned long minutes = (s + 30) / 60;

	if (s < 60)
		strbuf_addf(out, "%lu s", s);
	else if (minutes < 60)
		strbuf_addf(out, "%lu min", minutes);
	else
		strbuf_addf(out, "%lu h %02lu min", minutes / 60, minutes % 60);
}

void progress_size(struct strbuf *out, uint64_t bytes)
{
	static const char *const units[] = { "KiB", "MiB", "GiB", "TiB" };
	double size = bytes / 1024.0;
	size_t i = 0;

	for (; size >= 1023.95 && i + 1 < ARRAY_SIZE(units); i++)
		size /= 1024;
	strbuf_addf(out, i ? "%.1f %s" : "%.0f %s", size, units[i]);
}

static unsigned int percent_of(const struct index_progress *p)
{
	return p->total ? (unsigned int)(p->done * 100ull / p->total) : 0;
}

static void add_rate(struct strbuf *out, const struct index_progress *p,
		     double seconds)
{
	double rate;

	if (seconds < RATE_SECONDS || !p->done)
		return;
	rate = p->done / seconds;
	strbuf_addf(out, rate < 10 ? ", %.1f a second" : ", %.0f a second",
		    rate);
	if (p->done >= p->total)
		return;
	strbuf_addstr(out, ", ");
	progress_duration(out, (p->total - p->done) / rate);
	strbuf_addstr(out, " left");
}

void progress_line(struct strbuf *out, const char *config,
		   const struct index_progress *p, double seconds, int width)
{
	size_t start = out->len;

	strbuf_addf(out, "%s: %s", config, phases[p->phase]);
	if (p->total)
		strbuf_addf(out, ": %u of %u%s (%u %%)", p->done, p->total,
			    p->phase == INDEX_PARSING ? " units" : "",
			    percent_of(p));
	if (p->phase == INDEX_PARSING)
		add_rate(out, p, seconds);
	if (p->failed)
		strbuf_addf(out, ", %u failed", p->failed);
	if (width > 0 && out->len - start > (size_t)width)
		strbuf_setlen(out, start + width);
}

/* ---- when ---- */

bool progress_is_due(struct progress_mark *last, const struct index_progress *p,
		     double seconds)
{
	unsigned int percent = percent_of(p);

	/* the percents of another phase are other ones */
	if (last->phase != p->phase) {
		last->phase = p->phase;
		last->percent = 0;
	}
	if (seconds - last->seconds < PLAIN_SECONDS ||
	    (p->total && percent < last->percent + PLAIN_PERCENT))
		return false;
	last->percent = percent;
	last->seconds = seconds;
	return true;
}

/* ---- on stderr ---- */

static double clock_seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

/* One less than there is, or some terminals go to the next line. */
static int terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || size.ws_col < 2)
		return 79;
	return size.ws_col - 1;
}

void progress_begin(struct progress *p, const char *config)
{
	memset(p, 0, sizeof(*p));
	p->config = config;
	p->terminal = isatty(STDERR_FILENO);
	p->began = p->phase_began = clock_seconds();
	p->drawn = -REDRAW_SECONDS;
}

static void draw(struct progress *p, const struct index_progress *now,
		 double clock)
{
	struct strbuf line = STRBUF_INIT;

	progress_line(&line, p->config, now, clock - p->phase_began,
		      terminal_width());
	fprintf(stderr, "\r%s\033[K", line.buf);
	fflush(stderr);
	p->shown = true;
	p->drawn = clock;
	strbuf_release(&line);
}

void progress_show(void *data, const struct index_progress *now)
{
	struct strbuf line = STRBUF_INIT;
	double clock = clock_seconds();
	struct progress *p = data;
	bool new_phase = now->phase != p->phase;

	if (log_quiet)
		return;
	if (new_phase) {
		p->phase = now->phase;
		p->phase_began = clock;
	}
	if (p->terminal) {
		if (new_phase || clock - p->drawn >= REDRAW_SECONDS)
			draw(p, now, clock);
	} else if (progress_is_due(&p->mark, now, clock - p->began)) {
		progress_line(&line, p->config, now, clock - p->phase_began, 0);
		pw_info("%s", line.buf);
	}
	strbuf_release(&line);
}

void progress_end(struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
	p->shown = false;
}
