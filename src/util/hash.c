// SPDX-License-Identifier: GPL-2.0-only
/*
 * FNV-1a with a final mix: slow beside the best, and good enough for what is
 * hashed once. The table of an interner is filled anew in every run, millions
 * of strings at a time, so it takes eight bytes at once; that hash is nowhere
 * stored.
 */
#include <stdio.h>
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

static uint32_t hash_text(const char *s, size_t len)
{
	uint64_t h = len, v;

	for (; len >= 8; len -= 8, s += 8) {
		memcpy(&v, s, 8);
		h = (h ^ v) * 0x9e3779b97f4a7c15ull;
		h ^= h >> 32;
	}
	if (len) {
		v = 0;
		memcpy(&v, s, len);
		h = (h ^ v) * 0x9e3779b97f4a7c15ull;
	}
	return h ^ h >> 32;
}

static void slots_insert(struct interner *in, uint32_t nr)
{
	uint32_t mask = in->nr_slots - 1;
	uint32_t i = in->hash[nr] & mask;

	while (in->slot[i])
		i = (i + 1) & mask;
	in->slot[i] = nr + 1;
	in->nr_in++;
}

/* ---- strings that are in the table once they are asked for ---- */

enum { CLASS_BITS = 20 };

static bool class_is_in(const struct interner *in, uint32_t h)
{
	h &= (1u << CLASS_BITS) - 1;
	return in->classes[h / 64] >> h % 64 & 1;
}

static bool is_in(const struct interner *in, uint32_t nr)
{
	return !in->classes || !nr || nr >= in->nr_lazy ||
	       class_is_in(in, in->hash[nr]);
}

/*
 * Where a string goes in a large table is a cache miss, so it is asked for some
 * strings ahead.
 */
static void slots_insert_all(struct interner *in, uint32_t from)
{
	enum { AHEAD = 16 };
	uint32_t mask = in->nr_slots - 1, nr;

	for (nr = from; nr < in->nr; nr++) {
		if (nr + AHEAD < in->nr)
			__builtin_prefetch(
				&in->slot[in->hash[nr + AHEAD] & mask], 1);
		if (is_in(in, nr))
			slots_insert(in, nr);
	}
}

/* A third stays free: more memory costs more than a longer search. */
static uint64_t slots_for(uint32_t nr)
{
	return (uint64_t)nr + nr / 2;
}

/* At least @want slots, which no string is in yet. */
static void slots_make(struct interner *in, uint64_t want)
{
	free(in->slot);
	if (!in->nr_slots)
		in->nr_slots = 1024;
	while (in->nr_slots < want)
		in->nr_slots *= 2;
	in->slot = xcalloc(in->nr_slots, sizeof(*in->slot));
	in->nr_in = 0;
	slots_insert_all(in, 0);
}

static void slots_make_room(struct interner *in, uint32_t nr)
{
	if (slots_for(nr) > in->nr_slots)
		slots_make(in, slots_for(nr));
}

/* Put those in that are of the classes in @new, and none that is in. */
static void add_classes(struct interner *in, const uint64_t *new)
{
	const uint32_t mask = (1u << CLASS_BITS) - 1;
	uint32_t nr, h, *found = NULL, nr_found = 0;
	size_t alloc = 0;

	for (nr = 1; nr < in->nr_lazy; nr++) {
		h = in->hash[nr] & mask;
		if (!(new[h / 64] >> h % 64 & 1))
			continue;
		ALLOC_GROW(found, (size_t)nr_found + 1, alloc);
		found[nr_found++] = nr;
	}
	slots_make_room(in, in->nr_in + nr_found);
	for (nr = 0; nr < nr_found; nr++)
		slots_insert(in, found[nr]);
	for (h = 0; h <= mask / 64; h++)
		in->classes[h] |= new[h];
	free(found);
}

static uint64_t *classes_new(void)
{
	return xcalloc((1u << CLASS_BITS) / 64, sizeof(uint64_t));
}

static void ask(const struct interner *in, uint64_t *new, uint32_t h)
{
	if (class_is_in(in, h))
		return;
	h &= (1u << CLASS_BITS) - 1;
	new[h / 64] |= 1ull << h % 64;
}

void interner_expect(struct interner *in, const struct interner *other)
{
	uint64_t *new;
	uint32_t i;

	if (!in->classes)
		return;
	new = classes_new();
	for (i = 0; i < other->nr; i++)
		ask(in, new, other->hash[i]);
	add_classes(in, new);
	free(new);
}

static void expect_one(struct interner *in, uint32_t h)
{
	uint64_t *new;

	if (!in->classes || class_is_in(in, h))
		return;
	new = classes_new();
	ask(in, new, h);
	add_classes(in, new);
	free(new);
}

void interner_init(struct interner *in)
{
	memset(in, 0, sizeof(*in));
	slots_make(in, 1);
	interner_add(in, "", 0);
}

void interner_release(struct interner *in)
{
	free(in->text);
	free(in->offset);
	free(in->hash);
	free(in->slot);
	free(in->classes);
	memset(in, 0, sizeof(*in));
}

void interner_clear(struct interner *in)
{
	in->nr = in->nr_in = in->nr_lazy = 0;
	in->text_len = 0;
	free(in->classes);
	in->classes = NULL;
	memset(in->slot, 0, in->nr_slots * sizeof(*in->slot));
	interner_add(in, "", 0);
}

static bool is_string(const struct interner *in, uint32_t nr, const char *s,
		      size_t len, uint32_t h)
{
	const char *have = in->text + in->offset[nr];

	return in->hash[nr] == h && !strncmp(have, s, len) && !have[len];
}

static uint32_t lookup(const struct interner *in, const char *s, size_t len,
		       uint32_t h)
{
	uint32_t mask = in->nr_slots - 1;
	uint32_t i;

	for (i = h & mask; in->slot[i]; i = (i + 1) & mask)
		if (is_string(in, in->slot[i] - 1, s, len, h))
			return in->slot[i] - 1;
	if (!in->classes || class_is_in(in, h))
		return UINT32_MAX;
	for (i = 0; i < in->nr_lazy; i++)
		if (is_string(in, i, s, len, h))
			return i;
	return UINT32_MAX;
}

/* Offsets have 32 bits: all strings of a kernel are a few dozen megabytes. */
static void check_room(const struct interner *in, size_t len)
{
	if (in->text_len + len <= UINT32_MAX)
		return;
	fprintf(stderr, "probewalk: more than 4 GiB of strings\n");
	exit(2);
}

uint32_t interner_add(struct interner *in, const char *s, size_t len)
{
	uint32_t nr, h;

	/* an embedded NUL would make two strings of one */
	len = strnlen(s, len);
	h = hash_text(s, len);
	expect_one(in, h);
	nr = lookup(in, s, len, h);
	if (nr != UINT32_MAX)
		return nr;
	nr = in->nr;
	ALLOC_GROW(in->offset, nr + 1, in->offset_alloc);
	ALLOC_GROW(in->hash, nr + 1, in->hash_alloc);
	check_room(in, len + 1);
	ALLOC_GROW(in->text, in->text_len + len + 1, in->text_alloc);
	memcpy(in->text + in->text_len, s, len);
	in->text[in->text_len + len] = '\0';
	in->offset[nr] = in->text_len;
	in->hash[nr] = h;
	in->text_len += len + 1;
	in->nr++;
	if (slots_for(in->nr_in + 1) > in->nr_slots)
		slots_make(in, (uint64_t)in->nr_slots * 2);
	else
		slots_insert(in, nr);
	return nr;
}

static void *reserve(void *p, size_t used, size_t *alloc, size_t want,
		     size_t size)
{
	void *larger;

	if (want <= *alloc)
		return p;
	larger = xmalloc(want * size);
	memcpy(larger, p, used * size);
	free(p);
	*alloc = want;
	return larger;
}

void interner_reserve_text(struct interner *in, uint32_t nr, size_t len)
{
	in->offset = reserve(in->offset, in->nr, &in->offset_alloc, nr,
			     sizeof(*in->offset));
	in->hash = reserve(in->hash, in->nr, &in->hash_alloc, nr,
			   sizeof(*in->hash));
	in->text = reserve(in->text, in->text_len, &in->text_alloc, len, 1);
}

void interner_load_text(struct interner *in, const char *text, size_t len)
{
	const char *end = text + len, *next;

	check_room(in, len);
	ALLOC_GROW(in->text, in->text_len + len, in->text_alloc);
	memcpy(in->text + in->text_len, text, len);
	for (; text < end; text = next) {
		uint32_t nr = in->nr++;

		next = (const char *)memchr(text, '\0', end - text) + 1;
		ALLOC_GROW(in->offset, nr + 1, in->offset_alloc);
		ALLOC_GROW(in->hash, nr + 1, in->hash_alloc);
		in->offset[nr] = in->text_len;
		in->text_len += next - text;
	}
}

void interner_reserve(struct interner *in, uint32_t nr, size_t len)
{
	interner_reserve_text(in, nr, len);
	slots_make_room(in, nr);
}

static void hash_loaded(struct interner *in, uint32_t from)
{
	uint32_t nr, end;

	for (nr = from; nr < in->nr; nr++) {
		end = nr + 1 < in->nr ? in->offset[nr + 1] : in->text_len;
		in->hash[nr] = hash_text(in->text + in->offset[nr],
					 end - in->offset[nr] - 1);
	}
}

void interner_index(struct interner *in, uint32_t from)
{
	hash_loaded(in, from);
	if (slots_for(in->nr) > in->nr_slots)
		slots_make(in, slots_for(in->nr));
	else
		slots_insert_all(in, from);
}

void interner_index_lazily(struct interner *in)
{
	/* number 0 is in the table and stays there */
	hash_loaded(in, 1);
	in->classes = classes_new();
	in->nr_lazy = in->nr;
}

uint32_t interner_addstr(struct interner *in, const char *s)
{
	return interner_add(in, s, strlen(s));
}

uint32_t interner_find(const struct interner *in, const char *s)
{
	size_t len = strlen(s);

	return lookup(in, s, len, hash_text(s, len));
}

void u64map_init(struct u64map *map)
{
	memset(map, 0, sizeof(*map));
	map->nr_slots = 64;
	map->slot = xcalloc(map->nr_slots, sizeof(*map->slot));
}

void u64map_release(struct u64map *map)
{
	free(map->slot);
	memset(map, 0, sizeof(*map));
}

void u64map_clear(struct u64map *map)
{
	if (map->nr)
		memset(map->slot, 0, map->nr_slots * sizeof(*map->slot));
	map->nr = 0;
}

/* Where a key is, or where it would go. */
static struct u64map_slot *find_slot(const struct u64map *map, uint64_t key)
{
	uint32_t mask = map->nr_slots - 1;
	uint32_t i = (uint32_t)mix(key) & mask;

	while (map->slot[i].value && map->slot[i].key != key)
		i = (i + 1) & mask;
	return &map->slot[i];
}

uint32_t u64map_get(const struct u64map *map, uint64_t key)
{
	return map->nr ? find_slot(map, key)->value : 0;
}

static void u64map_resize(struct u64map *map, uint32_t nr_slots)
{
	struct u64map old = *map;
	uint32_t i;

	map->nr_slots = nr_slots;
	map->slot = xcalloc(map->nr_slots, sizeof(*map->slot));
	for (i = 0; i < old.nr_slots; i++)
		if (old.slot[i].value)
			*find_slot(map, old.slot[i].key) = old.slot[i];
	free(old.slot);
}

void u64map_reserve(struct u64map *map, uint32_t nr)
{
	uint32_t nr_slots = map->nr_slots;

	while (nr_slots < slots_for(nr) && nr_slots << 1)
		nr_slots *= 2;
	if (nr_slots > map->nr_slots)
		u64map_resize(map, nr_slots);
}

/* Fill a free slot, in a larger table where this one has too few of them. */
static void fill_slot(struct u64map *map, struct u64map_slot *slot,
		      uint64_t key, uint32_t value)
{
	if (slots_for(map->nr + 1) > map->nr_slots) {
		u64map_resize(map, map->nr_slots * 2);
		slot = find_slot(map, key);
	}
	map->nr++;
	slot->key = key;
	slot->value = value;
}

void u64map_put(struct u64map *map, uint64_t key, uint32_t value)
{
	struct u64map_slot *slot = find_slot(map, key);

	if (slot->value)
		slot->value = value;
	else
		fill_slot(map, slot, key, value);
}

bool u64map_add(struct u64map *map, uint64_t key, uint32_t value)
{
	struct u64map_slot *slot = find_slot(map, key);

	if (slot->value)
		return false;
	fill_slot(map, slot, key, value);
	return true;
}
