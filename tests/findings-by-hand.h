/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings without a graph: the shape of the arm-smmu-qcom case, three hops in
 * three files. For test-finding.c and test-report.c.
 */
#ifndef PROBEWALK_TESTS_FINDINGS_BY_HAND_H
#define PROBEWALK_TESTS_FINDINGS_BY_HAND_H

#include <string.h>

#include "rules/finding.h"

static char rule_id[] = "driver-registration-in-probe";
static char rule_summary[] = "A probe registers a driver.";
static char rule_help[] = "Register it from module_init().";
static char rule_reference[] = "commit 0123456789ab";
static char rule_undo[] = "driver_unregister";
static char *references[] = { rule_reference };
static char *undo[] = { rule_undo };

static const struct rule the_rule = {
	.id = rule_id,
	.summary = rule_summary,
	.help = rule_help,
	.references = { references, 1 },
	.to = TARGET_REGISTRATION,
	.undo = { undo, 1 },
};

static inline void set_hop(struct finding_hop *hop, const char *function,
			   const char *file, uint32_t line, uint32_t col,
			   const char *callee)
{
	*hop = (struct finding_hop){
		.function = xstrdup(function),
		.file = xstrdup(file),
		.line = line,
		.col = col,
		.edge = EDGE_DIRECT,
		.callee = xstrdup(callee),
	};
}

static inline void set_driver(struct finding_driver *driver, const char *name,
			      const char *file, uint32_t line, const char *bus)
{
	driver->name = xstrdup(name);
	driver->file = xstrdup(file);
	driver->line = line;
	driver->bus = xstrdup(bus);
}

/* A finding with every line moved by @shift, for configuration @config. */
static inline struct finding make_finding(uint32_t shift, const char *config)
{
	struct finding f = {
		.rule = &the_rule,
		.severity = SEVERITY_ERROR,
		.confidence = CONFIDENCE_HIGH,
		.verdict = VERDICT_SAME_BUS,
	};

	f.probe.function = xstrdup("outer_probe");
	f.probe.file = xstrdup("drivers/outer.c");
	f.probe.line = 20 + shift;
	f.probe.slot = xstrdup("platform_driver.probe");
	set_driver(&f.probe.driver, "outer_driver", "drivers/outer.c",
		   40 + shift, "platform_bus_type");
	f.registration.callee = xstrdup("platform_driver_register");
	f.registration.function = xstrdup("inner_init");
	f.registration.file = xstrdup("drivers/inner.c");
	f.registration.line = 12 + shift;
	f.registration.col = 9;
	set_driver(&f.registration.driver, "inner_driver", "drivers/inner.c",
		   3 + shift, "platform_bus_type");
	f.nr_path = 3;
	f.path = xcalloc(f.nr_path, sizeof(*f.path));
	set_hop(&f.path[0], "outer_probe", "drivers/outer.c", 22 + shift, 2,
		"impl_init");
	set_hop(&f.path[1], "impl_init", "drivers/impl.c", 7 + shift, 10,
		"inner_init");
	set_hop(&f.path[2], "inner_init", "drivers/inner.c", 12 + shift, 9,
		"platform_driver_register");
	string_list_add(&f.configs, config);
	f.message = xstrdup("outer_probe() of outer_driver registers "
			    "inner_driver on its own bus");
	return f;
}

static inline void add_guard(struct finding *f, const char *variable,
			     uint32_t line)
{
	f->guards =
		xrealloc(f->guards, (f->nr_guards + 1) * sizeof(*f->guards));
	f->guards[f->nr_guards++] = (struct finding_guard){
		.kind = xstrdup("static-flag"),
		.variable = xstrdup(variable),
		.file = xstrdup("drivers/inner.c"),
		.line = line,
	};
}

static inline void add_unregister(struct finding *f, const char *function,
				  uint32_t line)
{
	f->unregisters =
		xrealloc(f->unregisters,
			 (f->nr_unregisters + 1) * sizeof(*f->unregisters));
	f->unregisters[f->nr_unregisters++] = (struct finding_unregister){
		.function = xstrdup(function),
		.file = xstrdup("drivers/inner.c"),
		.line = line,
	};
}

/* Let go of the last @nr hops. */
static inline void drop_hops(struct finding *f, size_t nr)
{
	while (nr--) {
		struct finding_hop *hop = &f->path[--f->nr_path];

		free(hop->function);
		free(hop->file);
		free(hop->callee);
	}
}

/* Put another string in the place of one that was allocated. */
static inline void replace(char **s, const char *with)
{
	free(*s);
	*s = with ? xstrdup(with) : NULL;
}

#endif
