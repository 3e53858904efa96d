// SPDX-License-Identifier: GPL-2.0-only
/* The sentence that a rule has for a finding: see message.h. */
#include <string.h>

#include "rules/message.h"

const char message_words[] = "{start}, {site}, {callee}, {driver}";

static void add_start(struct strbuf *sb, const struct finding *f)
{
	strbuf_addf(sb, "%s()", f->probe.function);
	if (f->probe.driver.name)
		strbuf_addf(sb, " of %s", f->probe.driver.name);
}

static void add_site(struct strbuf *sb, const struct finding *f)
{
	strbuf_addf(sb, "%s()", f->registration.function);
}

static void add_callee(struct strbuf *sb, const struct finding *f)
{
	strbuf_addf(sb, "%s()", f->registration.callee);
}

static void add_driver(struct strbuf *sb, const struct finding *f)
{
	const char *name = f->registration.driver.name;

	strbuf_addstr(sb, name ? name : "a driver");
}

static const struct word {
	const char *text;
	void (*add)(struct strbuf *sb, const struct finding *f);
} words[] = {
	{ "{start}", add_start },
	{ "{site}", add_site },
	{ "{callee}", add_callee },
	{ "{driver}", add_driver },
};

static const struct word *find_word(const char *text)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strncmp(text, words[i].text, strlen(words[i].text)))
			return &words[i];
	return NULL;
}

const char *message_check(const char *text)
{
	for (text = strchr(text, '{'); text; text = strchr(text + 1, '{'))
		if (!find_word(text))
			return text;
	return NULL;
}

char *message_fill(const struct finding *f)
{
	struct strbuf sb = STRBUF_INIT;
	const char *s = f->rule->message;

	while (*s) {
		const struct word *word = *s == '{' ? find_word(s) : NULL;

		if (word) {
			word->add(&sb, f);
			s += strlen(word->text);
		} else {
			strbuf_addch(&sb, *s++);
		}
	}
	return strbuf_detach(&sb);
}
