// SPDX-License-Identifier: GPL-2.0-only
/* Rules in memory: their names, and how they are freed. */
#include <errno.h>
#include <fnmatch.h>
#include <string.h>

#include "rules/rule.h"

static const char *const severity_names[] = {
	[SEVERITY_NOTE] = "note",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_ERROR] = "error",
};

const char *severity_name(enum severity severity)
{
	return severity_names[severity];
}

int severity_parse(const char *name, enum severity *severity)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(severity_names); i++) {
		if (strcmp(name, severity_names[i]))
			continue;
		*severity = i;
		return 0;
	}
	return -EINVAL;
}

static const char *const confidence_names[] = {
	[CONFIDENCE_LOW] = "low",
	[CONFIDENCE_MEDIUM] = "medium",
	[CONFIDENCE_HIGH] = "high",
};

const char *confidence_name(enum confidence confidence)
{
	return confidence_names[confidence];
}

int confidence_parse(const char *name, enum confidence *confidence)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(confidence_names); i++) {
		if (strcmp(name, confidence_names[i]))
			continue;
		*confidence = i;
		return 0;
	}
	return -EINVAL;
}

static bool pattern_matches(const char *pattern, const char *file)
{
	size_t len = strlen(pattern);

	if (len && pattern[len - 1] == '/')
		return !strncmp(file, pattern, len);
	return !fnmatch(pattern, file, 0);
}

bool rule_file_matches(const struct string_list *patterns, const char *file)
{
	size_t i;

	for (i = 0; i < patterns->nr; i++)
		if (pattern_matches(patterns->item[i], file))
			return true;
	return false;
}

void rule_release(struct rule *rule)
{
	free(rule->id);
	free(rule->summary);
	free(rule->help);
	free(rule->message);
	string_list_release(&rule->references);
	string_list_release(&rule->dispatch);
	string_list_release(&rule->callbacks);
	string_list_release(&rule->nested);
	string_list_release(&rule->functions);
	free(rule->device_arg);
	string_list_release(&rule->undo);
	string_list_release(&rule->undoes);
	string_list_release(&rule->except_callers);
	string_list_release(&rule->except_callbacks);
	string_list_release(&rule->except_files);
	string_list_release(&rule->except_tests);
	string_list_release(&rule->except_macros);
	string_list_release(&rule->barriers);
	string_list_release(&rule->unlikely);
	string_list_release(&rule->locks);
	string_list_release(&rule->locks_to_end);
	memset(rule, 0, sizeof(*rule));
}

void rule_set_release(struct rule_set *set)
{
	size_t i;

	for (i = 0; i < set->nr; i++)
		rule_release(&set->rules[i]);
	free(set->rules);
	set->rules = NULL;
	set->nr = 0;
}
