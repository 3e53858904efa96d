// SPDX-License-Identifier: GPL-2.0-only
/* One finding as text: see text.h. */
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "report/plain.h"
#include "report/text.h"

void text_putf(FILE *out, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	for (; *fmt; fmt++) {
		if (fmt[0] == '%' && fmt[1] == 's') {
			plain_put(out, va_arg(ap, const char *));
			fmt++;
		} else if (fmt[0] == '%' && fmt[1] == 'u') {
			fprintf(out, "%" PRIu32, va_arg(ap, uint32_t));
			fmt++;
		} else {
			putc(*fmt, out);
		}
	}
	va_end(ap);
}

void text_put_file(FILE *out, const char *file)
{
	text_putf(out, "%s%s", *file == ':' ? "./" : "", file);
}

void text_put_place(FILE *out, const char *file, uint32_t line, uint32_t col,
		    const char *kind)
{
	text_put_file(out, file ? file : "(unknown)");
	text_putf(out, ":%u:", line);
	if (col)
		text_putf(out, "%u:", col);
	text_putf(out, " %s: ", kind);
}

const char *text_or_else(const char *s, const char *other)
{
	return s && *s ? s : other;
}

void text_put_probe(FILE *out, const struct finding_probe *probe)
{
	const struct finding_driver *driver = &probe->driver;

	text_put_place(out, probe->file, probe->line, 0, "note");
	text_putf(out, "%s()", probe->function);
	if (!probe->slot) {
		text_putf(out, " stands here\n");
		return;
	}
	text_putf(out, " is the %s of %s", probe->slot,
		  text_or_else(driver->name,
			       "a driver that could not be named"));
	if (driver->bus)
		text_putf(out, ", on %s", driver->bus);
	putc('\n', out);
}

/*
 * The name spelled at the site is not always the function that runs: a macro, a
 * field. That one is where the next hop stands.
 */
void text_put_hop(FILE *out, const struct finding_hop *hop, const char *next)
{
	bool same = next && !strcmp(next, hop->callee);

	text_put_place(out, hop->file, hop->line, hop->col, "note");
	switch (hop->edge) {
	case EDGE_DIRECT:
		text_putf(out, "%s() calls %s() here", hop->function,
			  hop->callee);
		if (next && !same)
			text_putf(out, ", that is %s()", next);
		break;
	case EDGE_POINTER:
		text_putf(out, "%s() calls through %s here", hop->function,
			  hop->callee);
		if (next)
			text_putf(out, ", which may be %s()", next);
		break;
	case EDGE_CALLBACK:
		if (hop->listed) {
			text_putf(out,
				  "%s() calls %s() here, which calls %s() from "
				  "a list that it was put into",
				  hop->function, hop->callee,
				  next ? next : "a function");
			break;
		}
		text_putf(out, "%s() hands %s() to %s() here, which calls it",
			  hop->function, next ? next : "a function",
			  hop->callee);
		break;
	}
}

void text_put_path(FILE *out, const struct finding_hop *path, size_t nr,
		   const char *driver)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		text_put_hop(out, &path[i],
			     i + 1 < nr ? path[i + 1].function : NULL);
		if (i + 1 == nr && driver)
			text_putf(out, " with %s", driver);
		putc('\n', out);
	}
}

/*
 * As lockdep tells of two locks: what is held already, and what is being taken
 * under it.
 */
void text_put_outer(FILE *out, const struct finding *f)
{
	const struct finding_outer *outer = f->outer;
	const struct finding_hop *last;
	const char *bus = text_or_else(f->probe.driver.bus, "that bus");

	if (!outer)
		return;
	last = &outer->path[outer->nr_path - 1];
	text_put_place(out, outer->probe.file, outer->probe.line, 0, "note");
	text_putf(out,
		  "%s() is already holding the lock of a device on %s here\n",
		  outer->probe.function,
		  text_or_else(outer->probe.driver.bus, "its bus"));
	text_put_probe(out, &outer->probe);
	text_put_path(out, outer->path, outer->nr_path, NULL);
	text_put_place(out, last->file, last->line, last->col, "note");
	if (outer->name)
		text_putf(
			out,
			"which adds \"%s\" on %s, so %s() is called with both "
			"locks held\n",
			outer->name, bus, f->probe.function);
	else
		text_putf(out,
			  "which adds a device on %s: if %s() is its probe, it "
			  "is "
			  "called with both locks held (%s confidence: %s)\n",
			  bus, f->probe.function,
			  confidence_name(outer->confidence),
			  !strcmp(outer->match, "bus")
				  ? "all that is known is the bus"
				  : "no other driver adds any");
}

/* What a transitive finding comes to. */
void text_put_waiting(FILE *out, const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;

	if (f->verdict != VERDICT_TRANSITIVE)
		return;
	text_put_place(out, reg->file, reg->line, reg->col, "note");
	text_putf(out,
		  "%s() is trying to take the lock of each device on %s here, "
		  "also "
		  "of the one that %s() holds\n",
		  reg->callee, text_or_else(reg->driver.bus, "its bus"),
		  f->outer->probe.function);
}

void text_put_driver(FILE *out, const struct finding_driver *driver)
{
	if (!driver->name || !driver->file)
		return;
	text_put_place(out, driver->file, driver->line, 0, "note");
	text_putf(out, "%s is defined here, for %s\n", driver->name,
		  text_or_else(driver->bus, "a bus that could not be told"));
}

void text_put_guards(FILE *out, const struct finding *f)
{
	size_t i;

	for (i = 0; i < f->nr_guards; i++) {
		const struct finding_guard *g = &f->guards[i];

		text_put_place(out, g->file, g->line, 0, "note");
		text_putf(out,
			  "whether it comes to that is decided by %s (%s) here",
			  g->variable, g->kind);
		if (strcmp(g->kind, "static-flag"))
			text_putf(out, "\n");
		else if (g->lock)
			text_putf(out, ", under %s\n", g->lock);
		else
			text_putf(out,
				  ": a race unless a lock covers the test and "
				  "the call\n");
	}
}

void text_put_unregisters(FILE *out, const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;
	size_t i;

	if (f->rule->to != TARGET_REGISTRATION || !f->rule->undo.nr ||
	    !reg->driver.name)
		return;
	for (i = 0; i < f->nr_unregisters; i++) {
		const struct finding_unregister *u = &f->unregisters[i];

		text_put_place(out, u->file, u->line, 0, "note");
		text_putf(out, "%s() unregisters %s here\n", u->function,
			  reg->driver.name);
	}
	if (f->nr_unregisters || f->unregister_unknown)
		return;
	text_put_place(out, reg->file, reg->line, reg->col, "note");
	text_putf(out, "nothing unregisters %s\n", reg->driver.name);
}

void text_put_qualifiers(FILE *out, const struct finding *f)
{
	size_t i;

	for (i = 0; i < f->nr_qualifiers; i++) {
		const struct finding_qualifier *q = &f->qualifiers[i];

		switch (q->kind) {
		case QUALIFIER_ONCE_GUARD: /* text_put_guards() and */
		case QUALIFIER_NO_UNREGISTER: /* text_put_unregisters() tell */
			continue;
		case QUALIFIER_UNREGISTER_IN_REMOVE:
			text_put_place(out, q->file, q->line, 0, "note");
			text_putf(out,
				  "which is reached from the driver's %s: the "
				  "lock "
				  "is held there, too\n",
				  text_or_else(q->detail, "remove"));
			break;
		case QUALIFIER_PER_INSTANCE:
			text_put_place(out, q->file, q->line, 0, "note");
			text_putf(out,
				  !strcmp(text_or_else(q->detail, ""), "static")
					  ? "no static flag is tested on the "
					    "way: each "
					    "device registers the same driver "
					    "again\n"
					  : "each device registers a driver of "
					    "its own, "
					    "in state that goes with it\n");
			break;
		case QUALIFIER_RETURN_IGNORED:
			text_put_place(out, q->file, q->line, 0, "note");
			text_putf(out, "nobody looks at what it returns\n");
			break;
		}
	}
}

/* What becomes of the machine. */
static const char *hang_text(enum hang hang)
{
	switch (hang) {
	case HANG_CERTAIN:
		return "; hangs: the new driver matches the device that is "
		       "locked";
	case HANG_LOCK_ENFORCED:
		return "; hangs where matching takes the device lock "
		       "(dc23806a7c47)";
	case HANG_NONE:
	case HANG_UNKNOWN:
	case HANG_NOT_JUDGED:
		break;
	}
	return "";
}

void text_put_standing(FILE *out, const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;
	size_t i;

	text_put_place(out, reg->file, reg->line, reg->col, "note");
	fprintf(out, "finding %016" PRIx64, f->id);
	text_putf(out, ": %s, %s confidence", verdict_name(f->verdict),
		  confidence_name(f->confidence));
	text_putf(out, "%s", hang_text(f->hang));
	for (i = 0; i < f->configs.nr; i++)
		text_putf(out, "%s%s", i ? ", " : "; in ", f->configs.item[i]);
	putc('\n', out);
}

/* The ways that --all-paths asked for. */
void text_put_other_paths(FILE *out, const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;
	size_t i;

	for (i = 0; i < f->nr_other_paths; i++) {
		text_put_place(out, reg->file, reg->line, reg->col, "note");
		text_putf(out, "%s() also gets here by %u call%s:\n",
			  f->probe.function, (uint32_t)f->other_paths[i].nr,
			  f->other_paths[i].nr == 1 ? "" : "s");
		text_put_path(out, f->other_paths[i].hops, f->other_paths[i].nr,
			      NULL);
	}
}

void text_put_notes(FILE *out, const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;

	text_put_outer(out, f);
	text_put_probe(out, &f->probe);
	text_put_path(out, f->path, f->nr_path, reg->driver.name);
	text_put_waiting(out, f);
	text_put_driver(out, &reg->driver);
	text_put_guards(out, f);
	text_put_unregisters(out, f);
	text_put_other_paths(out, f);
	text_put_qualifiers(out, f);
	text_put_standing(out, f);
}
