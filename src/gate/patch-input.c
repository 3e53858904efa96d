// SPDX-License-Identifier: GPL-2.0-only
/*
 * What was given as patches, one by one: git takes mailboxes and mails apart,
 * anything else is a diff as it stands.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/patch-internal.h"
#include "report/plain.h"

enum {
	MAX_SUBJECT = 100, /* bytes that a message shows */
};

struct input {
	struct scratch *s;
	const char *file; /* as given */
	char *name; /* for messages */
	char *stem; /* DIR/in/3 */
	struct piece_list *pieces;
};

static int __printf(3, 4)
	complain(const struct input *in, int ret, const char *fmt, ...)
{
	va_list ap;

	strbuf_addf(in->s->err, "%s ", in->name);
	va_start(ap, fmt);
	strbuf_vaddf(in->s->err, fmt, ap);
	va_end(ap);
	return ret;
}

/* ---- reading ---- */

static int too_large(const struct input *in)
{
	return complain(in, -E2BIG,
			"makes more than the %llu bytes that all patches "
			"together may have; give fewer at a time",
			(unsigned long long)in->s->limits->bytes);
}

static int read_bounded(const struct input *in, int fd, uint64_t *left,
			struct strbuf *text)
{
	for (;;) {
		ssize_t n;

		strbuf_grow(text, 65536);
		n = read(fd, text->buf + text->len, 65536);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return complain(in, -errno, "cannot be read: %s",
					strerror(errno));
		if (!n)
			return 0;
		if ((uint64_t)n > *left)
			return too_large(in);
		*left -= n;
		text->len += n;
		text->buf[text->len] = '\0';
	}
}

static int read_input(const struct input *in, uint64_t *left,
		      struct strbuf *text)
{
	int fd = STDIN_FILENO, ret;

	if (strcmp(in->file, "-"))
		fd = open(in->file, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return complain(in, -errno, "cannot be read: %s",
				strerror(errno));
	ret = read_bounded(in, fd, left, text);
	if (fd != STDIN_FILENO)
		close(fd);
	return ret;
}

/*
 * Something on the way may have made every line end in CR LF: then the first
 * does, which is not one of a file. Where only files have them they must stay.
 */
static void strip_crs(struct strbuf *text)
{
	char *nl = memchr(text->buf, '\n', text->len), *to, *p;
	char *end = text->buf + text->len;

	if (!nl || nl == text->buf || nl[-1] != '\r')
		return;
	for (to = p = text->buf; p < end; p++)
		if (*p != '\r' || p + 1 == end || p[1] != '\n')
			*to++ = *p;
	strbuf_setlen(text, to - text->buf);
}

/* ---- one patch ---- */

static void add_piece(struct piece_list *pieces, char *path, char *label)
{
	ALLOC_GROW(pieces->list, pieces->nr + 1, pieces->alloc);
	pieces->list[pieces->nr++] =
		(struct piece){ .path = path, .label = label };
}

static int check_number(const struct input *in, unsigned long nr)
{
	if (in->pieces->nr + nr <= in->s->limits->patches)
		return 0;
	return complain(in, -E2BIG,
			"makes more than the %u patches there may be; give "
			"fewer at a time",
			in->s->limits->patches);
}

static int write_text(const struct input *in, const char *ending,
		      const struct strbuf *text)
{
	char *name = xasprintf("%s%s", strrchr(in->stem, '/') + 1, ending);
	int ret = scratch_write(in->s, in->s->in, name, text->buf, text->len);

	free(name);
	return ret;
}

static int add_diff(const struct input *in, const struct strbuf *text)
{
	int ret = check_number(in, 1);

	if (!ret)
		ret = write_text(in, ".patch", text);
	if (!ret)
		add_piece(in->pieces, xasprintf("%s.patch", in->stem),
			  xstrdup(in->name));
	return ret;
}

/* ---- mails ---- */

/* A header's name and its colon, at the beginning of a line. */
static bool is_header(const char *line)
{
	const char *p = line;

	while (*p > ' ' && *p < 0x7f && *p != ':')
		p++;
	return p > line && *p == ':';
}

/* The same question that git am asks. */
static bool is_mail(const char *text)
{
	bool any = false;

	text += strspn(text, "\n");
	if (!strncmp(text, "From ", 5))
		return true;
	for (; *text && *text != '\n'; text += *text == '\n') {
		bool goes_on = any && (*text == ' ' || *text == '\t');

		if (!goes_on && !is_header(text))
			return false;
		any = true;
		text += strcspn(text, "\n");
	}
	return any && *text;
}

static char *subject_of(const char *info)
{
	const char *p = strstr(info, "Subject: ");
	struct strbuf plain = STRBUF_INIT;
	size_t len;
	char *cut;

	if (!p)
		return NULL;
	p += strlen("Subject: ");
	len = strcspn(p, "\n");
	cut = xstrndup(p, len > MAX_SUBJECT ? MAX_SUBJECT : len);
	plain_add(&plain, cut);
	free(cut);
	return strbuf_detach(&plain);
}

static char *mail_label(const struct input *in, unsigned long nr,
			unsigned long all, const char *info)
{
	char *subject = subject_of(info), *label;
	struct strbuf sb = STRBUF_INIT;

	strbuf_addstr(&sb, in->name);
	if (all > 1)
		strbuf_addf(&sb, ", mail %lu of %lu", nr, all);
	if (subject)
		strbuf_addf(&sb, " (\"%s\")", subject);
	label = strbuf_detach(&sb);
	free(subject);
	return label;
}

/* What mailinfo took out of a mail may have been CR LF inside of base64. */
static int clean_patch(const struct input *in, const char *path)
{
	struct strbuf text = STRBUF_INIT;
	int ret = strbuf_read_regular(&text, path);

	if (ret)
		complain(in, ret, "could not be taken apart: %s",
			 strerror(-ret));
	in->s->mail_bytes += text.len;
	if (!ret && in->s->mail_bytes > in->s->limits->bytes)
		ret = too_large(in);
	if (!ret && memchr(text.buf, '\r', text.len)) {
		strip_crs(&text);
		unlink(path);
		ret = scratch_write(in->s, in->s->in,
				    path + strlen(in->s->in) + 1, text.buf,
				    text.len);
	}
	strbuf_release(&text);
	return ret;
}

static int git_failed(const struct input *in, int ret, struct strbuf *msg)
{
	if (!ret)
		return 0;
	ret = complain(in, ret < 0 ? ret : -EINVAL,
		       "could not be taken apart: %s", msg->buf);
	strbuf_reset(msg);
	return ret;
}

static int read_mail(const struct input *in, unsigned long nr,
		     unsigned long all)
{
	char *mail = xasprintf("%s.d/%06lu", in->stem, nr);
	char *patch = xasprintf("%s.patch", mail);
	struct strbuf info = STRBUF_INIT, msg = STRBUF_INIT;
	struct git git = scratch_git(in->s, in->s->in);
	struct make_args args = { 0 };
	int ret;

	git.input = mail;
	make_args_add(&args, "mailinfo");
	make_args_add(&args, "-n");
	make_args_add(&args, "%s.msg", mail);
	make_args_add(&args, "%s", patch);
	ret = git_run(&git, &args, &info, &msg, NULL);
	ret = git_failed(in, ret, &msg);
	if (!ret)
		ret = clean_patch(in, patch);
	if (!ret) {
		add_piece(in->pieces, patch, mail_label(in, nr, all, info.buf));
		patch = NULL;
	}
	make_args_release(&args);
	strbuf_release(&info);
	strbuf_release(&msg);
	free(mail);
	free(patch);
	return ret;
}

/* Split a mailbox, a mail or a maildir. */
static int read_mails(const struct input *in, const char *box)
{
	struct strbuf count = STRBUF_INIT, msg = STRBUF_INIT;
	struct git git = scratch_git(in->s, in->s->in);
	char *dir = xasprintf("%s.d", in->stem);
	struct make_args args = { 0 };
	unsigned long nr, i;
	int ret = mkdir(dir, 0700) ? -errno : 0;

	make_args_add(&args, "mailsplit");
	make_args_add(&args, "-b");
	make_args_add(&args, "-d6");
	make_args_add(&args, "--keep-cr");
	make_args_add(&args, "-o%s", dir);
	make_args_add(&args, "--");
	make_args_add(&args, "%s", box);
	if (!ret)
		ret = git_run(&git, &args, &count, &msg, NULL);
	ret = git_failed(in, ret, &msg);
	nr = strtoul(count.buf, NULL, 10);
	if (!ret)
		ret = check_number(in, nr);
	for (i = 1; !ret && i <= nr; i++)
		ret = read_mail(in, i, nr);
	make_args_release(&args);
	strbuf_release(&count);
	strbuf_release(&msg);
	free(dir);
	return ret;
}

/* Every mail is a file: too many of them must not be written at all. */
static int check_froms(const struct input *in, const struct strbuf *text)
{
	const char *p = text->buf;
	unsigned long nr = 0;

	/* text before the first NUL may be all there is: git reads on */
	while ((p = memmem(p, text->buf + text->len - p, "\nFrom ", 6))) {
		nr++;
		p++;
	}
	return nr > 10ul * in->s->limits->patches ? check_number(in, nr) : 0;
}

static int add_mails(const struct input *in, const struct strbuf *text)
{
	char *box = xasprintf("%s.mbox", in->stem);
	int ret = check_froms(in, text);

	if (!ret)
		ret = write_text(in, ".mbox", text);
	if (!ret)
		ret = read_mails(in, box);
	free(box);
	return ret;
}

static int add_maildir(const struct input *in)
{
	char *cur = xasprintf("%s/cur", in->file);
	char *path = realpath(in->file, NULL);
	int ret;

	if (path && !access(cur, F_OK))
		ret = read_mails(in, path);
	else
		ret = complain(in, -EINVAL,
			       "is a directory, and no maildir; name the "
			       "patches in it");
	free(path);
	free(cur);
	return ret;
}

static bool is_dir(const char *path)
{
	struct stat st;

	return strcmp(path, "-") && !stat(path, &st) && S_ISDIR(st.st_mode);
}

int input_read(struct scratch *s, const char *file, uint64_t *bytes_left,
	       struct piece_list *pieces)
{
	struct strbuf text = STRBUF_INIT, name = STRBUF_INIT;
	struct input in = { .s = s, .file = file, .pieces = pieces };
	int ret;

	plain_add(&name, strcmp(file, "-") ? file : "standard input");
	in.name = strbuf_detach(&name);
	in.stem = xasprintf("%s/%u", s->in, ++s->nr_inputs);
	if (is_dir(file)) {
		ret = add_maildir(&in);
	} else {
		ret = read_input(&in, bytes_left, &text);
		strip_crs(&text);
		if (!ret)
			ret = is_mail(text.buf) ? add_mails(&in, &text)
						: add_diff(&in, &text);
	}
	strbuf_release(&text);
	free(in.name);
	free(in.stem);
	return ret;
}

void piece_list_release(struct piece_list *pieces)
{
	while (pieces->nr) {
		pieces->nr--;
		free(pieces->list[pieces->nr].path);
		free(pieces->list[pieces->nr].label);
	}
	free(pieces->list);
	memset(pieces, 0, sizeof(*pieces));
}
