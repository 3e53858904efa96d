// SPDX-License-Identifier: GPL-2.0-only
/*
 * The gate as text, gcc's as that of check: a line for each entry that says
 * what kind it is, below it what a reviewer checks, and the counts last.
 */
#include <errno.h>
#include <inttypes.h>

#include "gate/format.h"
#include "report/text.h"

void gate_message(const struct gate_entry *entry, struct strbuf *out)
{
	const struct finding *f = gate_entry_finding(entry);

	strbuf_addf(out, "%s: %s", gate_kind_name(entry->kind),
		    text_or_else(f->message, f->rule->summary));
	if (entry->why)
		strbuf_addf(out, ": %s", entry->why);
}

void gate_place(const struct gate_entry *entry, const char **file,
		uint32_t *line)
{
	const struct finding *f = gate_entry_finding(entry);

	*file = entry->file ? entry->file : f->registration.file;
	*line = entry->file ? entry->line : f->registration.line;
}

static void put_head(FILE *out, const struct gate_entry *e)
{
	const struct finding *f = gate_entry_finding(e);
	const struct finding_registration *reg = &f->registration;
	struct strbuf message = STRBUF_INIT;

	gate_message(e, &message);
	if (e->kind == GATE_MENDED && e->file)
		text_put_place(out, e->file, e->line, 0, "note");
	else
		text_put_place(out, reg->file, reg->line, reg->col,
			       gate_entry_counts(e) ? severity_name(f->severity)
						    : "note");
	text_putf(out, "%s [%s]\n", message.buf, f->rule->id);
	strbuf_release(&message);
}

static void put_touched(FILE *out, const struct gate_entry *e)
{
	const struct finding_registration *reg = &e->after->registration;

	if (e->file) {
		text_put_place(out, e->file, e->line, 0, "note");
		text_putf(out, "the patch changes this line\n");
		return;
	}
	text_put_place(out, reg->file, reg->line, reg->col, "note");
	text_putf(out, "the patch changes none of these lines, but what "
		       "decides that one leads to the other\n");
}

static void put_entry(FILE *out, const struct gate_entry *e)
{
	const struct finding *f = gate_entry_finding(e);
	const struct finding_registration *reg = &f->registration;

	put_head(out, e);
	if (e->kind == GATE_MENDED)
		return;
	if (f->accepted) {
		text_put_place(out, reg->file, reg->line, reg->col, "note");
		text_putf(out, "accepted: %s\n", f->accepted);
		return;
	}
	put_touched(out, e);
	text_put_notes(out, f);
}

/* The cure once for each rule. */
static void put_help(FILE *out, const struct gate_result *result)
{
	const struct rule_set *rules = &result->after.rules;
	size_t i, k;

	for (i = 0; i < rules->nr; i++) {
		for (k = 0; k < result->nr; k++)
			if (gate_entry_counts(&result->list[k]) &&
			    result->list[k].after->rule == &rules->rules[i])
				break;
		if (k < result->nr)
			text_putf(out, "probewalk: help: %s [%s]\n",
				  rules->rules[i].help, rules->rules[i].id);
	}
}

static void put_list(FILE *out, const struct string_list *list,
		     const char *what)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		text_putf(out, "probewalk: %s: %s\n", what, list->item[i]);
}

static void put_counts(FILE *out, const struct gate_result *result)
{
	size_t accepted = gate_accepted(result);

	fprintf(out, "probewalk: %zu added, %zu worsened, %zu mended",
		gate_count(result, GATE_ADDED, SEVERITY_NOTE),
		gate_count(result, GATE_WORSENED, SEVERITY_NOTE),
		gate_count(result, GATE_MENDED, SEVERITY_NOTE));
	if (accepted)
		fprintf(out, ", %zu accepted", accepted);
	fprintf(out,
		"; %" PRIu32 " unit%s affected, %" PRIu32 " analysed again",
		result->units_affected, result->units_affected == 1 ? "" : "s",
		result->units_parsed);
	if (result->nr_left_out)
		fprintf(out, ", %zu left out", result->nr_left_out);
	putc('\n', out);
}

static int render(const struct gate_result *result, FILE *out)
{
	struct string_list left_out = { 0 };
	size_t i;

	for (i = 0; i < result->nr; i++)
		put_entry(out, &result->list[i]);
	put_help(out, result);
	gate_left_out_lines(result, &left_out);
	put_list(out, &left_out, "left out");
	string_list_release(&left_out);
	put_list(out, &result->notes, "note");
	put_list(out, &result->unused, "baseline");
	put_list(out, &result->expired, "baseline");
	put_counts(out, result);
	return ferror(out) ? -EIO : 0;
}

const struct gate_format gate_text = {
	.named.name = "text",
	.render = render,
};
