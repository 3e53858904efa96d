// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions that return nothing that has a name outside of them. Every second
 * pointer of a kernel is what an allocator returned, and what an allocator
 * returns comes from a dozen functions below it; to go through them all each
 * time, only to find each time that it is no variable, was a third of what
 * resolving values took.
 *
 * Less is asked here than the resolver asks: paths are not looked at, so the
 * answer is the same whatever field of the result is meant.
 */
#include "rules/resolve.h"

enum { NAMED_NO = 1, NAMED_YES };

static bool is_to(const struct graph_assign *a, const struct graph_value *v)
{
	if (v->kind == VALUE_CALL)
		return a->lhs.kind == VALUE_RETURN;
	return a->lhs.kind == v->kind && a->lhs.base == v->base;
}

static bool may_be_named(struct resolver *r, uint32_t fn,
			 const struct graph_value *v, int left);

static bool may_hold_named(struct resolver *r, uint32_t fn,
			   const struct graph_value *v, int left)
{
	struct graph_assign_range range = graph_assigns_in(r->g, fn);
	/* how far it still goes is part of the answer, whoever asks first */
	uint64_t key = hash64_u64((uint64_t)fn << 32 | v->base,
				  (uint64_t)v->kind << 8 | left);
	uint32_t known = u64map_get(&r->named, key), i;

	if (known)
		return known == NAMED_YES;
	known = NAMED_NO;
	for (i = 0; i < range.nr && known == NAMED_NO; i++)
		if (is_to(&range.first[i], v) &&
		    may_be_named(r, fn, &range.first[i].rhs, left - 1))
			known = NAMED_YES;
	u64map_put(&r->named, key, known);
	return known == NAMED_YES;
}

/* May a value be one that means the same in every function? */
static bool may_be_named(struct resolver *r, uint32_t fn,
			 const struct graph_value *v, int left)
{
	switch ((enum value_kind)v->kind) {
	case VALUE_GLOBAL:
	case VALUE_FUNC:
		return true;
	case VALUE_CALL:
		return left && may_hold_named(r, v->base, v, left);
	case VALUE_LOCAL:
	case VALUE_PARAM:
		return left && may_hold_named(r, fn, v, left);
	case VALUE_NONE:
	case VALUE_RETURN:
	case VALUE_STRING:
	case VALUE_NULL:
	case VALUE_INT:
		break;
	}
	return false;
}

bool resolver_may_return(struct resolver *r, uint32_t fn, int left)
{
	const struct graph_value v = { .kind = VALUE_CALL, .base = fn };

	return may_be_named(r, fn, &v, left);
}
