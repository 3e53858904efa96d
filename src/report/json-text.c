// SPDX-License-Identifier: GPL-2.0-only
/* Names as JSON strings: see json-text.h. */
#include "report/json-text.h"
#include "report/plain.h"
#include "util/strbuf.h"

static json_t *escaped(const char *s)
{
	struct strbuf sb = STRBUF_INIT;
	json_t *value;

	for (; *s; s++) {
		if ((unsigned char)*s < 0x80)
			strbuf_addch(&sb, *s);
		else
			strbuf_addf(&sb, "\\x%02x", (unsigned char)*s);
	}
	value = json_string(sb.buf);
	strbuf_release(&sb);
	return value;
}

json_t *json_text(const char *s)
{
	json_t *value = json_string(s ? s : "");

	return value ? value : escaped(s);
}

json_t *json_plain(const char *s)
{
	struct strbuf plain = STRBUF_INIT;
	json_t *value;

	plain_add(&plain, s);
	value = json_string(plain.buf);
	strbuf_release(&plain);
	return value;
}
