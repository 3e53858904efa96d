// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fields that the analysis takes for probes. Whoever misses a bus here
 * knows that no probe of it was looked at, and that finding nothing there says
 * nothing.
 */
#include "explain/internal.h"
#include "report/json-text.h"
#include "report/plain.h"

static json_t *name_or_null(struct explain *x, uint32_t symbol)
{
	return symbol == GRAPH_NONE ? json_null()
				    : json_text(graph_name(x->g, symbol));
}

static json_t *slot_value(struct explain *x, const struct probe_slot *slot)
{
	json_t *object = json_object();

	set_value(object, "slot", json_text(graph_string(x->g, slot->slot)));
	set_value(object, "bus", name_or_null(x, slot->bus));
	set_value(object, "called_by",
		  slot->by == GRAPH_NONE ? json_null()
					 : function_value(x, slot->by));
	set_value(object, "callbacks", json_integer(slot->nr_callbacks));
	return object;
}

json_t *explain_slots(struct explain *x)
{
	json_t *answer = answer_value(x), *slots = json_array();
	uint32_t i;

	for (i = 0; i < x->probes->nr_slots; i++)
		json_array_append_new(slots,
				      slot_value(x, &x->probes->slots[i]));
	set_value(answer, "slots", slots);
	return answer;
}

static void put(FILE *out, const char *before, const json_t *object,
		const char *name)
{
	const char *s = json_string_value(json_object_get(object, name));

	if (!s)
		return;
	fputs(before, out);
	plain_put(out, s);
}

static void put_slot(FILE *out, const json_t *slot)
{
	const json_t *by = json_object_get(slot, "called_by");
	unsigned int nr =
		json_integer_value(json_object_get(slot, "callbacks"));

	put(out, "  ", slot, "slot");
	fprintf(out, ": %u function%s, ", nr, nr == 1 ? "" : "s");
	if (json_is_null(by)) {
		fputs("named by the rule", out);
	} else {
		put(out, "called by ", by, "name");
		put(out, "() in ", by, "file");
	}
	put(out, ", on ", slot, "bus");
	putc('\n', out);
}

void explain_print_slots(const json_t *answer, FILE *out)
{
	const json_t *slots = json_object_get(answer, "slots"), *slot;
	unsigned int nr = json_array_size(slots);
	size_t i;

	fprintf(out,
		"%u field%s whose functions run with the lock of a device "
		"held",
		nr, nr == 1 ? "" : "s");
	put(out, ", in ", answer, "config");
	fputs(":\n", out);
	json_array_foreach(slots, i, slot) put_slot(out, slot);
}
