/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which module a unit is built into. Makefiles decide that, and kbuild tells
 * the unit on its command line:
 *
 *   -DKBUILD_MODFILE="drivers/net/foo/foo"  of what is built in, several for a
 *       file that several have, with blanks between them
 *   -DKBUILD_MODNAME="foo"  of what is loadable (which has no KBUILD_MODFILE):
 *       "a:b" for several. No two loadable modules have one name.
 *
 * As text these are words with blanks between them, and the words are compared.
 * What belongs to no composite object is a module of its own, which is what
 * kbuild calls it.
 */
#ifndef PROBEWALK_INDEXER_MODULE_H
#define PROBEWALK_INDEXER_MODULE_H

struct compile_cmd;

/**
 * command_modules() - the modules that a compile command is for
 * @cmd: command
 *
 * An empty KBUILD_MODFILE says that it is not known, whatever KBUILD_MODNAME
 * is.
 *
 * Return: as text; "" when the command does not tell. To be freed.
 */
char *command_modules(const struct compile_cmd *cmd);

#endif
