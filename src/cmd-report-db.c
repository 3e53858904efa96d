// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a database to findings: which configurations are looked at, and what is
 * known of their units. What several have in common is told once, with all
 * their names.
 */
#include <errno.h>
#include <string.h>

#include "callgraph/config-name.h"
#include "callgraph/store.h"

#include "cmd-report-walk.h"
#include "cmd-report.h"

struct config {
	uint32_t id;
	char *name, *kernel;
	bool wanted;
	uint32_t units; /* that are members of it */
};

struct reader {
	const struct check_options *opt;
	struct report *report;
	struct config *configs; /* few, by name */
	size_t nr, alloc;
	struct u64map not_ok; /* units that were told already */
};

static int read_config(void *data, const struct store_config *config)
{
	struct reader *r = data;

	ALLOC_GROW(r->configs, r->nr + 1, r->alloc);
	r->configs[r->nr++] = (struct config){
		.id = config->id,
		.name = xstrdup(config->name),
		.kernel = xstrdup(config->kernel ? config->kernel : ""),
		.wanted = config_is_wanted(&r->opt->configs, config->name),
	};
	return 0;
}

static struct config *find_config(struct reader *r, uint32_t id)
{
	size_t i;

	for (i = 0; i < r->nr; i++)
		if (r->configs[i].id == id)
			return &r->configs[i];
	return NULL;
}

static int check_names(const struct reader *r, struct strbuf *err)
{
	struct string_list names = { 0 };
	size_t i;
	int ret;

	for (i = 0; i < r->nr; i++)
		string_list_add(&names, r->configs[i].name);
	ret = config_check_names(&r->opt->configs, &names, r->opt->db, err);
	string_list_release(&names);
	return ret;
}

/* ---- coverage ---- */

static const char *unit_status_name(enum unit_status status)
{
	switch (status) {
	case UNIT_OK:
		return "ok";
	case UNIT_ERRORS:
		return "errors";
	case UNIT_FAILED:
		return "failed";
	case UNIT_CRASHED:
		return "crashed";
	case UNIT_TIMEOUT:
		return "timeout";
	case UNIT_MISSING:
		return "missing";
	}
	return "failed";
}

static void add_not_ok(struct report *report, const struct store_unit *unit,
		       const char *config)
{
	struct report_unit *u;

	if (unit->status == UNIT_ERRORS)
		report->units_with_errors++;
	else
		report->units_failed++;
	report->not_ok =
		xrealloc(report->not_ok, (report->nr_not_ok + 1) * sizeof(*u));
	u = &report->not_ok[report->nr_not_ok++];
	u->file = xstrdup(unit->file);
	u->config = xstrdup(config);
	u->status = unit_status_name(unit->status);
	u->reason = xstrdup(unit->detail ? unit->detail : "");
}

/* One that is borrowed counts once, for the first configuration that has it. */
static int read_not_ok(void *data, const struct store_unit *unit)
{
	struct reader *r = data;
	struct config *config = find_config(r, unit->config);

	if (config && config->wanted && u64map_add(&r->not_ok, unit->id, 1))
		add_not_ok(r->report, unit, config->name);
	return 0;
}

static int count_units(struct reader *r, struct store *store)
{
	uint32_t *ids = xcalloc(r->nr + 1, sizeof(*ids));
	size_t i, nr = 0;
	int ret = 0;

	for (i = 0; !ret && i < r->nr; i++) {
		struct config *config = &r->configs[i];

		if (!config->wanted)
			continue;
		ids[nr++] = config->id;
		ret = store_count_members(store, config->id, &config->units);
	}
	if (!ret)
		ret = store_count_units(store, ids, nr, &r->report->units);
	free(ids);
	return ret;
}

/* To go through all units would take as long as a tenth of the graph. */
static int read_units(struct reader *r, struct store *store)
{
	struct report *report = r->report;
	int ret = count_units(r, store);

	if (!ret)
		ret = store_each_unit_but(store, UNIT_OK, read_not_ok, r);
	report->units_ok = report->units - report->nr_not_ok;
	return ret;
}

static int cmp_units(const void *x, const void *y)
{
	const struct report_unit *a = x, *b = y;
	int ret = strcmp(a->file, b->file);

	if (!ret)
		ret = strcmp(a->config, b->config);
	if (!ret)
		ret = strcmp(a->status, b->status);
	return ret ? ret : strcmp(a->reason, b->reason);
}

static char *join_names(struct string_list *names)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	string_list_sort_unique(names);
	for (i = 0; i < names->nr; i++)
		strbuf_addf(&sb, "%s%s", i ? ", " : "", names->item[i]);
	return strbuf_detach(&sb);
}

/* A configuration without a unit was given up: the report is not about it. */
static void name_configs(struct reader *r)
{
	struct string_list kernels = { 0 };
	size_t i;

	for (i = 0; i < r->nr; i++) {
		const struct config *config = &r->configs[i];

		if (!config->units)
			continue;
		string_list_add(&r->report->configs, config->name);
		if (*config->kernel)
			string_list_add(&kernels, config->kernel);
	}
	string_list_sort_unique(&r->report->configs);
	r->report->kernel = join_names(&kernels);
	string_list_release(&kernels);
}

static int read_coverage(struct reader *r, struct store *store,
			 struct strbuf *err)
{
	struct report *report = r->report;
	int ret = read_units(r, store);

	if (ret) {
		strbuf_addf(err, "%s cannot be read: %s", r->opt->db,
			    store_error(store));
		return ret;
	}
	if (report->nr_not_ok)
		qsort(report->not_ok, report->nr_not_ok,
		      sizeof(*report->not_ok), cmp_units);
	name_configs(r);
	if (report->units)
		return 0;
	strbuf_addf(err,
		    "%s holds no unit; index a tree into it with "
		    "'probewalk index'",
		    r->opt->db);
	return -ENODATA;
}

/* ---- findings ---- */

static void sort_report(struct report *report)
{
	string_list_sort_unique(&report->unseen);
	string_list_sort_unique(&report->not_followed);
	findings_sort(&report->findings);
}

static int walk_configs(struct reader *r, struct store *store,
			struct strbuf *err)
{
	struct config_walk *list = xcalloc(r->nr, sizeof(*list));
	size_t i, nr = 0;
	int ret;

	for (i = 0; i < r->nr; i++) {
		const struct config *config = &r->configs[i];

		if (!config->units)
			continue;
		list[nr].id = config->id;
		list[nr].name = config->name;
		list[nr++].units = config->units;
	}
	ret = report_walk_configs(r->opt, store, list, nr, r->report, err);
	free(list);
	if (!ret)
		sort_report(r->report);
	return ret;
}

struct one_config {
	const char *name;
	uint32_t id;
};

static int find_one(void *data, const struct store_config *config)
{
	struct one_config *one = data;

	if (!strcmp(config->name, one->name))
		one->id = config->id;
	return 0;
}

int report_add_config(struct store *store, const struct check_options *opt,
		      const char *config, struct report *report,
		      struct strbuf *err)
{
	struct one_config one = { .name = config };
	int ret = store_each_config(store, find_one, &one);

	if (ret) {
		strbuf_addf(err, "%s cannot be read: %s", opt->db,
			    store_error(store));
		return ret;
	}
	ret = report_walk_config(opt, store, one.id, NULL, report, err);
	if (ret)
		return ret;
	sort_report(report);
	report_filter(report, opt);
	return 0;
}

static int read_database(struct reader *r, struct store *store,
			 struct strbuf *err)
{
	int ret = store_each_config(store, read_config, r);

	if (ret) {
		strbuf_addf(err, "%s cannot be read: %s", r->opt->db,
			    store_error(store));
		return ret;
	}
	ret = check_names(r, err);
	if (!ret)
		ret = read_coverage(r, store, err);
	return ret ? ret : walk_configs(r, store, err);
}

/* Of a database that is open; ->db is for messages. */
static int report_from_store(struct store *store,
			     const struct check_options *opt,
			     struct report *report, struct strbuf *err)
{
	struct reader r = { .opt = opt, .report = report };
	size_t i;
	int ret;

	u64map_init(&r.not_ok);
	ret = read_database(&r, store, err);
	for (i = 0; i < r.nr; i++) {
		free(r.configs[i].name);
		free(r.configs[i].kernel);
	}
	free(r.configs);
	u64map_release(&r.not_ok);
	return ret;
}

int report_from_database(const struct check_options *opt, struct report *report,
			 struct strbuf *err)
{
	struct store *store;
	int ret = store_open(&store, opt->db, STORE_READ, err);

	if (ret)
		return ret;
	ret = report_from_store(store, opt, report, err);
	store_close(store);
	return ret;
}
