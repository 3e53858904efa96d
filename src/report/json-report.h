/* SPDX-License-Identifier: GPL-2.0-only */
/* Parts of the JSON report that other JSON files of this program hold, too. */
#ifndef PROBEWALK_REPORT_JSON_REPORT_H
#define PROBEWALK_REPORT_JSON_REPORT_H

#include <jansson.h>

#include "rules/finding.h"

/* As $defs/finding of reports/findings.schema.json has it. */
json_t *report_finding_json(const struct finding *f);
json_t *report_tool_json(void);
/* Sixteen hexadecimal digits. */
json_t *report_id_json(uint64_t id);
json_t *report_texts_json(const struct string_list *list);
/* null: looked for, and not known. */
json_t *report_text_or_null(const char *s);

#endif
