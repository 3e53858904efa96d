// SPDX-License-Identifier: GPL-2.0-only
/* All facts of a database as text, for scripts to compare: dump-graph DB */
#include <stdio.h>

#include "callgraph/store.h"

#include "graph-dump.h"

struct dump {
	struct store *store;
	struct strbuf *err;
};

static int dump_config(void *data, const struct store_config *config)
{
	struct dump *d = data;
	struct graph *graph;
	char *text;
	int ret;

	ret = store_load_graph(d->store, config->id, STORE_LITERALS, &graph,
			       d->err);
	if (ret)
		return ret;
	text = graph_dump(graph);
	printf("configuration %s\n%s", config->name, text);
	free(text);
	graph_free(graph);
	return 0;
}

static int dump(const char *path, struct strbuf *err)
{
	struct dump d = { .err = err };
	int ret = store_open(&d.store, path, STORE_READ, err);

	if (ret)
		return ret;
	ret = store_each_config(d.store, dump_config, &d);
	store_close(d.store);
	return ret;
}

int main(int argc, char **argv)
{
	struct strbuf err = STRBUF_INIT;
	int ret;

	if (argc != 2) {
		fputs("usage: dump-graph DB\n", stderr);
		return 2;
	}
	ret = dump(argv[1], &err);
	if (ret)
		fprintf(stderr, "%s\n", err.buf);
	strbuf_release(&err);
	return ret ? 1 : 0;
}
