// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a finding amounts to. driver_register() looks at every device of the
 * driver's bus, taking its lock when dc23806a7c47 is in force, so the case that
 * hangs is a probe that registers for the bus it is called from.
 */
#include "rules/literals.h"
#include "rules/message.h"
#include "rules/transitive.h"

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
		strbuf_addf(&sb,
			    " on %s, the bus of %s() of %s, which added its "
			    "device,",
			    inner->bus, f->outer->probe.function,
			    f->outer->probe.driver.name
				    ? f->outer->probe.driver.name
				    : "another driver");
		break;
	case VERDICT_UNKNOWN_BUS:
		strbuf_addf(&sb, " on %s",
			    inner->bus ? inner->bus : "a bus unknown");
		break;
	case VERDICT_REACHED:
		break;
	}
	strbuf_addstr(&sb, f->verdict == VERDICT_TRANSITIVE
				   ? " while the devices of both are locked"
				   : " while its device is locked");
	return strbuf_detach(&sb);
}

/* A probe on the driver's bus, up the chain, has added this one's device. */
static void find_outer(struct analysis *a, const struct probe *probe,
		       const struct target *target, struct finding *f)
{
	struct join join;

	if (f->verdict != VERDICT_CROSS_BUS || !a->adders)
		return;
	if (!a->joiner)
		a->joiner = joiner_new(a);
	if (!joiner_find(a->joiner, probe, target->site->bus, &join))
		return;
	f->outer = finding_describe_outer(a, &join);
	if (join.confidence > CONFIDENCE_LOW)
		f->verdict = VERDICT_TRANSITIVE;
	join_release(&join);
}

/*
 * Does the new driver match whatever device the old one was probed for: are all
 * identifiers of the one's tables in the other's?
 */
static bool matches_locked(struct analysis *a, const struct probe *probe,
			   const struct target *target)
{
	struct literals outer = { 0 }, inner = { 0 };
	bool all;
	uint32_t i;

	literals_of_tables(&outer, a->r, &probe->driver);
	literals_of_tables(&inner, a->r, &target->site->driver);
	all = outer.nr > 0;
	for (i = 0; i < outer.nr; i++)
		all &= literals_has(&inner, outer.list[i]);
	literals_release(&outer);
	literals_release(&inner);
	return all;
}

static enum hang judge_hang(struct analysis *a, const struct probe *probe,
			    const struct target *target, enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_SAME_BUS:
		return matches_locked(a, probe, target) ? HANG_CERTAIN
							: HANG_LOCK_ENFORCED;
	case VERDICT_TRANSITIVE:
		return HANG_LOCK_ENFORCED;
	case VERDICT_CROSS_BUS:
		return HANG_NONE;
	case VERDICT_UNKNOWN_BUS:
		return HANG_UNKNOWN;
	case VERDICT_REACHED:
		break;
	}
	return HANG_NOT_JUDGED;
}

void finding_judge(struct analysis *a, const struct probe *probe,
		   const struct target *target, struct finding *f)
{
	f->verdict = compare_buses(a, probe, target);
	find_outer(a, probe, target, f);
	if (a->rule->undo.nr)
		f->hang = judge_hang(a, probe, target, f->verdict);
	f->severity = verdict_severity(a->rule, f->verdict);
	if (a->rule->message)
		f->message = message_fill(f);
	else if (a->rule->to == TARGET_REGISTRATION)
		f->message = registration_message(f);
	else
		f->message = xasprintf("%s() reaches %s()", f->probe.function,
				       f->registration.callee);
}
