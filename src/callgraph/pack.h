/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The bytes of a body's facts in the database. Everything is a varint (base
 * 128, lowest digit first); differences have their sign in the lowest bit.
 *
 * A body has its own short lists of the symbols and names it mentions, in the
 * order of first use, and its facts name those by position: 1 and up, 0 stands
 * for no symbol or the empty string. Name 1 is the body's file.
 *
 *	body:	nr_calls nr_args nr_guards nr_conds nr_assigns nr_fields
 *			(totals)
 *		nr_symbols { diff of the symbol's number }
 *		nr_groups { symbol nr_bytes }
 *		nr_names { diff of the name's number }
 *		nr_defs { symbol file line col attrs type }
 *		{ record name kind type }	(nr_fields)
 *		{ group }
 *	group:	nr_calls { call } nr_assigns { assign }
 *	call:	head [file] diff-of-line col [macro] value { arg }
 *		[nr_guards { guard } nr_conds { cond }]
 *	arg:	pos-and-only value
 *	guard:	kind symbol diff-of-line
 *	cond:	param-or-kind value
 *	assign:	head [file] diff-of-line col value value [slot] [index]
 *	value:	kind-and-flags [base] [path]
 *
 * A group holds what one function does, or with symbol 0 what is initialised at
 * file scope. Within a group calls and assignments are ordered by place, and
 * none is there twice. Lines count from the one before in the group, files are
 * told when they change (a group begins in name 1).
 *
 * Assignments of string literals are more than half of all, and most readers do
 * without. They are a second blob of the same form.
 *
 * A page of symbols is { kind | is_static << 1, diff of the name's number, and
 * for a static one diff of the file's number }.
 */
#ifndef PROBEWALK_CALLGRAPH_PACK_H
#define PROBEWALK_CALLGRAPH_PACK_H

#include <stdint.h>

#include "util/strbuf.h"

/* Head of a call, below the number of arguments. */
enum {
	PACK_CALL_IGNORED = 1 << 0,
	PACK_CALL_FILE = 1 << 1,
	PACK_CALL_MACRO = 1 << 2,
	PACK_CALL_DECIDED = 1 << 3, /* guards or conditions */
	PACK_CALL_BITS = 4
};

/* Head of an assignment, below its kind. */
enum {
	PACK_ASSIGN_FILE = 1 << 0,
	PACK_ASSIGN_SLOT = 1 << 1,
	PACK_ASSIGN_INDEX = 1 << 2,
	PACK_ASSIGN_BITS = 3
};

/* A condition, below the parameter. */
enum { PACK_COND_KIND = 3, PACK_COND_OR = 1 << 2, PACK_COND_BITS = 3 };

/* Numbers that a body begins with: how much of everything it holds. */
enum { PACK_TOTALS = 6 };

/* First byte of a value, above its kind. */
enum {
	PACK_VALUE_KIND = 15,
	PACK_VALUE_ADDR = 1 << 4,
	PACK_VALUE_PATH = 1 << 5
};

static inline void pack_number(struct strbuf *sb, uint32_t value)
{
	if (sb->alloc - sb->len < 8)
		strbuf_grow(sb, sb->len + 256);
	for (; value >= 0x80; value >>= 7)
		sb->buf[sb->len++] = (char)(value | 0x80);
	sb->buf[sb->len++] = (char)value;
}

static inline void pack_diff(struct strbuf *sb, uint32_t value, uint32_t from)
{
	int32_t diff = (int32_t)(value - from);

	pack_number(sb, (uint32_t)diff << 1 ^ (uint32_t)(diff >> 31));
}

/*
 * Reading: bytes are followed by UNPACK_MARGIN readable ones, so a single fact
 * is read without looking for the end, and whoever reads looks between facts.
 */
enum { UNPACK_MARGIN = 256 };

struct unpack {
	const unsigned char *p, *end;
};

static inline uint32_t unpack_number(struct unpack *u)
{
	uint32_t value = *u->p++;
	unsigned int shift = 7;

	if (value < 0x80)
		return value;
	value &= 0x7f;
	for (; shift < 35; shift += 7) {
		unsigned char c = *u->p++;

		value |= (uint32_t)(c & 0x7f) << shift;
		if (c < 0x80)
			break;
	}
	return value;
}

static inline uint32_t unpack_diff(struct unpack *u, uint32_t from)
{
	uint32_t value = unpack_number(u);

	return from + (value >> 1 ^ -(value & 1));
}

#endif
