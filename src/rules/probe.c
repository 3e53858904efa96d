// SPDX-License-Identifier: GPL-2.0-only
/* Callbacks under the device lock: see probe.h. */
#include <string.h>

#include "rules/bus.h"
#include "rules/probe-handed.h"
#include "rules/slot.h"

struct inference {
	struct probes *probes;
	struct resolver *r;
	const struct driver_model *model;
	const struct registrars *regs;
	struct u64map seen; /* hash of a probe -> 1 */
	struct dispatch *queue; /* slots to go through; grows while it is */
	uint32_t nr_queue, alloc_queue;
	struct slot_stores stores;
};

/* A field that is dispatched to, with what is known of it. */
struct dispatch {
	uint32_t slot; /* string */
	char *record; /* driver struct the field belongs to, NULL at first */
	uint32_t bus; /* variable, or GRAPH_NONE when more than one */
	uint32_t by; /* function that dispatches to it */
	bool is_core; /* named by the rule: the driver core calls it */
	bool is_plain; /* nothing is inferred from what it holds */
};

/* What is inferred of a field goes beside what the rule says of it. */
static bool is_named(const struct dispatch *d)
{
	return d->is_core || d->is_plain;
}

static void enqueue(struct inference *in, const struct dispatch *d)
{
	uint32_t i;

	for (i = 0; i < in->nr_queue; i++) {
		struct dispatch *have = &in->queue[i];

		if (have->slot != d->slot || is_named(have) != is_named(d))
			continue;
		/* two buses dispatch to it: its bus is the driver's matter */
		if (have->bus != d->bus)
			have->bus = GRAPH_NONE;
		return;
	}
	ALLOC_GROW(in->queue, in->nr_queue + 1, in->alloc_queue);
	in->queue[in->nr_queue++] = *d;
	in->queue[in->nr_queue - 1].record = d->record ? xstrdup(d->record)
						       : NULL;
}

/* Does a record hold the driver core's struct, at any depth? */
static bool embeds_driver(struct inference *in, const char *record)
{
	struct strbuf path = STRBUF_INIT;
	bool ret = in->model->driver &&
		   slot_embedded(in->r->g, record, in->model->driver, &path);

	strbuf_release(&path);
	return ret;
}

/* The first struct on a path that holds the driver core's, or NULL. */
static char *driver_record(struct inference *in, const char *path)
{
	const char *s = path, *end, *dot, *p;
	char *record;

	while (*s) {
		if (*s != '>' && *s != '|') {
			s++;
			continue;
		}
		end = s + 1 + strcspn(s + 1, ">|[*<");
		for (dot = p = s + 1; p < end; p++)
			if (*p == '.')
				dot = p;
		record = xstrndup(s + 1, dot - s - 1);
		if (embeds_driver(in, record))
			return record;
		free(record);
		s = end;
	}
	return NULL;
}

/* How far from a callback a call is still one of its own. */
enum reach_of_dispatch {
	SAME_FILE, /* a driver's: what it calls elsewhere serves any driver */
	NEXT_FILE, /* a bus's, which may have its helper in another file */
};

/*
 * @fn, called by the driver core for devices on @bus, calls through a field of
 * a driver struct: what sits there runs under the same lock. Helpers in the
 * same file are part of it (local_pci_probe), and so is what a bus's @fn itself
 * calls in another one; further away it is no longer the bus that dispatches.
 */
static void find_dispatch(struct inference *in, uint32_t fn, uint32_t bus,
			  struct u64map *seen, enum reach_of_dispatch reach,
			  int depth)
{
	const struct graph *g = in->r->g;
	const struct graph_symbol *sym = graph_symbol(g, fn);
	struct graph_call_range calls = graph_calls_from(g, fn);
	uint32_t i, k;

	if (depth > 6 || !u64map_add(seen, (uint64_t)fn + 1, 1))
		return;
	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c = &calls.first[i];
		struct places targets = { 0 };

		if (c->target.kind == VALUE_FUNC) {
			const struct graph_symbol *to =
				graph_symbol(g, c->target.base);

			if (to->defined &&
			    (to->file == sym->file || reach == NEXT_FILE))
				find_dispatch(in, c->target.base, bus, seen,
					      SAME_FILE, depth + 1);
			continue;
		}
		resolver_values(in->r, fn, resolver_place(in->r, &c->target),
				&targets);
		for (k = 0; k < targets.nr; k++) {
			const char *path = place_path(in->r, &targets.list[k]);
			struct dispatch d = { .bus = bus, .by = fn };

			d.record = driver_record(in, path);
			d.slot = slot_of_path(g, path);
			/* fields of the core's own structs are not a bus's */
			if (d.record && d.slot != GRAPH_NONE &&
			    !slot_record_is(g, d.slot, in->model->driver) &&
			    !slot_record_is(g, d.slot, in->model->bus))
				enqueue(in, &d);
			free(d.record);
		}
		places_release(&targets);
	}
}

/*
 * The object of type @record around a holder: the path up to the step into one
 * of its fields ("x|acpi_driver.ops" -> "x"), or the holder itself.
 */
static struct place object_of(struct inference *in, const struct place *holder,
			      const char *record)
{
	const char *path = place_path(in->r, holder), *s = path, *end;
	struct place object = *holder;
	size_t len = strlen(record);
	char *text;

	for (; *s; s = end) {
		end = s + 1 + strcspn(s + 1, ">|[*<");
		if (*s == '<' || strncmp(s + 1, record, len) ||
		    s[1 + len] != '.')
			continue;
		object.addr = *s == '|';
		text = xstrndup(path, s - path);
		object.path = resolver_path(in->r, text);
		free(text);
		break;
	}
	return object;
}

/* The driver core's struct inside what holds a callback. */
static struct place driver_of(struct inference *in, const struct place *holder,
			      const struct dispatch *d)
{
	struct place driver = { .kind = VALUE_NONE };
	struct strbuf path = STRBUF_INIT;

	if (!d->record || holder->kind == VALUE_NONE)
		return driver;
	if (!strcmp(d->record, in->model->driver))
		return *holder;
	if (slot_embedded(in->r->g, d->record, in->model->driver, &path)) {
		driver = object_of(in, holder, d->record);
		driver = resolver_compose(in->r, &driver,
					  resolver_path(in->r, path.buf), 1);
	}
	strbuf_release(&path);
	return driver;
}

/* The bus that some registration of this very driver puts it on. */
static uint32_t registered_bus(struct inference *in, const struct place *driver)
{
	uint32_t i;

	for (i = 0; in->regs && i < in->regs->nr_sites; i++) {
		const struct site *s = &in->regs->sites[i];

		if (s->driver.kind == driver->kind &&
		    s->driver.base == driver->base &&
		    s->driver.path == driver->path && s->bus != GRAPH_NONE)
			return s->bus;
	}
	return GRAPH_NONE;
}

static uint32_t probe_bus(struct inference *in, const struct dispatch *d,
			  uint32_t fn, const struct place *driver)
{
	uint32_t bus = d->bus;

	/* the lock that is held is that of the bus which dispatched here */
	if (bus == GRAPH_NONE && driver->kind == VALUE_GLOBAL)
		bus = registered_bus(in, driver);
	if (bus == GRAPH_NONE && driver->kind != VALUE_NONE)
		bus = assigned_bus(in->r, in->model, fn, driver);
	return bus;
}

static void add_probe(struct inference *in, const struct probe *p)
{
	struct probes *probes = in->probes;
	uint64_t key = hash64_u64(p->fn, p->slot);

	key = hash64_u64(p->bus, key);
	key = hash64_u64(p->driver.kind, key);
	key = hash64_u64(p->driver.base, key);
	key = hash64_u64(p->driver.path, key);
	if (!u64map_add(&in->seen, key, 1))
		return;
	ALLOC_GROW(probes->list, probes->nr + 1, probes->alloc);
	probes->list[probes->nr++] = *p;
}

struct slot_search {
	struct inference *in;
	const struct dispatch *d;
};

/*
 * What the driver core calls dispatches on, and so may what it dispatches to:
 * the probe that a registrar puts into a driver that is handed in or allocated
 * (usb_serial_register_drivers()), the one that a library gives to all of its
 * drivers (composite_bind()).
 */
static void dispatch_on(struct inference *in, const struct slot_use *use,
			const struct probe *p, const struct dispatch *d)
{
	bool is_bus = d->is_core || (use->in_fn != GRAPH_NONE &&
				     use->holder.kind != VALUE_GLOBAL);
	struct u64map seen;

	u64map_init(&seen);
	find_dispatch(in, use->fn, p->bus, &seen,
		      is_bus ? NEXT_FILE : SAME_FILE, 0);
	u64map_release(&seen);
}

/* A function sits in the slot: it is a callback. */
static void found_callback(const struct slot_use *use, void *data)
{
	struct slot_search *search = data;
	struct inference *in = search->in;
	const struct dispatch *d = search->d;
	struct probe p = {
		.fn = use->fn,
		.slot = d->slot,
		.holder = use->holder,
		.index = use->index,
		.driver.kind = VALUE_NONE,
		.bus = GRAPH_NONE,
		.indirect = use->indirect,
	};
	bool is_bus_probe;

	is_bus_probe = d->is_core &&
		       slot_record_is(in->r->g, d->slot, in->model->bus);
	if (is_bus_probe) {
		if (use->holder.kind == VALUE_GLOBAL)
			p.bus = use->holder.base;
	} else if (!d->is_plain) {
		p.driver = driver_of(in, &use->holder, d);
		p.bus = probe_bus(in, d, use->in_fn, &p.driver);
	}
	add_probe(in, &p);
	if (!d->is_plain)
		dispatch_on(in, use, &p, d);
}

static void search_slot(struct inference *in, uint32_t number)
{
	struct dispatch d = in->queue[number];
	struct slot_search search = { in, &d };

	slot_functions(in->r, d.slot, found_callback, &search);
	slot_functions_stored(in->r, &in->stores, d.slot, found_callback,
			      &search);
}

static void add_named_slots(struct inference *in,
			    const struct string_list *names, bool is_core)
{
	size_t i;

	for (i = 0; i < names->nr; i++) {
		struct dispatch d = {
			.slot = graph_find_string(in->r->g, names->item[i]),
			.bus = GRAPH_NONE,
			.by = GRAPH_NONE,
			.is_core = is_core,
			.is_plain = !is_core,
		};

		if (d.slot == UINT32_MAX)
			continue;
		if (is_core &&
		    slot_record_is(in->r->g, d.slot, in->model->driver))
			d.record = in->model->driver;
		enqueue(in, &d);
	}
}

static void add_dispatcher(struct probes *probes, uint32_t fn)
{
	ALLOC_GROW(probes->dispatchers, (size_t)probes->nr_dispatchers + 1,
		   probes->alloc_dispatchers);
	probes->dispatchers[probes->nr_dispatchers++] = fn;
}

static void find_dispatchers(struct inference *in, const struct rule *rule)
{
	size_t i;
	uint32_t k;

	for (i = 0; i < rule->dispatch.nr; i++) {
		uint32_t slot =
			graph_find_string(in->r->g, rule->dispatch.item[i]);
		struct graph_list calls;

		if (slot == UINT32_MAX)
			continue;
		calls = graph_calls_through(in->r->g, slot);
		for (k = 0; k < calls.nr; k++)
			add_dispatcher(
				in->probes,
				graph_call(in->r->g, calls.first[k])->caller);
	}
}

static int by_function(const void *a, const void *b, void *data)
{
	const struct graph *g = data;
	const struct probe *x = a, *y = b;

	if (x->fn != y->fn)
		return x->fn < y->fn ? -1 : 1;
	if (x->bus != y->bus)
		return x->bus < y->bus ? -1 : 1;
	if (x->holder.base != y->holder.base)
		return x->holder.base < y->holder.base ? -1 : 1;
	/* numbers of strings have no order */
	return strcmp(graph_string(g, x->slot), graph_string(g, y->slot));
}

static int by_slot(const void *a, const void *b, void *data)
{
	const struct graph *g = data;
	const struct probe_slot *x = a, *y = b;
	int ret = (y->by == GRAPH_NONE) - (x->by == GRAPH_NONE);

	return ret ? ret
		   : strcmp(graph_string(g, x->slot), graph_string(g, y->slot));
}

/* @probes are ordered by function. */
static uint32_t nr_callbacks(const struct probes *probes, uint32_t slot)
{
	uint32_t last = GRAPH_NONE, nr = 0, i;

	for (i = 0; i < probes->nr; i++) {
		if (probes->list[i].slot != slot || probes->list[i].fn == last)
			continue;
		last = probes->list[i].fn;
		nr++;
	}
	return nr;
}

/* What was gone through, for a reader who misses one. */
static void list_slots(struct inference *in)
{
	struct probes *probes = in->probes;
	uint32_t i, k;

	probes->slots = xcalloc(in->nr_queue + 1, sizeof(*probes->slots));
	for (i = 0; i < in->nr_queue; i++) {
		const struct dispatch *d = &in->queue[i];

		/* the rule's come first, and may be inferred as well */
		for (k = 0; k < i && in->queue[k].slot != d->slot; k++)
			;
		if (k < i)
			continue;
		probes->slots[probes->nr_slots++] = (struct probe_slot){
			.slot = d->slot,
			.bus = d->bus,
			.by = d->by,
			.nr_callbacks = nr_callbacks(probes, d->slot),
		};
	}
	if (probes->nr_slots)
		qsort_r(probes->slots, probes->nr_slots, sizeof(*probes->slots),
			by_slot, (void *)in->r->g);
}

void probes_infer(struct probes *probes, struct resolver *r,
		  const struct rule *rule, const struct driver_model *model,
		  const struct registrars *regs)
{
	struct inference in = {
		.probes = probes,
		.r = r,
		.model = model,
		.regs = regs,
	};
	uint32_t i;

	memset(probes, 0, sizeof(*probes));
	u64map_init(&in.seen);
	add_named_slots(&in, &rule->dispatch, true);
	add_named_slots(&in, &rule->callbacks, false);
	slot_stores_find(&in.stores, r);
	for (i = 0; i < in.nr_queue; i++)
		search_slot(&in, i);
	slot_stores_release(&in.stores);
	find_dispatchers(&in, rule);
	probes_find_handed(probes, r->g, &rule->callbacks);
	if (probes->nr)
		qsort_r(probes->list, probes->nr, sizeof(*probes->list),
			by_function, (void *)r->g);
	list_slots(&in);
	for (i = 0; i < in.nr_queue; i++)
		free(in.queue[i].record);
	free(in.queue);
	u64map_release(&in.seen);
}

void probes_release(struct probes *probes)
{
	free(probes->list);
	free(probes->slots);
	free(probes->dispatchers);
	memset(probes, 0, sizeof(*probes));
}

uint32_t probes_first(const struct probes *probes, uint32_t fn)
{
	uint32_t lo = 0, hi = probes->nr;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (probes->list[mid].fn < fn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}
