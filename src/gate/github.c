// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workflow commands of GitHub Actions: annotations on the lines of a pull
 * request. The runner reads every line of the log for such commands, so each
 * line begins with one of ours and what is in it is escaped as the runner
 * undoes it.
 */
#include <errno.h>

#include "gate/format.h"
#include "report/plain.h"
#include "report/text.h"

static void put_escaped(FILE *out, const char *s, bool property)
{
	struct strbuf plain = STRBUF_INIT;
	const char *p;

	/* no control byte is left after this; %0A is ours alone */
	plain_add(&plain, s);
	for (p = plain.buf; *p; p++) {
		if (*p == '%')
			fputs("%25", out);
		else if (property && *p == ':')
			fputs("%3A", out);
		else if (property && *p == ',')
			fputs("%2C", out);
		else
			putc(*p, out);
	}
	strbuf_release(&plain);
}

/* What text_put_notes() wrote, a line each: plain ASCII and newlines. */
static void put_lines(FILE *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '\n' && !s[1])
			break;
		if (*s == '\n')
			fputs("%0A", out);
		else if (*s == '%')
			fputs("%25", out);
		else
			putc(*s, out);
	}
}

static void put_notes(FILE *out, const struct finding *f)
{
	char *text = NULL;
	size_t len;
	FILE *notes = open_memstream(&text, &len);

	if (!notes)
		return;
	text_put_notes(notes, f);
	fclose(notes);
	fputs("%0A", out);
	put_lines(out, text);
	free(text);
}

static const char *level(const struct gate_entry *e)
{
	if (!gate_entry_counts(e))
		return "notice";
	switch (e->after->severity) {
	case SEVERITY_ERROR:
		return "error";
	case SEVERITY_WARNING:
		return "warning";
	case SEVERITY_NOTE:
		break;
	}
	return "notice";
}

static void put_entry(FILE *out, const struct gate_entry *e)
{
	const struct finding *f = gate_entry_finding(e);
	struct strbuf text = STRBUF_INIT;
	const char *file;
	uint32_t line;

	gate_place(e, &file, &line);
	gate_message(e, &text);
	file = text_or_else(file, "(unknown)");
	if (e->after && f->accepted)
		strbuf_addf(&text, " (accepted: %s)", f->accepted);
	fprintf(out, "::%s file=", level(e));
	put_escaped(out, file, true);
	if (line)
		fprintf(out, ",line=%u", (unsigned int)line);
	fprintf(out, ",title=%s%%3A ", gate_kind_name(e->kind));
	put_escaped(out, f->rule->id, true);
	fputs("::", out);
	put_escaped(out, text.buf, false);
	if (gate_entry_counts(e))
		put_notes(out, f);
	putc('\n', out);
	strbuf_release(&text);
}

static void put_message(FILE *out, const char *command, const char *text)
{
	fprintf(out, "::%s title=probewalk::", command);
	put_escaped(out, text, false);
	putc('\n', out);
}

static void put_list(FILE *out, const char *command,
		     const struct string_list *list)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		put_message(out, command, list->item[i]);
}

static int render(const struct gate_result *result, FILE *out)
{
	struct string_list left_out = { 0 };
	size_t i;

	for (i = 0; i < result->nr; i++)
		put_entry(out, &result->list[i]);
	gate_left_out_lines(result, &left_out);
	put_list(out, "warning", &left_out);
	string_list_release(&left_out);
	put_list(out, "notice", &result->notes);
	put_list(out, "notice", &result->unused);
	put_list(out, "warning", &result->expired);
	fprintf(out, "probewalk: %zu added, %zu worsened, %zu mended\n",
		gate_count(result, GATE_ADDED, SEVERITY_NOTE),
		gate_count(result, GATE_WORSENED, SEVERITY_NOTE),
		gate_count(result, GATE_MENDED, SEVERITY_NOTE));
	return ferror(out) ? -EIO : 0;
}

const struct gate_format gate_github = {
	.named.name = "github",
	.render = render,
};
