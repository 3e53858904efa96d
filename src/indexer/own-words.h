/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What sets a command apart from the others of its configuration: a macro that
 * one Makefile defines, a header that it includes.
 */
#ifndef PROBEWALK_INDEXER_OWN_WORDS_H
#define PROBEWALK_INDEXER_OWN_WORDS_H

#include "indexer/index-internal.h"

/* Those of a configuration, as they are kept in the database. */
struct own_words {
	struct strbuf data;
};

void own_words_init(struct own_words *own);
void own_words_release(struct own_words *own);

/**
 * own_words_keep() - those of the commands of this run, kept for other ones
 * @own: initialised; gets them
 *
 * They are found out when the commands are others than the last time.
 *
 * Return: 0 or -errno from the store.
 */
int own_words_keep(struct own_words *own,
		   const struct index_job *job) __must_check;

/* Those of another configuration; none when it did not keep any. */
int own_words_load(struct own_words *own, struct store *store,
		   uint32_t config) __must_check;

/**
 * own_words_find() - the own words of a command
 * @unit: plan_unit_key()
 * @hash: gets their hash: the same in every configuration for the same words
 *
 * Return: false when the configuration does not have the command any more.
 */
bool own_words_find(const struct own_words *own, uint64_t unit, uint64_t *hash);

#endif
