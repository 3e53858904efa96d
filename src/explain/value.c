// SPDX-License-Identifier: GPL-2.0-only
/* Facts as JSON values, in the words of the findings' report. */
#include <string.h>

#include "explain/internal.h"
#include "report/json-text.h"
#include "rules/analysis.h"

void set_value(json_t *object, const char *name, json_t *value)
{
	json_object_set_new(object, name, value);
}

static json_t *string_value(struct explain *x, uint32_t string)
{
	return json_text(graph_string(x->g, string));
}

json_t *site_value(struct explain *x, uint32_t fn, uint32_t file, uint32_t line,
		   uint32_t col)
{
	json_t *object = json_object();

	set_value(object, "function",
		  fn == GRAPH_NONE ? json_null()
				   : json_text(graph_name(x->g, fn)));
	set_value(object, "file", string_value(x, file));
	set_value(object, "line", json_integer(line));
	set_value(object, "column", json_integer(col));
	return object;
}

static json_t *attributes_value(uint32_t attrs)
{
	static const struct {
		uint32_t attr;
		const char *name;
	} names[] = {
		{ ATTR_INIT, "__init" },
		{ ATTR_EXIT, "__exit" },
		{ ATTR_MAYBE_UNUSED, "__maybe_unused" },
		{ ATTR_INLINE, "inline" },
	};
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (attrs & names[i].attr)
			json_array_append_new(array,
					      json_string(names[i].name));
	return array;
}

json_t *function_value(struct explain *x, uint32_t fn)
{
	const struct graph_symbol *sym = graph_symbol(x->g, fn);
	json_t *object = json_object();

	set_value(object, "name", json_text(graph_name(x->g, fn)));
	set_value(object, "file",
		  *graph_string(x->g, sym->file) ? string_value(x, sym->file)
						 : json_null());
	set_value(object, "line", json_integer(sym->defined ? sym->line : 0));
	set_value(object, "defined", json_boolean(sym->defined));
	set_value(object, "static", json_boolean(sym->is_static));
	set_value(object, "ambiguous", json_boolean(sym->ambiguous));
	set_value(object, "attributes",
		  attributes_value(sym->defined ? sym->attrs : 0));
	return object;
}

json_t *edge_value(struct explain *x, const struct edge *e)
{
	const struct graph_call *c = graph_call(x->g, e->call);
	json_t *object = site_value(x, e->caller, c->file, c->line, c->col);
	char *spelling = call_spelling(x->g, c);

	set_value(object, "edge", json_text(edge_name(e->kind)));
	set_value(object, "listed", json_boolean(e->listed));
	set_value(object, "confidence",
		  json_text(confidence_name(edge_confidence(e))));
	set_value(object, "callee", json_text(spelling));
	set_value(object, "runs", json_text(graph_name(x->g, e->callee)));
	free(spelling);
	return object;
}

json_t *path_value(struct explain *x, const struct path *path)
{
	json_t *object = json_object(), *hops = json_array();
	uint32_t i;

	for (i = 0; i < path->nr; i++)
		json_array_append_new(hops, edge_value(x, &path->edges[i]));
	set_value(object, "confidence",
		  json_text(confidence_name(path_confidence(x->g, path))));
	set_value(object, "hops", hops);
	return object;
}

static json_t *driver_name(struct explain *x, const struct probe *probe)
{
	struct strbuf name = STRBUF_INIT;
	json_t *value = NULL;

	if (probe->driver.kind == VALUE_GLOBAL)
		return json_text(graph_name(x->g, probe->driver.base));
	if (probe->holder.kind == VALUE_GLOBAL)
		return json_text(graph_name(x->g, probe->holder.base));
	if (probe->driver.kind == VALUE_LOCAL)
		place_describe(&x->w->r, &probe->driver, &name);
	value = name.len ? json_text(name.buf) : json_null();
	strbuf_release(&name);
	return value;
}

json_t *probe_value(struct explain *x, const struct probe *probe)
{
	const struct graph_symbol *sym = graph_symbol(x->g, probe->fn);
	json_t *object =
		site_value(x, probe->fn, sym->file, sym->line, sym->col);

	set_value(object, "slot", string_value(x, probe->slot));
	set_value(object, "driver", driver_name(x, probe));
	set_value(object, "bus",
		  probe->bus == GRAPH_NONE
			  ? json_null()
			  : json_text(graph_name(x->g, probe->bus)));
	return object;
}

/* ---- lists ---- */

void list_init(struct list *list, uint32_t max)
{
	list->shown = json_array();
	list->total = 0;
	list->max = max;
}

bool list_wants(struct list *list)
{
	return list->total++ < list->max;
}

json_t *list_value(struct list *list)
{
	json_t *object = json_object();

	set_value(object, "total", json_integer(list->total));
	set_value(object, "shown", list->shown);
	return object;
}

uint32_t probes_of(const struct explain *x, uint32_t fn,
		   const struct probe **first)
{
	uint32_t lo = 0, hi = x->probes->nr, nr = 0;

	/* ordered by function, which need not be by number */
	for (lo = 0; lo < hi && x->probes->list[lo].fn != fn; lo++)
		;
	*first = x->probes->list + lo;
	while (lo + nr < hi && x->probes->list[lo + nr].fn == fn)
		nr++;
	return nr;
}
