// SPDX-License-Identifier: GPL-2.0-only
/* Reports that no scan made: see report-by-hand.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "report-by-hand.h"

char *render(const struct report *report, const char *name)
{
	const struct report_format *format = report_format_find(name);
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	assert_non_null(f);
	assert_non_null(format);
	assert_int_equal(format->render(report, f), 0);
	assert_int_equal(fclose(f), 0);
	return text;
}

struct report empty_report(void)
{
	struct report report = {
		.kernel = xstrdup("6.12.1"),
		.units = 2,
		.units_ok = 2,
	};

	string_list_add(&report.configs, "arm64/allyesconfig");
	return report;
}

void add(struct report *report, struct finding f)
{
	findings_add(&report->findings, &f);
	findings_sort(&report->findings);
}

void add_unit(struct report *report, const char *file, const char *status,
	      const char *reason)
{
	struct report_unit *u;

	report->not_ok =
		xrealloc(report->not_ok, (report->nr_not_ok + 1) * sizeof(*u));
	u = &report->not_ok[report->nr_not_ok++];
	u->file = xstrdup(file);
	u->config = xstrdup("arm64/allyesconfig");
	u->status = status;
	u->reason = xstrdup(reason);
	report->units++;
	if (strcmp(status, "errors"))
		report->units_failed++;
	else
		report->units_with_errors++;
}

struct finding_outer *make_outer(void)
{
	struct finding_outer *outer = xcalloc(1, sizeof(*outer));

	outer->probe.function = xstrdup("parent_probe");
	outer->probe.file = xstrdup("drivers/parent.c");
	outer->probe.line = 9;
	outer->probe.slot = xstrdup("platform_driver.probe");
	set_driver(&outer->probe.driver, "parent_driver", "drivers/parent.c",
		   30, "platform_bus_type");
	outer->confidence = CONFIDENCE_MEDIUM;
	outer->match = "only-adder";
	outer->nr_path = 1;
	outer->path = xcalloc(1, sizeof(*outer->path));
	set_hop(&outer->path[0], "parent_probe", "drivers/parent.c", 11, 2,
		"device_add");
	return outer;
}

static void set_qualifier(struct finding_qualifier *q, enum qualifier_kind kind,
			  uint32_t line, const char *detail)
{
	*q = (struct finding_qualifier){
		.kind = kind,
		.function = xstrdup("inner_init"),
		.file = xstrdup("drivers/inner.c"),
		.line = line,
		.detail = detail ? xstrdup(detail) : NULL,
	};
}

void set_qualifiers(struct finding *f)
{
	f->nr_qualifiers = 3;
	f->qualifiers = xcalloc(f->nr_qualifiers, sizeof(*f->qualifiers));
	set_qualifier(&f->qualifiers[0], QUALIFIER_UNREGISTER_IN_REMOVE, 50,
		      "platform_driver.remove");
	set_qualifier(&f->qualifiers[1], QUALIFIER_PER_INSTANCE, 12, "static");
	set_qualifier(&f->qualifiers[2], QUALIFIER_RETURN_IGNORED, 12, NULL);
}

struct finding unknown_finding(void)
{
	struct finding f = make_finding(0, "arm64/allyesconfig");

	replace(&f.probe.driver.name, NULL);
	replace(&f.probe.driver.bus, NULL);
	replace(&f.probe.driver.file, NULL);
	replace(&f.registration.driver.name, NULL);
	replace(&f.registration.driver.bus, NULL);
	replace(&f.registration.driver.file, NULL);
	f.verdict = VERDICT_UNKNOWN_BUS;
	f.severity = SEVERITY_WARNING;
	return f;
}
