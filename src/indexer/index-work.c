// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a worker process does. All the prefixes and units are there before it is
 * forked, so a job is no more than a number. The parser is made here and not
 * before: libclang's state must not be shared over a fork.
 */
#include <errno.h>
#include <string.h>

#include "indexer/index-internal.h"

int (*index_unit_parse)(struct unit_parser *parser, const char *directory,
			const char *file, const struct parse_args *args,
			const char *pch, struct unit_facts *facts) = unit_parse;

struct work {
	struct index_job *job;
	struct unit_parser *parser;
	struct unit_facts facts;
	struct unit_facts exact; /* verify_prefix: the other way */
};

void *work_start(void *ctx)
{
	struct index_job *job = ctx;
	struct work *w = xcalloc(1, sizeof(*w));

	w->job = job;
	w->parser = unit_parser_new(job->opt->tree, job->objdir);
	unit_facts_init(&w->facts);
	unit_facts_init(&w->exact);
	return w;
}

static void reply_with(struct strbuf *reply, const struct work_head *head,
		       const struct unit_facts *facts)
{
	strbuf_add(reply, head, sizeof(*head));
	unit_facts_serialize(facts, reply);
}

int work_read(const struct job_result *result, struct work_head *head,
	      struct unit_facts *facts)
{
	if (result->len < sizeof(*head))
		return -EBADMSG;
	memcpy(head, result->data, sizeof(*head));
	return unit_facts_deserialize(facts, result->data + sizeof(*head),
				      result->len - sizeof(*head));
}

void work_prefix(void *state, uint32_t group, struct strbuf *reply)
{
	struct work *w = state;
	struct work_head head;

	memset(&head, 0, sizeof(head));
	head.ret = prefix_build(w->job->groups[group].prefix, w->parser,
				&w->facts);
	reply_with(reply, &head, &w->facts);
}

static void parse(struct work *w, const struct index_unit *u, const char *pch,
		  struct unit_facts *facts)
{
	index_unit_parse(w->parser, u->cmd->directory, u->cmd->file, &u->args,
			 pch, facts);
}

/*
 * Parse with the prefix, and again without when it turns out that the unit's
 * own headers change what the prefix's say.
 */
static void parse_with_prefix(struct work *w, struct index_unit *u,
			      struct prefix *prefix, struct work_head *head)
{
	const struct prefix_unit unit = { u->cmd, &u->args };
	uint64_t spent;

	parse(w, u, prefix_pch(prefix), &w->facts);
	if (w->facts.mode == PARSE_PREFIX &&
	    !prefix_fits_facts(prefix, &unit, &w->facts, w->job->opt->tree,
			       w->job->objdir)) {
		spent = w->facts.cpu_us;
		parse(w, u, NULL, &w->facts);
		w->facts.cpu_us += spent;
	}
	head->redone = w->facts.mode == PARSE_EXACT;
	if (head->redone || !w->job->opt->verify_prefix)
		return;
	parse(w, u, NULL, &w->exact);
	head->differs = !facts_agree(&w->exact, &w->facts);
}

void work_unit(void *state, uint32_t unit, struct strbuf *reply)
{
	struct work *w = state;
	struct index_unit *u = &w->job->units[unit];
	struct prefix *prefix = w->job->groups[u->group].prefix;
	const struct prefix_unit pu = { u->cmd, &u->args };
	struct work_head head;

	memset(&head, 0, sizeof(head));
	if (prefix && prefix_fits(prefix, &pu))
		parse_with_prefix(w, u, prefix, &head);
	else
		parse(w, u, NULL, &w->facts);
	/* the exact facts are the right ones */
	reply_with(reply, &head, head.differs ? &w->exact : &w->facts);
}
