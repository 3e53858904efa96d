/* SPDX-License-Identifier: GPL-2.0-only */
/* Hashing, a string interner and a map from 64-bit keys to 32-bit values. */
#ifndef PROBEWALK_UTIL_HASH_H
#define PROBEWALK_UTIL_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "util/alloc.h"

/**
 * hash64() - a 64-bit hash that is the same on every machine and in every run
 * @data: bytes to hash
 * @len: how many
 * @seed: earlier hash to go on from, or 0
 *
 * Not for untrusted keys; it identifies facts and files, so it must never
 * change without a new fact version.
 */
uint64_t hash64(const void *data, size_t len, uint64_t seed);
uint64_t hash64_str(const char *s, uint64_t seed);
uint64_t hash64_u64(uint64_t value, uint64_t seed);

/*
 * Strings by number. Number 0 is always the empty string; numbers are given in
 * the order of first use and are dense, so they index arrays.
 */
struct interner {
	char *text; /* all strings, NUL-terminated, one after another */
	size_t text_len, text_alloc;
	uint32_t *offset; /* of string N in text */
	uint32_t *hash; /* of string N */
	uint32_t nr;
	size_t offset_alloc, hash_alloc;
	uint32_t *slot; /* open addressing; 0 is free, else number + 1 */
	uint32_t nr_slots, nr_in; /* nr_in: strings that are in it */
	/*
	 * Of interner_index_lazily(): the strings up to nr_lazy are in slot
	 * only if their class of hashes has its bit here. NULL: all are.
	 */
	uint64_t *classes;
	uint32_t nr_lazy;
};

void interner_init(struct interner *in);
void interner_release(struct interner *in);
/* Forget all strings but the empty one and keep the memory. */
void interner_clear(struct interner *in);
uint32_t interner_add(struct interner *in, const char *s, size_t len);
uint32_t interner_addstr(struct interner *in, const char *s);

/**
 * interner_load_text() - add strings that are known to differ, fast
 * @text: NUL-terminated strings, one after another, none of them known yet
 * @len: bytes of all, the last NUL included
 *
 * They can be read by number at once, and neither be found nor others be added
 * until interner_index() was called.
 */
void interner_load_text(struct interner *in, const char *text, size_t len);
/* @from: number of the first string that was loaded since the last time. What
 * is read by number may be read by another thread meanwhile. */
void interner_index(struct interner *in, uint32_t from);
/*
 * The same for a few look-ups in a great many strings: each is put where it can
 * be found when one that hashes like it is added. Of all that was loaded, and
 * only once nothing was added yet.
 */
void interner_index_lazily(struct interner *in);
/* The strings of @other are about to be added: fast, where one by one is slow.
 */
void interner_expect(struct interner *in, const struct interner *other);
/* Make room for @nr strings of @len bytes in all. */
void interner_reserve(struct interner *in, uint32_t nr, size_t len);
/* The same without the table, which interner_index() or
 * interner_index_lazily() makes. */
void interner_reserve_text(struct interner *in, uint32_t nr, size_t len);

/**
 * interner_find() - the number of a string, without adding it
 * Return: the number, or UINT32_MAX when the string was never added.
 */
uint32_t interner_find(const struct interner *in, const char *s);

/* The string stays valid until the next interner_add(). */
static inline const char *interner_get(const struct interner *in, uint32_t nr)
{
	return in->text + in->offset[nr];
}

struct u64map_slot {
	uint64_t key;
	uint32_t value; /* 0 marks a free slot: values start at 1 */
} __attribute__((packed, aligned(4)));

struct u64map {
	/* key and value side by side: a look-up is one cache miss, not two */
	struct u64map_slot *slot;
	uint32_t nr, nr_slots;
};

void u64map_init(struct u64map *map);
void u64map_release(struct u64map *map);
void u64map_clear(struct u64map *map);

/* Make room for @nr keys in all. */
void u64map_reserve(struct u64map *map, uint32_t nr);

/**
 * u64map_get() - look a key up
 * Return: its value, or 0 when there is none.
 */
uint32_t u64map_get(const struct u64map *map, uint64_t key);

/**
 * u64map_put() - set a key's value
 * @value: anything but 0
 */
void u64map_put(struct u64map *map, uint64_t key, uint32_t value);

/**
 * u64map_add() - set a key's value if it has none
 * Return: true when the key was new.
 */
bool u64map_add(struct u64map *map, uint64_t key, uint32_t value);

#endif
