// SPDX-License-Identifier: GPL-2.0-only
/*
 * The list of the kept prefix headers, see index-kept.h. It is read by every
 * run, so it is short; the precompiled headers are not touched for it.
 */
#include <dlfcn.h>
#include <string.h>
#include <sys/stat.h>

#include <clang-c/Index.h>

#include "indexer/index-kept.h"
#include "indexer/stale.h"

struct head {
	char magic[8];
	uint64_t maker;
};

/* Another one when struct kept_row is another. */
static const char magic[8] = "kept 1";

/* ---- sums ---- */

enum { LANES = ARRAY_SIZE(((struct kept_sum *)NULL)->lanes) };

void kept_sum_init(struct kept_sum *sum)
{
	memset(sum, 0, sizeof(*sum));
}

void kept_sum_add(struct kept_sum *sum, const void *data, size_t len)
{
	const char *p = data;
	uint64_t word[LANES];
	int i;

	sum->len += len;
	while (len) {
		size_t nr = len < sizeof(word) ? len : sizeof(word);

		if (nr < sizeof(word))
			memset(word, 0, sizeof(word));
		memcpy(word, p, nr);
		for (i = 0; i < LANES; i++) {
			uint64_t h = sum->lanes[i] ^ word[i];

			h *= 0x9e3779b97f4a7c15ull;
			sum->lanes[i] = h ^ h >> 32;
		}
		p += nr;
		len -= nr;
	}
}

uint64_t kept_sum_end(const struct kept_sum *sum)
{
	return hash64(sum, sizeof(*sum), 0);
}

uint64_t kept_sum_of(const void *data, size_t len)
{
	struct kept_sum sum;

	kept_sum_init(&sum);
	kept_sum_add(&sum, data, len);
	return kept_sum_end(&sum);
}

/* ---- who made it ---- */

/*
 * A precompiled header is what libclang has in memory, and it is told not to
 * check it: so it must be the same file of a library, not just one that says
 * the same of its version.
 */
static uint64_t maker(void)
{
	struct strbuf name = STRBUF_INIT;
	struct stat st;
	uint64_t hash;
	Dl_info info;

	stale_tool_name(&name);
	hash = hash64(name.buf, name.len, 0);
	strbuf_release(&name);
	if (dladdr((void *)(uintptr_t)clang_getClangVersion, &info) &&
	    info.dli_fname && !stat(info.dli_fname, &st)) {
		hash = hash64_u64(st.st_size, hash);
		hash = hash64_u64(st.st_mtim.tv_sec, hash);
		hash = hash64_u64(st.st_mtim.tv_nsec, hash);
	}
	return hash;
}

/* ---- the list ---- */

static bool has_slot(const struct kept_list *list, uint32_t slot)
{
	uint32_t i;

	for (i = 0; i < list->nr; i++)
		if (list->rows[i].slot == slot)
			return true;
	return false;
}

static bool makes_sense(const struct kept_list *list)
{
	uint32_t i;

	for (i = 0; i < list->nr; i++)
		if (list->rows[i].slot >= MEMO_MAX_KEPT)
			return false;
	return true;
}

int kept_list_load(struct store *store, uint32_t config, struct kept_list *list)
{
	struct strbuf data = STRBUF_INIT;
	struct head head;
	int ret = store_get_memo(store, config, MEMO_KEPT, &data);
	size_t nr;

	memset(list, 0, sizeof(*list));
	if (!ret && data.len > sizeof(head)) {
		memcpy(&head, data.buf, sizeof(head));
		nr = (data.len - sizeof(head)) / sizeof(*list->rows);
		if (!memcmp(head.magic, magic, sizeof(magic)) &&
		    head.maker == maker() && nr <= MEMO_MAX_KEPT) {
			list->nr = nr;
			memcpy(list->rows, data.buf + sizeof(head),
			       nr * sizeof(*list->rows));
		}
	}
	if (!makes_sense(list))
		list->nr = 0;
	strbuf_release(&data);
	return ret;
}

int kept_list_store(struct store *store, uint32_t config,
		    const struct kept_list *list)
{
	struct strbuf data = STRBUF_INIT;
	struct head head;
	uint32_t slot;
	int ret;

	memset(&head, 0, sizeof(head));
	memcpy(head.magic, magic, sizeof(magic));
	head.maker = maker();
	strbuf_add(&data, &head, sizeof(head));
	strbuf_add(&data, list->rows, list->nr * sizeof(*list->rows));
	ret = store_put_memo(store, config, MEMO_KEPT, data.buf,
			     list->nr ? data.len : 0);
	for (slot = 0; !ret && slot < MEMO_MAX_KEPT; slot++) {
		if (has_slot(list, slot))
			continue;
		ret = store_put_memo(store, config, MEMO_KEPT_STATE + slot,
				     NULL, 0);
		if (!ret)
			ret = store_put_memo(store, config,
					     MEMO_KEPT_PCH + slot, NULL, 0);
	}
	strbuf_release(&data);
	return ret;
}

void kept_list_drop(struct kept_list *list, uint32_t nr)
{
	list->nr--;
	memmove(&list->rows[nr], &list->rows[nr + 1],
		(list->nr - nr) * sizeof(*list->rows));
}
