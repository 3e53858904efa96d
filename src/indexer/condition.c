// SPDX-License-Identifier: GPL-2.0-only
/* Three-valued evaluation of #if, and which lines it leaves. */
#include <ctype.h>
#include <string.h>

#include "indexer/condition.h"

struct eval {
	const char *p;
	macro_lookup lookup;
	const void *data;
};

static enum truth not(enum truth v) {
	return v == TRUTH_UNKNOWN ? v
	       : v == TRUTH_NO	  ? TRUTH_YES
				  : TRUTH_NO;
}

static enum truth and (enum truth a, enum truth b) {
	if (a == TRUTH_NO || b == TRUTH_NO) return TRUTH_NO;
	return a == TRUTH_YES ? b : TRUTH_UNKNOWN;
}

static enum truth or (enum truth a, enum truth b) {
	return not(and(not(a), not(b)));
}

static void skip_blanks(struct eval *e)
{
	while (isspace((unsigned char)*e->p))
		e->p++;
}

static bool take(struct eval *e, const char *token)
{
	size_t len = strlen(token);

	skip_blanks(e);
	if (strncmp(e->p, token, len))
		return false;
	e->p += len;
	return true;
}

static size_t word_len(const char *p)
{
	size_t len = 0;

	if (!isdigit((unsigned char)*p))
		while (isalnum((unsigned char)p[len]) || p[len] == '_')
			len++;
	return len;
}

static enum truth parse_or(struct eval *e);

/* The name in `defined NAME`, `defined(NAME)`, `IS_ENABLED(NAME)`. */
static const char *take_name(struct eval *e, size_t *len)
{
	bool paren = take(e, "(");
	const char *name;

	skip_blanks(e);
	name = e->p;
	*len = word_len(name);
	if (!*len)
		return NULL;
	e->p += *len;
	return !paren || take(e, ")") ? name : NULL;
}

static enum truth parse_defined(struct eval *e)
{
	size_t len;
	const char *name = take_name(e, &len);

	return name ? e->lookup(e->data, name, len) : TRUTH_UNKNOWN;
}

/*
 * <linux/kconfig.h>: CONFIG_X or CONFIG_X_MODULE is defined, always to 1. The
 * second cannot be said to be undefined without a name to ask for.
 */
static enum truth parse_enabled(struct eval *e)
{
	return parse_defined(e) == TRUTH_YES ? TRUTH_YES : TRUTH_UNKNOWN;
}

/* Past what is not understood: up to the next operator that is. */
static enum truth skip_unknown(struct eval *e)
{
	int depth = 0;

	while (*e->p) {
		if (!depth && (*e->p == ')' || !strncmp(e->p, "&&", 2) ||
			       !strncmp(e->p, "||", 2)))
			break;
		depth += *e->p == '(';
		depth -= *e->p == ')';
		e->p++;
	}
	return TRUTH_UNKNOWN;
}

static bool take_word(struct eval *e, const char *word)
{
	skip_blanks(e);
	if (word_len(e->p) != strlen(word) ||
	    strncmp(e->p, word, strlen(word)) != 0)
		return false;
	e->p += strlen(word);
	return true;
}

/* Behind an operand stands &&, ||, ) or nothing; else it was a larger one. */
static enum truth end_operand(struct eval *e, enum truth v)
{
	skip_blanks(e);
	if (!*e->p || *e->p == ')' || !strncmp(e->p, "&&", 2) ||
	    !strncmp(e->p, "||", 2))
		return v;
	return skip_unknown(e);
}

static enum truth parse_unary(struct eval *e)
{
	enum truth v;

	skip_blanks(e);
	if (e->p[0] == '!' && e->p[1] != '=') {
		e->p++;
		return not(parse_unary(e));
	}
	if (take(e, "(")) {
		v = parse_or(e);
		if (!take(e, ")"))
			return skip_unknown(e);
		return end_operand(e, v);
	}
	if (take_word(e, "defined"))
		return end_operand(e, parse_defined(e));
	if (take_word(e, "IS_ENABLED"))
		return end_operand(e, parse_enabled(e));
	return skip_unknown(e);
}

static enum truth parse_and(struct eval *e)
{
	enum truth v = parse_unary(e);

	while (take(e, "&&"))
		v = and(v, parse_unary(e));
	return v;
}

static enum truth parse_or(struct eval *e)
{
	enum truth v = parse_and(e);

	while (take(e, "||"))
		v = or (v, parse_and(e));
	return v;
}

enum truth condition_eval(const char *expr, macro_lookup lookup,
			  const void *data)
{
	struct eval e = { expr, lookup, data };
	enum truth v = parse_or(&e);

	skip_blanks(&e);
	return *e.p ? TRUTH_UNKNOWN : v;
}

/* ---- which lines are left ---- */

void live_init(struct live *live, macro_lookup lookup, const void *data)
{
	live->lookup = lookup;
	live->data = data;
	live->depth = 0;
}

static enum truth eval(const struct live *live, enum directive_kind kind,
		       const char *rest)
{
	enum truth v;

	if (kind == DIRECTIVE_IF || kind == DIRECTIVE_ELIF)
		return condition_eval(rest, live->lookup, live->data);
	v = live->lookup(live->data, rest, word_len(rest));
	return kind == DIRECTIVE_IFNDEF ? not(v) : v;
}

static bool is_reached(const struct live *live)
{
	int depth = live->depth < LIVE_DEPTH ? live->depth : LIVE_DEPTH;

	return !depth || live->level[depth - 1].inside;
}

static bool step_if(struct live *live, enum directive_kind kind,
		    const char *rest)
{
	bool reached = is_reached(live);
	struct live_level *l;

	/* deeper than that: all of it may be reached */
	if (live->depth++ >= LIVE_DEPTH)
		return reached;
	l = &live->level[live->depth - 1];
	l->outside = reached;
	l->taken = eval(live, kind, rest);
	l->inside = reached && l->taken != TRUTH_NO;
	return reached;
}

static bool step_else(struct live *live, enum directive_kind kind,
		      const char *rest)
{
	struct live_level *l;
	enum truth v = TRUTH_YES;
	bool looked_at;

	if (!live->depth || live->depth > LIVE_DEPTH)
		return is_reached(live);
	l = &live->level[live->depth - 1];
	looked_at = l->outside && l->taken != TRUTH_YES;
	if (kind == DIRECTIVE_ELIF)
		v = eval(live, kind, rest);
	l->inside = looked_at && v != TRUTH_NO;
	l->taken = or (l->taken, v);
	return looked_at;
}

bool live_step(struct live *live, enum directive_kind kind, const char *rest)
{
	switch (kind) {
	case DIRECTIVE_IF:
	case DIRECTIVE_IFDEF:
	case DIRECTIVE_IFNDEF:
		return step_if(live, kind, rest);
	case DIRECTIVE_ELIF:
	case DIRECTIVE_ELSE:
		return step_else(live, kind, rest);
	case DIRECTIVE_ENDIF:
		if (live->depth)
			live->depth--;
		return is_reached(live);
	default:
		return is_reached(live);
	}
}
