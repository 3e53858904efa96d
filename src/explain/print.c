// SPDX-License-Identifier: GPL-2.0-only
/*
 * An answer as text: what a reader asks first stands first, every line with a
 * place begins with it, and a list says how much of it is not shown.
 */
#include <string.h>

#include "explain/explain.h"
#include "report/text.h"

static const char *str(const json_t *object, const char *name)
{
	const char *s = json_string_value(json_object_get(object, name));

	return s ? s : "";
}

static unsigned int num(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

static bool flag(const json_t *object, const char *name)
{
	return json_is_true(json_object_get(object, name));
}

static void put_place(FILE *out, const char *indent, const json_t *place)
{
	text_putf(out, "%s%s:%u:", indent, str(place, "file"),
		  num(place, "line"));
	if (num(place, "column"))
		text_putf(out, "%u:", num(place, "column"));
	putc(' ', out);
}

static const char *plural(unsigned int nr)
{
	return nr == 1 ? "" : "s";
}

/* What of a list is not shown. */
static void put_rest(FILE *out, const json_t *list)
{
	unsigned int total = num(list, "total"),
		     shown = json_array_size(json_object_get(list, "shown"));

	if (total > shown)
		text_putf(out, "  and %u more (-n %u shows all)\n",
			  total - shown, total);
}

/* ---- a function ---- */

static void put_function(FILE *out, const json_t *fn, const char *config)
{
	const json_t *attr;
	size_t i;

	if (flag(fn, "defined"))
		put_place(out, "", fn);
	text_putf(out, "%s%s()", flag(fn, "static") ? "static " : "",
		  str(fn, "name"));
	json_array_foreach(json_object_get(fn, "attributes"), i, attr)
		text_putf(out, " %s", json_string_value(attr));
	if (!flag(fn, "defined"))
		text_putf(out, " is not defined in what was indexed");
	if (*config)
		text_putf(out, ", in %s", config);
	putc('\n', out);
	if (flag(fn, "ambiguous"))
		text_putf(out,
			  "  it has several bodies, and they count as one: "
			  "medium confidence at most\n");
}

static void put_role(FILE *out, const json_t *roles, const char *name,
		     const char *words)
{
	const json_t *role = json_object_get(roles, name), *why;
	size_t i;

	text_putf(out, "%s: %s", words, flag(role, "is") ? "yes" : "no");
	json_array_foreach(json_object_get(role, "why"), i,
			   why) if (!*str(why, "file"))
		text_putf(out, "%s %s", i ? ";" : ",", str(why, "text"));
	putc('\n', out);
	json_array_foreach(json_object_get(role, "why"), i, why)
	{
		if (!*str(why, "file"))
			continue;
		put_place(out, "  ", why);
		text_putf(out, "%s\n", str(why, "text"));
	}
}

static void put_edge(FILE *out, const json_t *edge)
{
	const char *kind = str(edge, "edge"), *callee = str(edge, "callee");
	const char *runs = str(edge, "runs");
	bool listed = json_is_true(json_object_get(edge, "listed"));

	if (!strcmp(kind, "pointer"))
		text_putf(out, "%s() calls through %s, which may be %s()",
			  str(edge, "function"), callee, runs);
	else if (!strcmp(kind, "callback") && listed)
		text_putf(out, "%s() calls %s(), which calls %s()",
			  str(edge, "function"), callee, runs);
	else if (!strcmp(kind, "callback"))
		text_putf(out, "%s() hands %s() to %s(), which calls it",
			  str(edge, "function"), runs, callee);
	else if (strcmp(callee, runs))
		text_putf(out, "%s() calls %s(), that is %s()",
			  str(edge, "function"), callee, runs);
	else
		text_putf(out, "%s() calls %s()", str(edge, "function"),
			  callee);
	if (listed)
		text_putf(out, " from a list that it was put into");
	if (strcmp(kind, "direct"))
		text_putf(out, " [%s]", str(edge, "confidence"));
}

static void put_edges(FILE *out, const char *indent, const json_t *edges)
{
	const json_t *edge;
	size_t i;

	json_array_foreach(edges, i, edge)
	{
		put_place(out, indent, edge);
		put_edge(out, edge);
		putc('\n', out);
	}
}

static void put_neighbours(FILE *out, const json_t *list, const char *none,
			   const char *some, const char *what)
{
	unsigned int total = num(list, "total");

	if (total)
		text_putf(out, "%s %u %s%s:\n", some, total, what,
			  plural(total));
	else
		text_putf(out, "%s\n", none);
	put_edges(out, "  ", json_object_get(list, "shown"));
	put_rest(out, list);
}

static void put_probe(FILE *out, const json_t *probe)
{
	text_putf(out, "%s() is the %s of %s", str(probe, "function"),
		  str(probe, "slot"),
		  *str(probe, "driver") ? str(probe, "driver")
					: "a driver that could not be named");
	if (*str(probe, "bus"))
		text_putf(out, ", on %s", str(probe, "bus"));
}

/* The functions of a way in one line; its places are for FROM TO. */
static void put_chain(FILE *out, const json_t *path)
{
	const json_t *hops = json_object_get(path, "hops"), *hop;
	size_t i;

	text_putf(out, "    %s()", str(json_array_get(hops, 0), "function"));
	json_array_foreach(hops, i, hop)
		text_putf(out, " %s %s()",
			  strcmp(str(hop, "edge"), "direct") ? "~>" : "->",
			  str(hop, "runs"));
	text_putf(out, " [%s]\n", str(path, "confidence"));
}

static void put_probes(FILE *out, const json_t *list)
{
	unsigned int total = num(list, "total");
	const json_t *start;
	size_t i;

	if (!total) {
		text_putf(out, "reached by no probe\n");
		return;
	}
	text_putf(out,
		  "reached by %u probe%s, with the lock of the device held:\n",
		  total, plural(total));
	json_array_foreach(json_object_get(list, "shown"), i, start)
	{
		const json_t *probe = json_object_get(start, "probe");

		put_place(out, "  ", probe);
		put_probe(out, probe);
		putc('\n', out);
		put_chain(out, start);
	}
	put_rest(out, list);
}

static void put_unresolved(FILE *out, const json_t *list)
{
	unsigned int total = num(list, "total");
	const json_t *call;
	size_t i;

	if (!total)
		return;
	text_putf(out,
		  "calls through %u pointer%s of which it is not known where "
		  "they lead:\n",
		  total, plural(total));
	json_array_foreach(json_object_get(list, "shown"), i, call)
	{
		put_place(out, "  ", call);
		text_putf(out, "through %s\n",
			  *str(call, "slot") ? str(call, "slot")
					     : str(call, "callee"));
	}
	put_rest(out, list);
}

/* What becomes of it, after the words that say where it goes. */
static void put_fate(FILE *out, const json_t *use)
{
	const char *fate = str(use, "fate"), *slot = str(use, "slot");

	if (!strcmp(fate, "called"))
		text_putf(out, ", which calls it");
	else if (!strcmp(fate, "dispatched"))
		text_putf(out, ": the bus calls it for a device, with its lock "
			       "held");
	else if (!strcmp(fate, "kept") && !strcmp(str(use, "kind"), "argument"))
		text_putf(out, ", which keeps it in %s: it runs later", slot);
	else if (!strcmp(fate, "kept"))
		text_putf(out, ": runs when somebody calls through it");
	else
		text_putf(out, ": what becomes of it is not seen");
}

static void put_use(FILE *out, const json_t *use, const char *name)
{
	const char *kind = str(use, "kind"), *fn = str(use, "function");
	const char *slot = str(use, "slot");

	if (!strcmp(kind, "argument"))
		text_putf(out, "%s() hands %s() to %s() as argument %u", fn,
			  name, str(use, "callee"), num(use, "argument"));
	else if (!strcmp(kind, "return"))
		text_putf(out, "%s() returns %s()", fn, name);
	else if (*fn)
		text_putf(out, "%s() stores %s() into %s", fn, name,
			  str(use, "object"));
	else
		text_putf(out, "%s() is in the initialiser of %s", name,
			  str(use, "object"));
	if (*slot && strcmp(kind, "argument"))
		text_putf(out, " (%s)", slot);
	put_fate(out, use);
}

static void put_address(FILE *out, const json_t *list, const char *name)
{
	unsigned int total = num(list, "total");
	const json_t *use;
	size_t i;

	if (!total) {
		text_putf(out, "its address goes nowhere\n");
		return;
	}
	text_putf(out, "its address goes to %u place%s:\n", total,
		  plural(total));
	json_array_foreach(json_object_get(list, "shown"), i, use)
	{
		put_place(out, "  ", use);
		put_use(out, use, name);
		putc('\n', out);
	}
	put_rest(out, list);
}

void explain_print_function(const json_t *answer, FILE *out)
{
	const json_t *fn = json_object_get(answer, "function");
	const json_t *roles = json_object_get(answer, "roles");

	put_function(out, fn, str(answer, "config"));
	put_role(out, roles, "registrar", "registers what it is given");
	put_role(out, roles, "probe", "is a probe");
	put_role(out, roles, "synchronous", "runs a callback at once");
	put_role(out, roles, "barrier", "ends a walk");
	put_probes(out, json_object_get(answer, "probes"));
	put_neighbours(out, json_object_get(answer, "callers"),
		       "called from nowhere", "called from", "place");
	put_neighbours(out, json_object_get(answer, "callees"), "calls nothing",
		       "calls", "function");
	put_unresolved(out, json_object_get(answer, "unresolved"));
	put_address(out, json_object_get(answer, "address"), str(fn, "name"));
}

/* ---- the way between two ---- */

static void put_ways(FILE *out, const json_t *answer, const char *from,
		     const char *to)
{
	const json_t *path;
	size_t i;

	json_array_foreach(json_object_get(answer, "paths"), i, path)
	{
		const json_t *hops = json_object_get(path, "hops");
		unsigned int nr = json_array_size(hops);

		text_putf(out,
			  "%s() reaches %s() by %u call%s, %s confidence:\n",
			  from, to, nr, plural(nr), str(path, "confidence"));
		put_edges(out, "  ", hops);
	}
	if (flag(answer, "more"))
		text_putf(out, "there are more ways (-n %u shows up to %u)\n",
			  2 * (unsigned int)i + 3, 2 * (unsigned int)i + 3);
}

static void put_dispatch(FILE *out, const json_t *link)
{
	const json_t *adder = json_object_get(link, "adder");

	if (json_is_null(adder))
		text_putf(out, "%s() may run the probe of any driver; ",
			  str(link, "through"));
	else
		text_putf(out,
			  "%s() may run the probe of any driver on %s, where "
			  "%s() "
			  "puts the device in %s:%u; ",
			  str(link, "through"), str(link, "bus"),
			  str(adder, "function"), str(adder, "file"),
			  num(adder, "line"));
}

static void put_gap(FILE *out, const json_t *gap)
{
	const json_t *link = json_object_get(gap, "link");
	const char *kind = str(gap, "kind");
	const char *name = str(json_object_get(gap, "function"), "name");

	put_edges(out, "  ",
		  json_object_get(json_object_get(gap, "way_in"), "hops"));
	put_place(out, "  ", link);
	text_putf(out, "not followed: ");
	if (!strcmp(kind, "address")) {
		put_use(out, link, name);
	} else if (!strcmp(kind, "slot")) {
		text_putf(out,
			  "%s() calls through %s; %s() sits in such a field, "
			  "of an "
			  "object that is not known to come here",
			  str(link, "function"), str(link, "slot"), name);
	} else {
		put_dispatch(out, link);
		put_probe(out, link);
	}
	putc('\n', out);
	put_edges(out, "  ",
		  json_object_get(json_object_get(gap, "way_out"), "hops"));
}

static void put_starts(FILE *out, const json_t *list, const char *to)
{
	const json_t *fn;
	size_t i;

	if (!num(list, "total"))
		return;
	text_putf(out, "what leads to %s() begins at:\n", to);
	json_array_foreach(json_object_get(list, "shown"), i, fn)
	{
		put_place(out, "  ", fn);
		text_putf(out, "%s(), which nothing calls directly\n",
			  str(fn, "name"));
	}
	put_rest(out, list);
}

/* "2", or what is known of an address. */
static const char *constant_text(const json_t *constant, char *buf, size_t size)
{
	if (json_is_null(constant))
		return "an address";
	snprintf(buf, size, "%lld", (long long)json_integer_value(constant));
	return buf;
}

/* Why a call on a way does not happen, and where that comes from. */
static void put_constant(FILE *out, const json_t *way)
{
	const json_t *call = json_object_get(way, "call");
	const json_t *given = json_object_get(way, "given");
	char buf[32];
	const char *text = constant_text(json_object_get(way, "constant"), buf,
					 sizeof(buf));

	put_place(out, "  ", call);
	text_putf(out,
		  "not followed: %s() does not call %s() when its argument %u "
		  "is %s\n",
		  str(call, "function"), str(call, "callee"),
		  num(way, "parameter"), text);
	put_place(out, "  ", given);
	text_putf(out, "%s() hands %s to %s() as argument %u\n",
		  str(given, "function"), text, str(given, "callee"),
		  num(way, "argument"));
}

static void put_forbidden(FILE *out, const json_t *list, const char *from,
			  const char *to)
{
	const json_t *way;
	size_t i;

	json_array_foreach(list, i, way)
	{
		const json_t *hops =
			json_object_get(json_object_get(way, "way"), "hops");
		unsigned int nr = json_array_size(hops);

		text_putf(out,
			  "but for a constant, %s() would reach %s() by %u "
			  "call%s:\n",
			  from, to, nr, plural(nr));
		put_edges(out, "  ", hops);
		put_constant(out, way);
	}
}

static void put_no_way(FILE *out, const json_t *gap, const char *from,
		       const char *to)
{
	const json_t *list = json_object_get(gap, "not_followed"), *value;
	unsigned int reaches = num(gap, "from_reaches"),
		     reached = num(gap, "to_reached_from"),
		     total = num(list, "total");
	size_t i;

	text_putf(out, "no way from %s() to %s() is followed\n", from, to);
	put_forbidden(out, json_object_get(gap, "forbidden"), from, to);
	text_putf(out,
		  "%s() reaches %u other function%s; %s() is reached from %u\n",
		  from, reaches, plural(reaches), to, reached);
	json_array_foreach(json_object_get(list, "shown"), i, value)
	{
		text_putf(out, "gap %u of %u:\n", (unsigned int)i + 1, total);
		put_gap(out, value);
	}
	put_rest(out, list);
	if (!total)
		text_putf(out,
			  "and no address of a function on the way to %s() is "
			  "taken where %s() leads\n",
			  to, from);
	put_starts(out, json_object_get(gap, "to_starts"), to);
}

void explain_print_between(const json_t *answer, FILE *out)
{
	const char *from = str(json_object_get(answer, "from"), "name");
	const char *to = str(json_object_get(answer, "to"), "name");

	put_function(out, json_object_get(answer, "from"),
		     str(answer, "config"));
	put_function(out, json_object_get(answer, "to"), str(answer, "config"));
	put_ways(out, answer, from, to);
	if (!json_array_size(json_object_get(answer, "paths")))
		put_no_way(out, json_object_get(answer, "gap"), from, to);
}
