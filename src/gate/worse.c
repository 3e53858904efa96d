// SPDX-License-Identifier: GPL-2.0-only
/*
 * Has a finding become worse? What a reviewer would call so, said as a
 * half-sentence that goes behind "worsened: ".
 */
#include <string.h>

#include "gate/gate.h"

static bool same_text(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

static const char *or_else(const char *s, const char *other)
{
	return s && *s ? s : other;
}

static const struct finding_qualifier *find_qualifier(const struct finding *f,
						      enum qualifier_kind kind)
{
	size_t i;

	for (i = 0; i < f->nr_qualifiers; i++)
		if (f->qualifiers[i].kind == kind)
			return &f->qualifiers[i];
	return NULL;
}

static bool has(const struct finding *f, enum qualifier_kind kind)
{
	return find_qualifier(f, kind) != NULL;
}

static void begin(struct strbuf *why)
{
	if (why->len)
		strbuf_addstr(why, "; ");
}

/* Which of the two buses is another one now. */
static void say_same_bus(struct strbuf *why, const struct finding *before,
			 const struct finding *after)
{
	const struct finding_driver *inner = &after->registration.driver;
	const char *bus = or_else(inner->bus, "one bus");

	if (!same_text(before->registration.driver.bus, inner->bus))
		strbuf_addf(why, "%s is on %s now, as the probe is",
			    or_else(inner->name, "the driver"), bus);
	else if (!same_text(before->probe.driver.bus, after->probe.driver.bus))
		strbuf_addf(why, "%s() is a probe on %s now, as %s is",
			    after->probe.function, bus,
			    or_else(inner->name, "the driver"));
	else
		strbuf_addf(why, "both are known to be on %s now", bus);
}

static void judge_verdict(struct strbuf *why, const struct finding *before,
			  const struct finding *after)
{
	if (verdict_gravity(after->verdict) <= verdict_gravity(before->verdict))
		return;
	begin(why);
	switch (after->verdict) {
	case VERDICT_SAME_BUS:
		say_same_bus(why, before, after);
		break;
	case VERDICT_TRANSITIVE:
		strbuf_addf(why, "%s() on %s adds its device now",
			    after->outer ? after->outer->probe.function
					 : "a probe",
			    or_else(after->registration.driver.bus,
				    "the driver's bus"));
		break;
	case VERDICT_CROSS_BUS:
	case VERDICT_UNKNOWN_BUS:
	case VERDICT_REACHED:
		strbuf_addf(why, "it is %s now, and was %s",
			    verdict_name(after->verdict),
			    verdict_name(before->verdict));
		break;
	}
}

static int hang_gravity(enum hang hang)
{
	switch (hang) {
	case HANG_CERTAIN:
		return 2;
	case HANG_LOCK_ENFORCED:
		return 1;
	case HANG_NOT_JUDGED:
	case HANG_NONE:
	case HANG_UNKNOWN:
		break;
	}
	return 0;
}

/* A graver verdict says it already, but for a hang that is certain. */
static void judge_hang(struct strbuf *why, const struct finding *before,
		       const struct finding *after)
{
	if (hang_gravity(after->hang) <= hang_gravity(before->hang))
		return;
	if (after->hang == HANG_CERTAIN) {
		begin(why);
		strbuf_addstr(why, "the new driver matches the device that is "
				   "locked");
	} else if (!why->len) {
		strbuf_addstr(why, "it hangs now where matching takes the "
				   "device lock");
	}
}

static bool has_locked_flag(const struct finding *f)
{
	size_t i;

	for (i = 0; i < f->nr_guards; i++)
		if (f->guards[i].lock)
			return true;
	return false;
}

/* How often it happens. */
static void judge_once(struct strbuf *why, const struct finding *before,
		       const struct finding *after)
{
	if (has(after, QUALIFIER_PER_INSTANCE) &&
	    !has(before, QUALIFIER_PER_INSTANCE)) {
		begin(why);
		strbuf_addstr(why, before->nr_guards
					   ? "no flag keeps it to one "
					     "registration any more"
					   : "each device registers it now");
	} else if (before->nr_guards && !after->nr_guards &&
		   !has(before, QUALIFIER_PER_INSTANCE)) {
		begin(why);
		strbuf_addf(why, "%s does not decide about it any more",
			    before->guards[0].variable);
	} else if (has(after, QUALIFIER_ONCE_GUARD) &&
		   has_locked_flag(before) && !has_locked_flag(after)) {
		begin(why);
		strbuf_addf(why, "no lock covers the test of %s any more",
			    after->guards[0].variable);
	}
}

static void judge_unregister(struct strbuf *why, const struct finding *before,
			     const struct finding *after)
{
	const char *name =
		or_else(after->registration.driver.name, "the driver");

	if (has(after, QUALIFIER_NO_UNREGISTER) &&
	    !has(before, QUALIFIER_NO_UNREGISTER) && before->nr_unregisters) {
		begin(why);
		strbuf_addf(why, "nothing unregisters %s any more", name);
	}
	if (has(after, QUALIFIER_UNREGISTER_IN_REMOVE) &&
	    !has(before, QUALIFIER_UNREGISTER_IN_REMOVE) &&
	    before->nr_unregisters) {
		begin(why);
		strbuf_addf(
			why,
			"%s is unregistered from the driver's %s now, with "
			"the device locked",
			name,
			or_else(find_qualifier(after,
					       QUALIFIER_UNREGISTER_IN_REMOVE)
					->detail,
				"remove"));
	}
}

static void judge_rest(struct strbuf *why, const struct finding *before,
		       const struct finding *after)
{
	if (has(after, QUALIFIER_RETURN_IGNORED) &&
	    !has(before, QUALIFIER_RETURN_IGNORED)) {
		begin(why);
		strbuf_addstr(why, "nobody looks at what it returns any more");
	}
	if (!why->len && after->severity > before->severity)
		strbuf_addf(why, "it is of severity %s now, and was %s",
			    severity_name(after->severity),
			    severity_name(before->severity));
}

char *gate_worse(const struct finding *before, const struct finding *after)
{
	struct strbuf why = STRBUF_INIT;

	judge_verdict(&why, before, after);
	judge_hang(&why, before, after);
	judge_once(&why, before, after);
	judge_unregister(&why, before, after);
	judge_rest(&why, before, after);
	if (why.len)
		return strbuf_detach(&why);
	strbuf_release(&why);
	return NULL;
}
