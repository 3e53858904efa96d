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
	index_overlay_confine(job);
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
	index_unit_parse(w->parser, u->cmd->directory, u->cmd->file,
			 plan_args(w->job, u), pch, facts);
}

/* Bytes of the headers that a unit read, its own source not counted. */
static uint64_t header_bytes(const struct unit_facts *facts)
{
	uint64_t sum = 0;
	uint32_t i;

	for (i = 1; i < facts->nr_deps; i++)
		sum += facts->deps[i].size;
	return sum;
}

/*
 * Parse with a prefix.
 * Return: false when that is worth nothing: because of errors, or because the
 * unit's own headers change what the prefix's say.
 */
static bool parse_with(struct work *w, const struct index_unit *u,
		       struct prefix *prefix, struct work_head *head)
{
	const struct prefix_unit unit = { u->cmd, plan_args(w->job, u) };

	if (!prefix_fits(prefix, &unit))
		return false;
	parse(w, u, prefix_pch(prefix), &w->facts);
	if (!w->facts.nr_deps) {
		head->broken++;
		/* one that breaks leads to errors in a unit that is parsed */
		head->lost += w->facts.status == UNIT_FAILED;
		return false;
	}
	if (prefix_fits_facts(prefix, &unit, &w->facts, w->job->opt->tree,
			      w->job->objdir))
		return true;
	head->harmed++;
	return false;
}

/* What a worker has died with may be at fault. */
static bool may_use(const struct index_job *job, const struct index_unit *u,
		    uint32_t group)
{
	return job->groups[group].built &&
	       (!u->blames || index_kept_of(job, group) == NO_GROUP);
}

/* The innermost prefix that serves, else none. */
static void parse_best(struct work *w, const struct index_unit *u,
		       struct work_head *head)
{
	uint64_t spent = 0;
	uint32_t group;

	for (group = u->group; group != NO_GROUP;
	     group = w->job->groups[group].parent) {
		const struct index_group *g = &w->job->groups[group];

		w->facts.cpu_us = 0;
		if (may_use(w->job, u, group) &&
		    parse_with(w, u, g->prefix, head))
			break;
		spent += w->facts.cpu_us;
	}
	head->group = group;
	if (group == NO_GROUP)
		parse(w, u, NULL, &w->facts);
	w->facts.cpu_us += spent;
	head->bytes = header_bytes(&w->facts);
}

void work_unit(void *state, uint32_t unit, struct strbuf *reply)
{
	struct work *w = state;
	struct index_unit *u = &w->job->units[unit];
	struct work_head head;

	memset(&head, 0, sizeof(head));
	parse_best(w, u, &head);
	if (head.group != NO_GROUP && w->job->opt->verify_prefix) {
		parse(w, u, NULL, &w->exact);
		head.differs =
			!facts_agree(&w->exact, &w->facts, w->job, head.group);
	}
	if (head.differs)
		head.group = NO_GROUP;
	/* the exact facts are the right ones */
	reply_with(reply, &head, head.differs ? &w->exact : &w->facts);
}
