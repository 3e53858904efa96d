// SPDX-License-Identifier: GPL-2.0-only
/* All facts of a database as text, for scripts to compare: dump-graph DB */
#include <stdio.h>

#include "callgraph/store.h"

#include "graph-dump.h"

static int dump(const char *path, struct strbuf *err)
{
	struct store *store;
	struct graph *graph;
	int ret = store_open(&store, path, STORE_READ, err);
	char *text;

	if (ret)
		return ret;
	ret = store_load_graph(store, &graph, err);
	if (!ret) {
		text = graph_dump(graph);
		fputs(text, stdout);
		free(text);
		graph_free(graph);
	}
	store_close(store);
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
