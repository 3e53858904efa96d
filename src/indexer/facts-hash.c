// SPDX-License-Identifier: GPL-2.0-only
/*
 * The content hash of a body: bodies that say the same have the same one, in
 * whatever unit they stand. Numbers of strings and symbols are the unit's own,
 * so what they stand for is hashed in their place.
 */
#include "indexer/facts.h"

static uint64_t add_string(const struct unit_facts *facts, uint32_t string,
			   uint64_t h)
{
	return hash64_u64(facts->strings.hash[string], h);
}

static uint64_t add_symbol(const struct unit_facts *facts, uint32_t symbol,
			   uint64_t h)
{
	const struct fact_symbol *sym = &facts->symbols[symbol];

	h = hash64_u64((uint64_t)sym->kind << 1 | sym->is_static, h);
	h = add_string(facts, sym->name, h);
	return add_string(facts, sym->file, h);
}

static uint64_t add_place(const struct unit_facts *facts, uint32_t file,
			  uint32_t line, uint32_t col, uint64_t h)
{
	h = add_string(facts, file, h);
	return hash64_u64((uint64_t)line << 32 | col, h);
}

static uint64_t add_base(const struct unit_facts *facts,
			 const struct fact_value *value, uint64_t h)
{
	switch ((enum value_kind)value->kind) {
	case VALUE_PARAM:
	case VALUE_INT:
		return hash64_u64(value->base, h);
	case VALUE_LOCAL:
	case VALUE_STRING:
		return add_string(facts, value->base, h);
	case VALUE_GLOBAL:
	case VALUE_FUNC:
	case VALUE_CALL:
		return add_symbol(facts, value->base, h);
	case VALUE_NONE:
	case VALUE_RETURN:
	case VALUE_NULL:
		break;
	}
	return h;
}

static uint64_t add_value(const struct unit_facts *facts,
			  const struct fact_value *value, uint64_t h)
{
	h = hash64_u64((uint64_t)value->kind << 1 | value->addr, h);
	h = add_base(facts, value, h);
	return add_string(facts, value->path, h);
}

static uint64_t add_def(const struct unit_facts *facts,
			const struct fact_def *def, uint64_t h)
{
	h = add_symbol(facts, def->symbol, h);
	h = add_place(facts, def->file, def->line, def->col, h);
	h = hash64_u64(def->attrs, h);
	return add_string(facts, def->type, h);
}

static uint64_t add_conds(const struct unit_facts *facts,
			  const struct fact_call *call, uint64_t h)
{
	uint32_t i;

	h = hash64_u64(call->nr_conds, h);
	for (i = 0; i < call->nr_conds; i++) {
		const struct fact_cond *c = &facts->conds[call->first_cond + i];

		h = hash64_u64((uint64_t)c->value << 32 |
				       (uint64_t)c->or_next << 16 |
				       (uint64_t)c->param << 8 | c->kind,
			       h);
	}
	return h;
}

static uint64_t add_call(const struct unit_facts *facts,
			 const struct fact_call *call, uint64_t h)
{
	uint32_t i;

	h = add_symbol(facts, call->caller, h);
	h = add_value(facts, &call->target, h);
	h = add_place(facts, call->file, call->line, call->col, h);
	h = add_string(facts, call->macro, h);
	h = hash64_u64(call->result_ignored, h);
	h = hash64_u64((uint64_t)call->nr_args << 32 | call->nr_guards, h);
	for (i = 0; i < call->nr_args; i++) {
		const struct fact_arg *arg = &facts->args[call->first_arg + i];

		h = hash64_u64((uint64_t)arg->only << 8 | arg->pos, h);
		h = add_value(facts, &arg->value, h);
	}
	for (i = 0; i < call->nr_guards; i++) {
		const struct fact_guard *guard =
			&facts->guards[call->first_guard + i];

		h = hash64_u64((uint64_t)guard->line << 8 | guard->kind, h);
		h = add_symbol(facts, guard->symbol, h);
	}
	return add_conds(facts, call, h);
}

static uint64_t add_assign(const struct unit_facts *facts,
			   const struct fact_assign *assign, uint64_t h)
{
	h = hash64_u64(
		(uint64_t)assign->kind << 1 | (assign->func != FACT_NONE), h);
	if (assign->func != FACT_NONE)
		h = add_symbol(facts, assign->func, h);
	h = add_value(facts, &assign->lhs, h);
	h = add_value(facts, &assign->rhs, h);
	h = add_string(facts, assign->slot, h);
	h = hash64_u64(assign->index, h);
	return add_place(facts, assign->file, assign->line, assign->col, h);
}

static uint64_t add_field(const struct unit_facts *facts,
			  const struct fact_field *field, uint64_t h)
{
	h = add_string(facts, field->record, h);
	h = add_string(facts, field->name, h);
	h = hash64_u64(field->kind, h);
	return add_string(facts, field->type, h);
}

uint64_t unit_facts_hash_body(const struct unit_facts *facts,
			      const struct fact_body *body)
{
	uint64_t h = hash64_u64(FACTS_VERSION, 0);
	uint32_t i;

	h = add_string(facts, body->file, h);
	h = hash64_u64((uint64_t)body->nr_defs << 32 | body->nr_calls, h);
	h = hash64_u64((uint64_t)body->nr_assigns << 32 | body->nr_fields, h);
	for (i = 0; i < body->nr_defs; i++)
		h = add_def(facts, &facts->defs[body->first_def + i], h);
	for (i = 0; i < body->nr_calls; i++)
		h = add_call(facts, &facts->calls[body->first_call + i], h);
	for (i = 0; i < body->nr_assigns; i++)
		h = add_assign(facts, &facts->assigns[body->first_assign + i],
			       h);
	for (i = 0; i < body->nr_fields; i++)
		h = add_field(facts, &facts->fields[body->first_field + i], h);
	return h;
}
