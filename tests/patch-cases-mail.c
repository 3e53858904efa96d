// SPDX-License-Identifier: GPL-2.0-only
/* Patches as they come by mail. */
#include "patch-cases.h"
#include "util/alloc.h"

static const struct patch_case cases[] = {
	{
		.name = "mail",
		.patches = {
			MAIL_PLAIN,
		},
		.expected = "M drivers/a.c 2+1\n",
	},
	{
		.name = "mail with CR LF",
		.patches = {
			"From 0000000000000000000000000000000000000000 Mon "
			"Sep 17 00:00:00 2001\r\n"
			"From: J <j@example.org>\r\n"
			"Date: Sat, 21 Nov 2026 10:00:00 +0000\r\n"
			"Subject: [PATCH 1/2] drivers: two\r\n"
			"\r\n"
			"Why.\r\n"
			"\r\n"
			"Signed-off-by: J <j@example.org>\r\n"
			"---\r\n"
			" drivers/a.c | 2 +-\r\n"
			"\r\n"
			"diff --git a/drivers/a.c b/drivers/a.c\r\n"
			"--- a/drivers/a.c\r\n"
			"+++ b/drivers/a.c\r\n"
			"@@ -1,5 +1,5 @@\r\n"
			" a1\r\n"
			"-a2\r\n"
			"+two\r\n"
			" a3\r\n"
			" a4\r\n"
			" a5\r\n"
			"-- \r\n"
			"2.39.5\r\n"
			"\r\n",
		},
		.expected = "M drivers/a.c 2+1\n",
	},
	{
		.name = "mail about a file with CR LF",
		.patches = {
			"From 0000000000000000000000000000000000000000 Mon "
			"Sep 17 00:00:00 2001\n"
			"From: J <j@example.org>\n"
			"Date: Sat, 21 Nov 2026 10:00:00 +0000\n"
			"Subject: [PATCH] crlf\n"
			"\n"
			"Why.\n"
			"\n"
			"Signed-off-by: J <j@example.org>\n"
			"---\n"
			" drivers/a.c | 2 +-\n"
			"\n"
			"diff --git a/drivers/crlf.c b/drivers/crlf.c\n"
			"--- a/drivers/crlf.c\n"
			"+++ b/drivers/crlf.c\n"
			"@@ -1,3 +1,3 @@\n"
			" c1\r\n"
			"-c2\r\n"
			"+C\r\n"
			" c3\r\n"
			"-- \n"
			"2.39.5\n"
			"\n",
		},
		.expected = "M drivers/crlf.c 2+1\n",
	},
	{
		.name = "mail without a From line",
		.patches = {
			"From: J <j@example.org>\n"
			"Date: Sat, 21 Nov 2026 10:00:00 +0000\n"
			"Subject: [PATCH 1/2] drivers: two\n"
			"\n"
			"Why.\n"
			"\n"
			"Signed-off-by: J <j@example.org>\n"
			"---\n"
			" drivers/a.c | 2 +-\n"
			"\n"
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"--- a/drivers/a.c\n"
			"+++ b/drivers/a.c\n"
			"@@ -1,5 +1,5 @@\n"
			" a1\n"
			"-a2\n"
			"+two\n"
			" a3\n"
			" a4\n"
			" a5\n"
			"-- \n"
			"2.39.5\n"
			"\n",
		},
		.expected = "M drivers/a.c 2+1\n",
	},
	{
		.name = "mbox with a cover letter",
		.patches = {
			MBOX_SERIES,
		},
		.expected = "M drivers/a.c 2+2\n",
	},
	{
		.name = "base64",
		.patches = {
			"From: J <j@example.org>\n"
			"Subject: [PATCH] drivers: two\n"
			"MIME-Version: 1.0\n"
			"Content-Type: text/plain; charset=UTF-8\n"
			"Content-Transfer-Encoding: base64\n"
			"\n"
			"V2h5LgotLS0KCmRpZmYgLS1naXQgYS9kcml2ZXJzL2EuYyBiL2"
			"RyaXZlcnMvYS5jCi0tLSBh\n"
			"L2RyaXZlcnMvYS5jCisrKyBiL2RyaXZlcnMvYS5jCkBAIC0xLD"
			"UgKzEsNSBAQAogYTEKLWEy\n"
			"Cit0d28KIGEzCiBhNAogYTUK\n",
		},
		.expected = "M drivers/a.c 2+1\n",
	},
	{
		.name = "base64 of CR LF",
		.patches = {
			"From: J <j@example.org>\n"
			"Subject: [PATCH] drivers: two\n"
			"MIME-Version: 1.0\n"
			"Content-Type: text/plain; charset=UTF-8\n"
			"Content-Transfer-Encoding: base64\n"
			"\n"
			"V2h5Lg0KLS0tDQoNCmRpZmYgLS1naXQgYS9kcml2ZXJzL2EuYy"
			"BiL2RyaXZlcnMvYS5jDQot\n"
			"LS0gYS9kcml2ZXJzL2EuYw0KKysrIGIvZHJpdmVycy9hLmMNCk"
			"BAIC0xLDUgKzEsNSBAQA0K\n"
			"IGExDQotYTINCit0d28NCiBhMw0KIGE0DQogYTUNCg==\n",
		},
		.expected = "M drivers/a.c 2+1\n",
	},
	{
		.name = "quoted-printable",
		.patches = {
			"From: J <j@example.org>\n"
			"Subject: [PATCH] drivers: two\n"
			"MIME-Version: 1.0\n"
			"Content-Type: text/plain; charset=UTF-8\n"
			"Content-Transfer-Encoding: quoted-printable\n"
			"\n"
			"Why.\n"
			"---\n"
			"\n"
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"--- a/drivers/a.c\n"
			"+++ b/drivers/a.c\n"
			"@@ -1,5 +1,5 @@\n"
			" a1\n"
			"-a2\n"
			"+x =3D 2; /* =C3=A4 */\n"
			" a3\n"
			" a4\n"
			" a5\n",
		},
		.expected = "M drivers/a.c 2+1\n",
		.path = "drivers/a.c",
		.content = "a1\n"
			"x = 2; /* \303\244 */\n"
			"a3\n"
			"a4\n"
			"a5\n"
			"a6\n"
			"a7\n"
			"a8\n"
			"a9\n"
			"a10\n"
			"a11\n"
			"a12\n",
	},
	{
		.name = "commit as git show prints it",
		.patches = {
			"commit 0123456789\n"
			"Author: J <j@example.org>\n"
			"Date:   now\n"
			"\n"
			"    drivers: two\n"
			"\n"
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"--- a/drivers/a.c\n"
			"+++ b/drivers/a.c\n"
			"@@ -1,5 +1,5 @@\n"
			" a1\n"
			"-a2\n"
			"+two\n"
			" a3\n"
			" a4\n"
			" a5\n",
		},
		.expected = "M drivers/a.c 2+1\n",
	},
	{
		.name = "with an offset",
		.patches = {
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"--- a/drivers/a.c\n"
			"+++ b/drivers/a.c\n"
			"@@ -5,3 +5,3 @@\n"
			" a9\n"
			"-a10\n"
			"+X\n"
			" a11\n",
		},
		.expected = "M drivers/a.c 10+1\n",
	},
};

const struct patch_case_list patch_cases_mails = { cases, ARRAY_SIZE(cases) };
