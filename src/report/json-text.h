/* SPDX-License-Identifier: GPL-2.0-only */
/* Names as JSON strings: a name may be any bytes, and JSON may not. */
#ifndef PROBEWALK_REPORT_JSON_TEXT_H
#define PROBEWALK_REPORT_JSON_TEXT_H

#include <jansson.h>

/* What is no UTF-8 is spelled out as in the text report; NULL is "". */
json_t *json_text(const char *s);

/* Plain ASCII, as plain_add() makes it of @s. */
json_t *json_plain(const char *s);

#endif
