// SPDX-License-Identifier: GPL-2.0-only
/* Who adds devices: see adders.h. */
#include <string.h>

#include "rules/adders.h"
#include "rules/bus.h"
#include "rules/slot.h"

/* Two stores say different things of one type. */
#define SEVERAL_BUSES UINT32_MAX

/* The field of @record that points to a bus, "device.bus", or NULL. */
static char *bus_field_of(const struct graph *g, const char *record,
			  const char *bus)
{
	uint32_t rec = graph_find_string(g, record), i;
	struct graph_field_range fields = graph_fields(g, rec);

	for (i = 0; i < fields.nr; i++)
		if (fields.first[i].kind == FIELD_POINTER &&
		    !strcmp(graph_string(g, fields.first[i].type), bus))
			return xasprintf("%s.%s", record,
					 graph_string(g, fields.first[i].name));
	return NULL;
}

/* A call passes the address of a struct with a bus: that is a device. */
static bool model_of_call(struct driver_model *model, const struct graph *g,
			  const struct graph_call *c, const char *bus)
{
	struct graph_arg_range args = graph_args(g, c);
	const char *type = NULL;
	uint32_t i, slot;

	for (i = 0; i < args.nr; i++) {
		const struct graph_value *v = &args.first[i].value;

		if (args.first[i].pos || !v->addr)
			continue;
		slot = slot_of_path(g, graph_string(g, v->path));
		if (slot != GRAPH_NONE)
			type = field_type(g, slot);
	}
	if (type)
		model->bus_field = bus_field_of(g, type, bus);
	if (!model->bus_field)
		return false;
	model->driver = xstrdup(type);
	model->bus = xstrdup(bus);
	return true;
}

static bool model_of_callers(struct driver_model *model, const struct graph *g,
			     uint32_t fn, const char *bus, int depth);

/* `int device_register(struct device *dev) { return device_add(dev); }` */
static bool model_of_wrapper(struct driver_model *model, const struct graph *g,
			     const struct graph_call *c, const char *bus,
			     int depth)
{
	struct graph_arg_range args = graph_args(g, c);

	return depth < 3 && args.nr && !args.first[0].pos &&
	       args.first[0].value.kind == VALUE_PARAM &&
	       !args.first[0].value.base && !args.first[0].value.path &&
	       model_of_callers(model, g, c->caller, bus, depth + 1);
}

static bool model_of_callers(struct driver_model *model, const struct graph *g,
			     uint32_t fn, const char *bus, int depth)
{
	struct graph_list calls = graph_calls_to(g, fn);
	uint32_t i;

	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c = graph_call(g, calls.first[i]);

		if (model_of_call(model, g, c, bus) ||
		    model_of_wrapper(model, g, c, bus, depth))
			return true;
	}
	return false;
}

/* What the functions take is told from what they are called with. */
static void device_model_init(struct driver_model *model, const struct graph *g,
			      const struct string_list *functions,
			      const char *bus)
{
	uint32_t fn;
	size_t f;

	for (f = 0; bus && f < functions->nr; f++) {
		fn = graph_find_symbol(g, SYMBOL_FUNC, functions->item[f]);
		if (fn != GRAPH_NONE && model_of_callers(model, g, fn, bus, 0))
			return;
	}
}

/* The record whose field a path's last step but @skip is, or GRAPH_NONE. */
static uint32_t record_on_path(const struct graph *g, const char *path,
			       int skip)
{
	size_t end = strlen(path), start;
	char *text, *dot;
	uint32_t rec;

	for (;; skip--, end = start - 1) {
		for (start = end; start && !strchr(">|", path[start - 1]);
		     start--)
			;
		if (!start)
			return GRAPH_NONE;
		if (!skip)
			break;
	}
	text = xstrndup(path + start, end - start);
	dot = strrchr(text, '.');
	if (dot)
		*dot = '\0';
	rec = dot ? graph_find_string(g, text) : GRAPH_NONE;
	free(text);
	return rec;
}

/* `x->dev.bus = &foo_bus_type`: every struct of the type of *x is on foo. */
static void learn_bus(struct adders *adders, struct resolver *r,
		      const struct graph_assign *a)
{
	uint32_t rec = record_on_path(r->g, graph_string(r->g, a->lhs.path), 1);
	struct places buses = { 0 };
	uint32_t i, have;

	if (rec == GRAPH_NONE)
		return;
	resolver_values(r, a->func, resolver_place(r, &a->rhs), &buses);
	for (i = 0; i < buses.nr; i++) {
		if (buses.list[i].kind != VALUE_GLOBAL)
			continue;
		have = u64map_get(&adders->buses, (uint64_t)rec + 1);
		if (!have)
			have = buses.list[i].base + 1;
		else if (have != buses.list[i].base + 1)
			have = SEVERAL_BUSES;
		u64map_put(&adders->buses, (uint64_t)rec + 1, have);
	}
	places_release(&buses);
}

static void learn_buses(struct adders *adders, struct resolver *r)
{
	uint32_t slot = GRAPH_NONE, i;
	struct graph_list list;

	if (adders->model.bus_field)
		slot = graph_find_string(r->g, adders->model.bus_field);
	if (slot == GRAPH_NONE)
		return;
	list = graph_assigns_to_slot(r->g, slot);
	for (i = 0; i < list.nr; i++)
		learn_bus(adders, r, graph_assign(r->g, list.first[i]));
}

/* What is stored on the way, or what all devices of its type are given. */
static uint32_t bus_of_site(const struct adders *adders, struct resolver *r,
			    const struct site *site)
{
	uint32_t rec, have;

	if (site->bus != GRAPH_NONE)
		return site->bus;
	rec = record_on_path(r->g, place_path(r, &site->driver), 0);
	if (rec == GRAPH_NONE)
		return GRAPH_NONE;
	have = u64map_get(&adders->buses, (uint64_t)rec + 1);
	return have && have != SEVERAL_BUSES ? have - 1 : GRAPH_NONE;
}

void adders_infer(struct adders *adders, struct resolver *r,
		  const struct edges *edges,
		  const struct string_list *functions,
		  const struct driver_model *drivers)
{
	uint32_t i;

	memset(adders, 0, sizeof(*adders));
	u64map_init(&adders->buses);
	device_model_init(&adders->model, r->g, functions, drivers->bus);
	bus_setters_find(&adders->model, r->g);
	learn_buses(adders, r);
	registrars_infer(&adders->regs, r, edges, functions, &adders->model);
	adders->site_bus =
		xcalloc(adders->regs.nr_sites + 1, sizeof(*adders->site_bus));
	for (i = 0; i < adders->regs.nr_sites; i++)
		adders->site_bus[i] =
			bus_of_site(adders, r, &adders->regs.sites[i]);
}

void adders_release(struct adders *adders)
{
	driver_model_release(&adders->model);
	registrars_release(&adders->regs);
	u64map_release(&adders->buses);
	free(adders->site_bus);
}
