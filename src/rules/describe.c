// SPDX-License-Identifier: GPL-2.0-only
/*
 * From numbers to words: a finding that stands alone, with the names, files and
 * lines that a reader needs to check it.
 */
#include <string.h>

#include "rules/analysis.h"
#include "rules/slot.h"
#include "rules/transitive.h"

static char *dup_string(const struct graph *g, uint32_t string)
{
	return xstrdup(graph_string(g, string));
}

char *call_spelling(const struct graph *g, const struct graph_call *c)
{
	const char *path, *dot;

	if (*graph_string(g, c->macro))
		return dup_string(g, c->macro);
	if (c->target.kind == VALUE_FUNC)
		return xstrdup(graph_name(g, c->target.base));
	path = graph_string(g, c->target.path);
	dot = strrchr(path, '.');
	if (dot)
		return xstrndup(dot + 1, strcspn(dot + 1, "*[>|"));
	if (c->target.kind == VALUE_LOCAL)
		return dup_string(g, c->target.base);
	if (c->target.kind == VALUE_GLOBAL)
		return xstrdup(graph_name(g, c->target.base));
	return xstrdup("(function pointer)");
}

/*
 * The driver core's struct stands in the bus's driver struct: a reader knows
 * the outer one. "foo_driver|platform_driver.driver" is foo_driver.
 */
static struct place outer_object(struct analysis *a, const struct place *driver)
{
	const char *path = place_path(a->r, driver);
	uint32_t slot = slot_of_path(a->g, path), rec;
	struct place outer = *driver;
	struct graph_field_range fields;
	const char *name, *dot;
	size_t len;
	uint32_t i;
	char *text;

	if (slot == GRAPH_NONE || !a->model->driver)
		return outer;
	name = graph_string(a->g, slot);
	dot = strrchr(name, '.');
	text = xstrndup(name, dot - name);
	rec = graph_find_string(a->g, text);
	free(text);
	if (rec == UINT32_MAX)
		return outer;
	fields = graph_fields(a->g, rec);
	for (i = 0; i < fields.nr; i++) {
		if (strcmp(graph_string(a->g, fields.first[i].name), dot + 1) ||
		    strcmp(graph_string(a->g, fields.first[i].type),
			   a->model->driver))
			continue;
		len = strlen(path);
		while (len && !strchr(">|", path[len - 1]))
			len--;
		text = xstrndup(path, len ? len - 1 : 0);
		outer.path = resolver_path(a->r, text);
		free(text);
	}
	return outer;
}

/* "drivers[]" -> "drivers[2]", where it is known which. */
static void name_element(struct strbuf *name, uint32_t index)
{
	char *at = strstr(name->buf, "[]");
	char *whole;

	if (!at || index == GRAPH_NONE)
		return;
	whole = xasprintf("%.*s[%u]%s", (int)(at - name->buf), name->buf, index,
			  at + 2);
	strbuf_reset(name);
	strbuf_addstr(name, whole);
	free(whole);
}

/*
 * @object: how the driver is spelled at a registration, for drivers that are no
 *	 variable; @index: the element when the variable is an array
 */
static void describe_driver(struct analysis *a, const struct place *driver,
			    const struct place *object, uint32_t index,
			    struct finding_driver *out)
{
	struct strbuf name = STRBUF_INIT;
	const struct graph_symbol *sym;
	struct place outer;

	if (driver->kind == VALUE_GLOBAL) {
		sym = graph_symbol(a->g, driver->base);
		outer = outer_object(a, driver);
		place_describe(a->r, &outer, &name);
		name_element(&name, index);
		if (sym->defined) {
			out->file = dup_string(a->g, sym->file);
			out->line = sym->line;
		}
	} else if (object && (object->kind != VALUE_NONE || object->path)) {
		place_describe(a->r, object, &name);
	} else if (!object && driver->kind == VALUE_LOCAL) {
		place_describe(a->r, driver, &name);
	}
	out->name = name.len ? strbuf_detach(&name) : NULL;
	strbuf_release(&name);
}

static void describe_hop(struct analysis *a, const struct edge *e,
			 struct finding_hop *hop)
{
	const struct graph_call *c = graph_call(a->g, e->call);

	hop->function = xstrdup(graph_name(a->g, c->caller));
	hop->file = dup_string(a->g, c->file);
	hop->line = c->line;
	hop->col = c->col;
	hop->edge = e->kind;
	hop->listed = e->listed;
	hop->callee = call_spelling(a->g, c);
}

static void describe_path(struct analysis *a, const struct trace *trace,
			  const struct target *target, struct finding *f)
{
	const struct edge last = { .call = target->call, .kind = EDGE_DIRECT };
	uint32_t i;

	f->path = xcalloc(trace->nr + 1, sizeof(*f->path));
	for (i = 0; i < trace->nr; i++)
		describe_hop(a, trace->edges[i], &f->path[i]);
	describe_hop(a, &last, &f->path[trace->nr]);
	f->nr_path = trace->nr + 1;
}

void finding_add_path(struct analysis *a, const struct trace *trace,
		      const struct target *target, struct finding *f)
{
	struct finding other = { 0 };

	describe_path(a, trace, target, &other);
	f->other_paths =
		xrealloc(f->other_paths,
			 (f->nr_other_paths + 1) * sizeof(*f->other_paths));
	f->other_paths[f->nr_other_paths++] =
		(struct finding_path){ other.path, other.nr_path };
}

/*
 * The driver's struct of a site that names no variable, as it stands there:
 * what a registrar takes from its argument is part of it ("state->spidrv" when
 * foo_register(state) registers &state->spidrv).
 */
static struct place site_object(struct analysis *a,
				const struct registrars *regs,
				const struct site *site)
{
	const struct registrar *reg = &regs->list[site->registrar];
	struct place p =
		resolver_compose(a->r, &site->arg, reg->path, reg->addr);

	if (!*interner_get(&a->r->paths, reg->path))
		return p;
	return outer_object(a, &p);
}

uint32_t site_slot(struct analysis *a, const struct registrars *regs,
		   const struct site *site)
{
	struct place p = site_object(a, regs, site);

	return slot_of_path(a->g, place_path(a->r, &p));
}

bool is_variable(struct analysis *a, const struct place *p)
{
	return p->kind == VALUE_GLOBAL && !strpbrk(place_path(a->r, p), ">*");
}

bool site_undone_by(struct analysis *a, const struct site *x,
		    const struct site *y)
{
	uint32_t slot;

	if (is_variable(a, &x->driver) || is_variable(a, &y->driver))
		return x->driver.kind == y->driver.kind &&
		       x->driver.base == y->driver.base &&
		       x->driver.path == y->driver.path;
	slot = site_slot(a, a->regs, x);
	return slot != GRAPH_NONE && slot == site_slot(a, a->undo, y);
}

static int by_name(const void *a, const void *b)
{
	const struct finding_unregister *x = a, *y = b;
	int ret = strcmp(x->function, y->function);

	if (!ret)
		ret = strcmp(x->file, y->file);
	return ret ? ret : (x->line > y->line) - (x->line < y->line);
}

static void add_unregisters(struct analysis *a, const struct site *site,
			    struct finding *f)
{
	uint32_t i;

	f->unregister_unknown = !is_variable(a, &site->driver) &&
				site_slot(a, a->regs, site) == GRAPH_NONE;
	for (i = 0; i < a->undo->nr_sites; i++) {
		const struct site *undo = &a->undo->sites[i];
		const struct graph_call *c = graph_call(a->g, undo->call);
		struct finding_unregister *u;

		if (!site_undone_by(a, site, undo))
			continue;
		f->unregisters = xrealloc(f->unregisters,
					  (f->nr_unregisters + 1) *
						  sizeof(*f->unregisters));
		u = &f->unregisters[f->nr_unregisters++];
		u->function = xstrdup(graph_name(a->g, c->caller));
		u->file = dup_string(a->g, c->file);
		u->line = c->line;
	}
	if (f->nr_unregisters)
		qsort(f->unregisters, f->nr_unregisters,
		      sizeof(*f->unregisters), by_name);
}

static void describe_probe(struct analysis *a, const struct probe *probe,
			   uint32_t fn, struct finding_probe *out)
{
	const struct graph_symbol *sym = graph_symbol(a->g, fn);

	out->function = xstrdup(graph_name(a->g, fn));
	out->file = dup_string(a->g, sym->file);
	out->line = sym->line;
	if (!probe)
		return;
	out->slot = dup_string(a->g, probe->slot);
	describe_driver(a, &probe->driver, NULL, probe->index, &out->driver);
	if (probe->bus != GRAPH_NONE)
		out->driver.bus = xstrdup(graph_name(a->g, probe->bus));
}

struct finding_outer *finding_describe_outer(struct analysis *a,
					     const struct join *join)
{
	const struct edge last = { .call = join->call, .kind = EDGE_DIRECT };
	struct finding_outer *outer = xcalloc(1, sizeof(*outer));
	uint32_t i;

	describe_probe(a, join->probe, join->probe->fn, &outer->probe);
	outer->path = xcalloc(join->nr_edges + 1, sizeof(*outer->path));
	for (i = 0; i < join->nr_edges; i++)
		describe_hop(a, &join->edges[i], &outer->path[i]);
	describe_hop(a, &last, &outer->path[i]);
	outer->nr_path = join->nr_edges + 1;
	outer->confidence = join->confidence;
	outer->match = join_match_name(join->match);
	if (join->match == JOIN_NAME)
		outer->name = dup_string(a->g, join->name);
	return outer;
}

void finding_describe(struct analysis *a, const struct probe *probe,
		      const struct trace *trace, const struct target *target,
		      struct finding *f)
{
	const struct graph_call *c = graph_call(a->g, target->call);
	struct finding_registration *reg = &f->registration;
	struct place object;
	uint32_t i;

	describe_path(a, trace, target, f);
	describe_probe(a, probe, probe ? probe->fn : c->caller, &f->probe);
	reg->callee = call_spelling(a->g, c);
	reg->function = xstrdup(graph_name(a->g, c->caller));
	reg->file = dup_string(a->g, c->file);
	reg->line = c->line;
	reg->col = c->col;
	for (i = 0; i < trace->nr; i++)
		guards_describe(a, trace, i, trace->edges[i]->call, f);
	guards_describe(a, trace, trace->nr, target->call, f);
	if (target->site) {
		object = site_object(a, a->regs, target->site);
		describe_driver(a, &target->site->driver, &object, GRAPH_NONE,
				&reg->driver);
		if (target->site->bus != GRAPH_NONE)
			reg->driver.bus =
				xstrdup(graph_name(a->g, target->site->bus));
		add_unregisters(a, target->site, f);
	}
	string_list_add(&f->configs, graph_config(a->g));
}
