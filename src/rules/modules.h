/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which modules a place in the source belongs to, as sets that can be told
 * apart and met. Everything has one: what no Makefile names is taken for part
 * of what stands around it.
 */
#ifndef PROBEWALK_RULES_MODULES_H
#define PROBEWALK_RULES_MODULES_H

#include "callgraph/graph.h"

struct modules;

/* A set of modules; the same set has the same number. */
#define MODULES_NONE 0

/* Nothing is looked at before it is asked for. */
struct modules *modules_new(const struct graph *g);
void modules_free(struct modules *m);

/**
 * modules_at() - the modules that a place belongs to
 * @file: string, where it stands
 * @fn: symbol, the function it stands in, or GRAPH_NONE at file scope
 *
 * A source that kbuild names a module for is of that one, or of several. A
 * function in a header belongs to whoever runs it. What is left is of the
 * module that all sources beside it are of. Where kbuild names none at all, the
 * files of a directory are taken for one module as long as no more than one of
 * them has __init functions: two of these are two drivers that share the
 * others, and each has objects of its own.
 *
 * Return: the set, MODULES_NONE when it could be any.
 */
uint32_t modules_at(struct modules *m, uint32_t file, uint32_t fn);

/* Those that are in both sets. */
uint32_t modules_meet(struct modules *m, uint32_t a, uint32_t b);

#endif
