// SPDX-License-Identifier: GPL-2.0-only
/* Access paths, as text: see struct fact_value. */
#include <string.h>

#include "indexer/visit.h"

uint32_t path_append(struct visit *v, uint32_t path, char op, uint32_t field)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_addstr(&sb, interner_get(&v->facts->strings, path));
	/* (*p).field is p->field */
	if (op == '|' && sb.len && sb.buf[sb.len - 1] == '*') {
		sb.buf[--sb.len] = '\0';
		op = '>';
	}
	if (op == '[')
		strbuf_addstr(&sb, "[]");
	else
		strbuf_addch(&sb, op);
	strbuf_addstr(&sb, interner_get(&v->facts->strings, field));
	path = name_add(v, sb.buf);
	strbuf_release(&sb);
	return path;
}

uint32_t path_slot(struct visit *v, uint32_t path)
{
	const char *s = interner_get(&v->facts->strings, path);
	size_t end = strlen(s), start;
	char *slot;
	uint32_t ret;

	while (end && strchr("*[]", s[end - 1]))
		end--;
	for (start = end; start && !strchr(">|<", s[start - 1]); start--)
		;
	if (!start || s[start - 1] == '<')
		return 0;
	slot = xstrndup(s + start, end - start);
	ret = name_add(v, slot);
	free(slot);
	return ret;
}

struct fact_value path_container(struct visit *v, struct fact_value ptr,
				 uint32_t field)
{
	const char *path = interner_get(&v->facts->strings, ptr.path);
	const char *name = interner_get(&v->facts->strings, field);
	const char *last = strrchr(path, '<');
	size_t len = strlen(path), part = strlen(name);
	char *outer;

	if (!ptr.addr || ptr.kind == VALUE_NONE ||
	    (last && !strpbrk(last, ">|[*"))) {
		ptr.path = path_append(v, ptr.path, '<', field);
		ptr.addr = 1;
		return ptr;
	}
	if (len <= part || strcmp(path + len - part, name) ||
	    !strchr(">|", path[len - part - 1])) /* of something else */
		return path_container(v, (struct fact_value){ 0 }, field);
	len -= part + 1;
	ptr.addr = path[len] == '|';
	outer = xstrndup(path, len); /* interning may move the text */
	ptr.path = name_add(v, outer);
	free(outer);
	return ptr;
}
