// SPDX-License-Identifier: GPL-2.0-only
/*
 * Names of files in patches. git refuses most of these as well; that it does is
 * not relied on.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "gate/patch-internal.h"
#include "report/plain.h"

static int refuse(const char *name, const char *why, struct strbuf *err)
{
	char *cut = xstrndup(name, strnlen(name, 200));

	strbuf_addstr(err, "it names '");
	plain_add(err, cut);
	strbuf_addf(err, "', %s", why);
	free(cut);
	return -EINVAL;
}

/* What changes how other characters are shown, or is not shown itself. */
static bool is_control(unsigned int c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c ||
	       (c >= 0x2000 && c <= 0x200f) || (c >= 0x2028 && c <= 0x202f) ||
	       (c >= 0x205f && c <= 0x206f) || c == 0xfeff ||
	       (c >= 0xfff0 && c <= 0xffff) || c >= 0xe0000;
}

/* Bytes of the UTF-8 character at @s, or 0 when it is none. */
static size_t utf8_len(const unsigned char *s)
{
	static const unsigned int least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len = s[0] < 0x80   ? 1
		     : s[0] < 0xc2 ? 0
		     : s[0] < 0xe0 ? 2
		     : s[0] < 0xf0 ? 3
		     : s[0] < 0xf5 ? 4
				   : 0;
	unsigned int c = len > 1 ? s[0] & (0x7f >> len) : s[0];
	size_t i;

	for (i = 1; i < len; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (len > 1 && (c < least[len] || c > 0x10ffff || c >> 11 == 0x1b))
		return 0;
	return is_control(c) ? 0 : len;
}

static bool is_text(const char *name)
{
	const unsigned char *s = (const unsigned char *)name;

	while (*s) {
		size_t len = utf8_len(s);

		if (!len)
			return false;
		s += len;
	}
	return true;
}

static const char *component_fault(const char *s, size_t len)
{
	if (!len)
		return "with an empty part";
	if (len == 1 && *s == '.')
		return "with the part '.'";
	if (len == 2 && !strncmp(s, "..", 2))
		return "which leads out of the tree";
	if (len == 4 && !strncasecmp(s, ".git", 4))
		return "which belongs to git";
	if (len > NAME_MAX)
		return "with a part that is too long";
	return NULL;
}

int name_check(const char *name, struct strbuf *err)
{
	const char *p = name, *fault;

	if (!is_text(name))
		return refuse(name, "which holds what is no text", err);
	if (*name == '/')
		return refuse(name, "an absolute name", err);
	if (strlen(name) > PATCH_NAME_MAX)
		return refuse(name, "which is too long", err);
	for (;;) {
		size_t len = strcspn(p, "/");

		fault = component_fault(p, len);
		if (fault)
			return refuse(name, fault, err);
		p += len;
		if (!*p++)
			return 0;
	}
}

bool name_is_attributes(const char *name)
{
	const char *slash = strrchr(name, '/');

	return !strcasecmp(slash ? slash + 1 : name, ".gitattributes");
}
