/* SPDX-License-Identifier: GPL-2.0-only */
/* Literals that a graph keeps as bytes: for who makes it, and who frees it. */
#ifndef PROBEWALK_CALLGRAPH_GRAPH_LITERALS_H
#define PROBEWALK_CALLGRAPH_GRAPH_LITERALS_H

#include <stdbool.h>

struct graph;
struct graph_literals;
struct loader;

/**
 * graph_take_literals() - keep the literals that a loader has read
 * @g: the graph, with all its symbols
 * @from: loader; its symbols, literal_bodies and literal_bytes are taken
 *
 * Return: whether they are sound.
 */
bool graph_take_literals(struct graph *g, struct loader *from);
void graph_free_literals(struct graph_literals *literals);

#endif
