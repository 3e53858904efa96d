// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was left out, in words. A report for programs names each unit; people
 * read how many there are, why, and what the first ones are called.
 */
#include <string.h>

#include "gate/format.h"

enum { MAX_REASONS = 10, MAX_NAMES = 3 };

struct reason {
	const struct gate_left_out *first[MAX_NAMES];
	size_t nr;
};

void gate_left_out_text(const struct gate_left_out *left, struct strbuf *out)
{
	strbuf_addf(out, "%s was not analysed again in %s: %s", left->file,
		    left->config, left->reason);
}

/* Its place among the reasons, or that of a new one. */
static size_t place_of(const struct reason *reasons, size_t nr,
		       const struct gate_left_out *left)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!strcmp(reasons[i].first[0]->reason, left->reason) &&
		    !strcmp(reasons[i].first[0]->config, left->config))
			break;
	return i;
}

static void add_line(struct string_list *lines, const struct reason *r)
{
	struct strbuf line = STRBUF_INIT;
	size_t i;

	if (r->nr == 1) {
		gate_left_out_text(r->first[0], &line);
	} else {
		strbuf_addf(&line,
			    "%zu units were not analysed again in %s: ", r->nr,
			    r->first[0]->config);
		strbuf_addf(&line, "%s (", r->first[0]->reason);
		for (i = 0; i < r->nr && i < MAX_NAMES; i++)
			strbuf_addf(&line, "%s%s", i ? ", " : "",
				    r->first[i]->file);
		strbuf_addstr(&line, i < r->nr ? ", ...)" : ")");
	}
	string_list_add(lines, line.buf);
	strbuf_release(&line);
}

void gate_left_out_lines(const struct gate_result *result,
			 struct string_list *lines)
{
	struct reason reasons[MAX_REASONS] = { 0 };
	size_t nr = 0, more = 0, i, at;
	struct strbuf line = STRBUF_INIT;

	for (i = 0; i < result->nr_left_out; i++) {
		at = place_of(reasons, nr, &result->left_out[i]);
		if (at == MAX_REASONS) {
			more++;
			continue;
		}
		if (at == nr)
			nr++;
		if (reasons[at].nr < MAX_NAMES)
			reasons[at].first[reasons[at].nr] =
				&result->left_out[i];
		reasons[at].nr++;
	}
	for (i = 0; i < nr; i++)
		add_line(lines, &reasons[i]);
	if (more) {
		strbuf_addf(&line,
			    "%zu more were not analysed again, for other "
			    "reasons; --format json names them",
			    more);
		string_list_add(lines, line.buf);
	}
	strbuf_release(&line);
}
