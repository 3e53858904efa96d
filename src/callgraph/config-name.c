// SPDX-License-Identifier: GPL-2.0-only
/* Names of configurations as they are typed: see config-name.h. */
#include <errno.h>
#include <string.h>

#include "callgraph/config-name.h"

bool config_is_meant(const char *wanted, const char *name)
{
	size_t len = strlen(wanted);

	if (strncmp(wanted, name, len))
		return false;
	return !name[len] || (len && name[len] == '/' && !strchr(wanted, '/'));
}

bool config_is_wanted(const struct string_list *wanted, const char *name)
{
	size_t i;

	if (!wanted || !wanted->nr)
		return true;
	for (i = 0; i < wanted->nr; i++)
		if (config_is_meant(wanted->item[i], name))
			return true;
	return false;
}

static bool is_there(const char *wanted, const struct string_list *have)
{
	size_t i;

	for (i = 0; i < have->nr; i++)
		if (config_is_meant(wanted, have->item[i]))
			return true;
	return false;
}

int config_check_names(const struct string_list *wanted,
		       const struct string_list *have, const char *db,
		       struct strbuf *err)
{
	size_t i, k;

	for (i = 0; wanted && i < wanted->nr; i++) {
		if (is_there(wanted->item[i], have))
			continue;
		strbuf_addf(err, "--config: there is no '%s' in %s; there are:",
			    wanted->item[i], db);
		for (k = 0; k < have->nr; k++)
			strbuf_addf(err, "%s %s", k ? "," : "", have->item[k]);
		return -ENOENT;
	}
	return 0;
}
