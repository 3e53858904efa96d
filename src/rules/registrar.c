// SPDX-License-Identifier: GPL-2.0-only
/* Registrars and registration sites: see registrar.h. */
#include <string.h>

#include "rules/bus.h"
#include "rules/registrar.h"

/* "device_driver" of "device_driver.probe" */
static char *record_of_slot(const char *slot)
{
	const char *dot = strrchr(slot, '.');

	return dot ? xstrndup(slot, dot - slot) : xstrdup(slot);
}

/* The field of @record that points to a @target. */
static char *pointer_field(const struct graph *g, const char *record,
			   const char *target)
{
	uint32_t rec = graph_find_string(g, record);
	uint32_t want = graph_find_string(g, target), i;
	struct graph_field_range fields = graph_fields(g, rec);

	for (i = 0; i < fields.nr; i++)
		if (fields.first[i].kind == FIELD_POINTER &&
		    fields.first[i].type == want)
			return xasprintf("%s.%s", record,
					 graph_string(g, fields.first[i].name));
	return NULL;
}

/* How often a field is given the address of a variable. */
static uint32_t nr_named(const struct graph *g, const char *field)
{
	uint32_t slot = graph_find_string(g, field), nr = 0, i;
	struct graph_list list;

	if (slot == UINT32_MAX)
		return 0;
	list = graph_assigns_to_slot(g, slot);
	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a = graph_assign(g, list.first[i]);

		nr += a->rhs.kind == VALUE_GLOBAL && a->rhs.addr;
	}
	return nr;
}

/*
 * Of the dispatch fields' structs, the one that points to another is the
 * driver, the one pointed to is the bus. When each points to the other (a bus
 * may list its drivers), the field that is told a variable is the one meant: a
 * driver names its bus.
 */
void driver_model_init(struct driver_model *model, const struct graph *g,
		       const struct rule *rule)
{
	uint32_t best = 0;
	size_t i, k;

	memset(model, 0, sizeof(*model));
	for (i = 0; i < rule->dispatch.nr; i++) {
		for (k = 0; k < rule->dispatch.nr; k++) {
			struct driver_model m = {
				.driver =
					record_of_slot(rule->dispatch.item[i]),
				.bus = record_of_slot(rule->dispatch.item[k]),
			};
			uint32_t nr = 0;

			if (strcmp(m.driver, m.bus))
				m.bus_field = pointer_field(g, m.driver, m.bus);
			if (m.bus_field)
				nr = nr_named(g, m.bus_field) + 1;
			if (nr > best) {
				driver_model_release(model);
				*model = m;
				best = nr;
			} else {
				driver_model_release(&m);
			}
		}
	}
	bus_setters_find(model, g);
}

void driver_model_release(struct driver_model *model)
{
	free(model->driver);
	free(model->bus);
	free(model->bus_field);
	u64map_release(&model->setters);
}

static uint32_t add_registrar(struct registrars *regs,
			      const struct registrar *reg)
{
	uint64_t key = hash64_u64(reg->fn, reg->param);
	uint32_t nr = regs->nr;

	key = hash64_u64(reg->path, key);
	key = hash64_u64(reg->addr, key);
	if (!u64map_add(&regs->known, key, nr + 1))
		return GRAPH_NONE;
	ALLOC_GROW(regs->list, nr + 1, regs->alloc);
	regs->list[nr] = *reg;
	regs->nr++;
	return nr;
}

static void add_site(struct registrars *regs, const struct site *site)
{
	uint64_t key = hash64_u64(site->call, site->driver.kind);

	key = hash64_u64(site->driver.base, key);
	key = hash64_u64(site->driver.path, key);
	key = hash64_u64(site->driver.addr, key);
	if (!u64map_add(&regs->known_sites, key, 1))
		return;
	ALLOC_GROW(regs->sites, regs->nr_sites + 1, regs->alloc_sites);
	regs->sites[regs->nr_sites++] = *site;
}

struct inference {
	struct registrars *regs;
	struct resolver *r;
	const struct edges *edges;
	const struct driver_model *model;
	uint32_t number; /* registrar whose calls are gone through */
	bool unsure; /* which driver it is depends on the caller, or is lost */
};

static int is_call(const struct edge *e, void *data)
{
	(void)e;
	(void)data;
	return 1;
}

/* A call that could say what the parameters are; a probe has none. */
static bool has_caller(const struct inference *in, uint32_t fn)
{
	return edges_calls_to(in->edges, in->r->g, fn, is_call, NULL);
}

/* One value of the argument of one call of a registrar. */
static void infer_value(struct inference *in, const struct edge *e,
			const struct place *arg, const struct place *driver)
{
	const struct registrar *reg = &in->regs->list[in->number];
	uint32_t call = e->call;
	bool indirect = reg->indirect || in->unsure || e->kind == EDGE_POINTER;
	uint32_t caller = graph_call(in->r->g, call)->caller;
	uint8_t bus_param = NO_BUS_PARAM;
	uint32_t bus = reg->bus;

	if (bus == GRAPH_NONE && reg->bus_param != NO_BUS_PARAM)
		bus = passed_bus(in->r, graph_call(in->r->g, call),
				 reg->bus_param, &bus_param);
	if (bus == GRAPH_NONE && bus_param == NO_BUS_PARAM)
		bus = assigned_bus_or_param(in->r, in->model, caller, driver,
					    &bus_param);
	if (driver->kind == VALUE_PARAM) {
		struct registrar next = {
			.fn = caller,
			.param = driver->base,
			.path = driver->path,
			.addr = driver->addr,
			.bus = bus,
			.bus_param = bus_param,
			.via = in->number,
			.indirect = indirect,
		};

		add_registrar(in->regs, &next);
	}
	if (driver->kind != VALUE_PARAM || !has_caller(in, caller)) {
		struct site site = {
			.call = call,
			.registrar = in->number,
			.arg = *arg,
			.driver = *driver,
			.bus = bus,
			.indirect = indirect,
		};

		add_site(in->regs, &site);
	}
}

static int infer_call(const struct edge *e, void *data)
{
	struct inference *in = data;
	struct registrar reg = in->regs->list[in->number];
	const struct graph_call *c = graph_call(in->r->g, e->call);
	struct graph_arg_range args = graph_args(in->r->g, c);
	bool named = false;
	uint32_t i, k;

	for (i = 0; i < args.nr; i++) {
		struct places values = { 0 };
		struct place arg;

		if (args.first[i].pos != reg.param)
			continue;
		named = true;
		if (args.first[i].value.kind == VALUE_NULL)
			continue; /* no driver */
		arg = resolver_place(in->r, &args.first[i].value);
		resolver_values(in->r, c->caller,
				resolver_compose(in->r, &arg, reg.path,
						 reg.addr),
				&values);
		in->unsure = false;
		for (k = 0; k < values.nr; k++)
			in->unsure |= values.nr > 1 &&
				      values.list[k].kind == VALUE_PARAM;
		for (k = 0; k < values.nr; k++)
			infer_value(in, e, &arg, &values.list[k]);
		places_release(&values);
	}
	if (!named) { /* nothing that can be followed: still a registration */
		struct place unknown = { 0 };

		in->unsure = true;
		infer_value(in, e, &unknown, &unknown);
	}
	return 0;
}

static int by_call(const void *a, const void *b)
{
	const struct site *x = a, *y = b;

	if (x->call != y->call)
		return x->call < y->call ? -1 : 1;
	if (x->driver.base != y->driver.base)
		return x->driver.base < y->driver.base ? -1 : 1;
	if (x->driver.path != y->driver.path)
		return x->driver.path < y->driver.path ? -1 : 1;
	return 0;
}

void registrars_infer(struct registrars *regs, struct resolver *r,
		      const struct edges *edges,
		      const struct string_list *functions,
		      const struct driver_model *model)
{
	struct inference in = {
		.regs = regs,
		.r = r,
		.edges = edges,
		.model = model,
	};
	size_t f;

	memset(regs, 0, sizeof(*regs));
	u64map_init(&regs->known);
	u64map_init(&regs->known_sites);
	for (f = 0; f < functions->nr; f++) {
		struct registrar reg = {
			.fn = graph_find_symbol(r->g, SYMBOL_FUNC,
						functions->item[f]),
			.bus = GRAPH_NONE,
			.bus_param = NO_BUS_PARAM,
			.via = GRAPH_NONE,
		};

		if (reg.fn != GRAPH_NONE)
			add_registrar(regs, &reg);
	}
	/*
	 * The list grows while it is gone through. A bus that dispatches to its
	 * drivers says nothing of what a driver does with its device, so calls
	 * through fields are not asked for.
	 */
	for (in.number = 0; in.number < regs->nr; in.number++)
		edges_calls_to(edges, r->g, regs->list[in.number].fn,
			       infer_call, &in);
	/* calls are numbered by place */
	if (regs->nr_sites)
		qsort(regs->sites, regs->nr_sites, sizeof(*regs->sites),
		      by_call);
}

void registrars_release(struct registrars *regs)
{
	free(regs->list);
	free(regs->sites);
	u64map_release(&regs->known);
	u64map_release(&regs->known_sites);
	memset(regs, 0, sizeof(*regs));
}
