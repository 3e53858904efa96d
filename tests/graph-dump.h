/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A graph as text, in the order of its arrays: two graphs are the same when
 * their texts are. Numbers of strings are left out: they depend on what else a
 * database has held.
 */
#ifndef PROBEWALK_TESTS_GRAPH_DUMP_H
#define PROBEWALK_TESTS_GRAPH_DUMP_H

#include "util/strbuf.h"

#include "callgraph/graph.h"

static inline void dump_value(const struct graph *g, struct strbuf *out,
			      const struct graph_value *v)
{
	static const char *const kind[] = { "none", "param",  "local",
					    "var",  "func",   "call",
					    "str",  "return", "null",
					    "int" };

	strbuf_addf(out, " %s%s:", v->addr ? "&" : "", kind[v->kind]);
	if (v->kind == VALUE_LOCAL || v->kind == VALUE_STRING)
		strbuf_addstr(out, graph_string(g, v->base));
	else if (v->kind == VALUE_PARAM || v->kind == VALUE_INT)
		strbuf_addf(out, "%u", v->base);
	else if (v->kind != VALUE_NONE && v->kind != VALUE_RETURN &&
		 v->kind != VALUE_NULL)
		strbuf_addf(out, "%u=%s", v->base, graph_name(g, v->base));
	strbuf_addstr(out, graph_string(g, v->path));
}

static inline void dump_symbols(const struct graph *g, struct strbuf *out)
{
	uint32_t i;

	for (i = 0; i < graph_nr_symbols(g); i++) {
		const struct graph_symbol *s = graph_symbol(g, i);

		strbuf_addf(out, "%u %s%s %s in %s:%u:%u %s%s attrs %u [%s]\n",
			    i, s->is_static ? "static " : "",
			    s->kind == SYMBOL_FUNC ? "func" : "var",
			    graph_name(g, i), graph_string(g, s->file), s->line,
			    s->col, s->defined ? "defined" : "used",
			    s->ambiguous ? " ambiguous" : "", s->attrs,
			    graph_string(g, s->type));
	}
}

static inline void dump_calls(const struct graph *g, struct strbuf *out)
{
	uint32_t i, k;

	for (i = 0; i < graph_nr_calls(g); i++) {
		const struct graph_call *c = graph_call(g, i);
		struct graph_arg_range args = graph_args(g, c);
		struct graph_guard_range guards = graph_guards(g, c);
		struct graph_cond_range conds = graph_conds(g, c);

		strbuf_addf(out, "%s:%u:%u: %u calls", graph_string(g, c->file),
			    c->line, c->col, c->caller);
		dump_value(g, out, &c->target);
		strbuf_addf(out, " by %s ignored %d", graph_string(g, c->macro),
			    c->result_ignored);
		for (k = 0; k < args.nr; k++) {
			strbuf_addf(out, " (%u%s", args.first[k].pos,
				    args.first[k].only ? "!" : "");
			dump_value(g, out, &args.first[k].value);
			strbuf_addch(out, ')');
		}
		for (k = 0; k < guards.nr; k++)
			strbuf_addf(out, " if%u %u:%u", guards.first[k].kind,
				    guards.first[k].symbol,
				    guards.first[k].line);
		for (k = 0; k < conds.nr; k++)
			strbuf_addf(out, " when%u %u:%u%s", conds.first[k].kind,
				    conds.first[k].param, conds.first[k].value,
				    conds.first[k].or_next ? " or" : "");
		strbuf_addch(out, '\n');
	}
}

static inline void dump_assigns(const struct graph *g, struct strbuf *out)
{
	uint32_t i;

	for (i = 0; i < graph_nr_assigns(g); i++) {
		const struct graph_assign *a = graph_assign(g, i);

		strbuf_addf(out, "%s:%u:%u: %d kind %u slot %s [%d]",
			    graph_string(g, a->file), a->line, a->col,
			    (int)a->func, a->kind, graph_string(g, a->slot),
			    (int)a->index);
		dump_value(g, out, &a->lhs);
		strbuf_addstr(out, " =");
		dump_value(g, out, &a->rhs);
		strbuf_addch(out, '\n');
	}
}

static inline void dump_fields(const struct graph *g, const char *record,
			       struct strbuf *out)
{
	struct graph_field_range f =
		graph_fields(g, graph_find_string(g, record));
	uint32_t i;

	for (i = 0; i < f.nr; i++)
		strbuf_addf(out, "%s.%s kind %u type %s\n", record,
			    graph_string(g, f.first[i].name), f.first[i].kind,
			    graph_string(g, f.first[i].type));
}

static inline char *graph_dump(const struct graph *g)
{
	struct strbuf out = STRBUF_INIT;

	dump_symbols(g, &out);
	dump_calls(g, &out);
	dump_assigns(g, &out);
	return strbuf_detach(&out);
}

#endif
