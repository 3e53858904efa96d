// SPDX-License-Identifier: GPL-2.0-only
/*
 * FNV-1a with a final mix: slow beside the best and good enough here, because
 * strings are hashed once when they are interned.
 */
#include <string.h>

#include "util/hash.h"

static uint64_t mix(uint64_t h)
{
	/* the finaliser of splitmix64 */
	h ^= h >> 30;
	h *= 0xbf58476d1ce4e5b9ull;
	h ^= h >> 27;
	h *= 0x94d049bb133111ebull;
	return h ^ (h >> 31);
}

uint64_t hash64(const void *data, size_t len, uint64_t seed)
{
	const unsigned char *p = data;
	uint64_t h = 0xcbf29ce484222325ull ^ mix(seed);

	while (len--)
		h = (h ^ *p++) * 0x100000001b3ull;
	return mix(h);
}

uint64_t hash64_str(const char *s, uint64_t seed)
{
	return hash64(s, strlen(s), seed);
}

uint64_t hash64_u64(uint64_t value, uint64_t seed)
{
	return mix(mix(seed + 0x9e3779b97f4a7c15ull) ^ value);
}

static void slots_insert(struct interner *in, uint32_t nr)
{
	uint32_t mask = in->nr_slots - 1;
	uint32_t i = (uint32_t)in->hash[nr] & mask;

	while (in->slot[i])
		i = (i + 1) & mask;
	in->slot[i] = nr + 1;
}

static void slots_grow(struct interner *in)
{
	uint32_t nr;

	free(in->slot);
	in->nr_slots = in->nr_slots ? in->nr_slots * 2 : 1024;
	in->slot = xcalloc(in->nr_slots, sizeof(*in->slot));
	for (nr = 0; nr < in->nr; nr++)
		slots_insert(in, nr);
}

void interner_init(struct interner *in)
{
	memset(in, 0, sizeof(*in));
	slots_grow(in);
	interner_add(in, "", 0);
}

void interner_release(struct interner *in)
{
	free(in->text);
	free(in->offset);
	free(in->hash);
	free(in->slot);
	memset(in, 0, sizeof(*in));
}

void interner_clear(struct interner *in)
{
	in->nr = 0;
	in->text_len = 0;
	memset(in->slot, 0, in->nr_slots * sizeof(*in->slot));
	interner_add(in, "", 0);
}

static uint32_t lookup(const struct interner *in, const char *s, size_t len,
		       uint64_t h)
{
	uint32_t mask = in->nr_slots - 1;
	uint32_t i;

	for (i = (uint32_t)h & mask; in->slot[i]; i = (i + 1) & mask) {
		uint32_t nr = in->slot[i] - 1;
		const char *have = in->text + in->offset[nr];

		if (in->hash[nr] == h && !strncmp(have, s, len) && !have[len])
			return nr;
	}
	return UINT32_MAX;
}

uint32_t interner_add(struct interner *in, const char *s, size_t len)
{
	uint64_t h;
	uint32_t nr;

	/* an embedded NUL would make two strings of one */
	len = strnlen(s, len);
	h = hash64(s, len, 0);
	nr = lookup(in, s, len, h);
	if (nr != UINT32_MAX)
		return nr;
	nr = in->nr;
	ALLOC_GROW(in->offset, nr + 1, in->offset_alloc);
	ALLOC_GROW(in->hash, nr + 1, in->hash_alloc);
	ALLOC_GROW(in->text, in->text_len + len + 1, in->text_alloc);
	memcpy(in->text + in->text_len, s, len);
	in->text[in->text_len + len] = '\0';
	in->offset[nr] = in->text_len;
	in->hash[nr] = h;
	in->text_len += len + 1;
	in->nr++;
	if (in->nr * 2 > in->nr_slots)
		slots_grow(in);
	else
		slots_insert(in, nr);
	return nr;
}

uint32_t interner_addstr(struct interner *in, const char *s)
{
	return interner_add(in, s, strlen(s));
}

uint32_t interner_find(const struct interner *in, const char *s)
{
	size_t len = strlen(s);

	return lookup(in, s, len, hash64(s, len, 0));
}

void u64map_init(struct u64map *map)
{
	memset(map, 0, sizeof(*map));
	map->nr_slots = 64;
	map->key = xcalloc(map->nr_slots, sizeof(*map->key));
	map->value = xcalloc(map->nr_slots, sizeof(*map->value));
}

void u64map_release(struct u64map *map)
{
	free(map->key);
	free(map->value);
	memset(map, 0, sizeof(*map));
}

void u64map_clear(struct u64map *map)
{
	memset(map->value, 0, map->nr_slots * sizeof(*map->value));
	map->nr = 0;
}

static uint32_t find_slot(const struct u64map *map, uint64_t key)
{
	uint32_t mask = map->nr_slots - 1;
	uint32_t i = (uint32_t)mix(key) & mask;

	while (map->value[i] && map->key[i] != key)
		i = (i + 1) & mask;
	return i;
}

uint32_t u64map_get(const struct u64map *map, uint64_t key)
{
	return map->nr ? map->value[find_slot(map, key)] : 0;
}

static void u64map_grow(struct u64map *map)
{
	struct u64map old = *map;
	uint32_t i, at;

	map->nr_slots *= 2;
	map->key = xcalloc(map->nr_slots, sizeof(*map->key));
	map->value = xcalloc(map->nr_slots, sizeof(*map->value));
	for (i = 0; i < old.nr_slots; i++) {
		if (!old.value[i])
			continue;
		at = find_slot(map, old.key[i]);
		map->key[at] = old.key[i];
		map->value[at] = old.value[i];
	}
	free(old.key);
	free(old.value);
}

void u64map_put(struct u64map *map, uint64_t key, uint32_t value)
{
	uint32_t i = find_slot(map, key);

	if (!map->value[i]) {
		if ((map->nr + 1) * 2 > map->nr_slots) {
			u64map_grow(map);
			i = find_slot(map, key);
		}
		map->nr++;
	}
	map->key[i] = key;
	map->value[i] = value;
}

bool u64map_add(struct u64map *map, uint64_t key, uint32_t value)
{
	if (map->value[find_slot(map, key)])
		return false;
	u64map_put(map, key, value);
	return true;
}
