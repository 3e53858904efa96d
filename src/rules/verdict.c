// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a finding amounts to. driver_register() looks at every device of the
 * driver's bus, taking its lock when dc23806a7c47 is in force, so the case that
 * hangs is a probe that registers for the bus it is called from.
 */
#include "rules/analysis.h"
#include "rules/message.h"

static enum verdict compare_buses(const struct analysis *a,
				  const struct probe *probe,
				  const struct target *target)
{
	if (a->rule->to != TARGET_REGISTRATION)
		return VERDICT_REACHED;
	if (!probe || probe->bus == GRAPH_NONE || !target->site ||
	    target->site->bus == GRAPH_NONE)
		return VERDICT_UNKNOWN_BUS;
	return probe->bus == target->site->bus ? VERDICT_SAME_BUS
					       : VERDICT_CROSS_BUS;
}

static enum severity verdict_severity(const struct rule *rule,
				      enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_SAME_BUS:
		return rule->severity_same_bus;
	case VERDICT_TRANSITIVE:
		return rule->severity_transitive;
	case VERDICT_CROSS_BUS:
		return rule->severity_cross_bus;
	case VERDICT_UNKNOWN_BUS:
	case VERDICT_REACHED:
		break;
	}
	return rule->severity;
}

static char *registration_message(const struct finding *f)
{
	const struct finding_driver *outer = &f->probe.driver;
	const struct finding_driver *inner = &f->registration.driver;
	struct strbuf sb = STRBUF_INIT;

	strbuf_addf(&sb, "%s()", f->probe.function);
	if (outer->name)
		strbuf_addf(&sb, " of %s", outer->name);
	strbuf_addf(&sb, " registers %s",
		    inner->name ? inner->name : "a driver");
	switch (f->verdict) {
	case VERDICT_SAME_BUS:
		strbuf_addf(&sb, " on its own bus (%s)", inner->bus);
		break;
	case VERDICT_CROSS_BUS:
		strbuf_addf(&sb, " on another bus (%s; its own is %s)",
			    inner->bus, outer->bus);
		break;
	case VERDICT_TRANSITIVE:
		strbuf_addf(&sb, " on %s, from where its own device was added",
			    inner->bus);
		break;
	case VERDICT_UNKNOWN_BUS:
		strbuf_addf(&sb, " on %s",
			    inner->bus ? inner->bus : "a bus unknown");
		break;
	case VERDICT_REACHED:
		break;
	}
	strbuf_addstr(&sb, " while its device is locked");
	return strbuf_detach(&sb);
}

void finding_judge(struct analysis *a, const struct probe *probe,
		   const struct target *target, struct finding *f)
{
	f->verdict = compare_buses(a, probe, target);
	f->severity = verdict_severity(a->rule, f->verdict);
	if (a->rule->message)
		f->message = message_fill(f);
	else if (a->rule->to == TARGET_REGISTRATION)
		f->message = registration_message(f);
	else
		f->message = xasprintf("%s() reaches %s()", f->probe.function,
				       f->registration.callee);
}
