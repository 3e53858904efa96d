// SPDX-License-Identifier: GPL-2.0-only
/* Patches that do not apply to the tree, and what is none. */
#include <errno.h>

#include "patch-cases.h"
#include "util/alloc.h"

static const struct patch_case cases[] = {
	/* ---- what does not apply ---- */
	{
		.name = "other lines",
		.patches = {
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"--- a/drivers/a.c\n"
			"+++ b/drivers/a.c\n"
			"@@ -7,3 +7,3 @@\n"
			" a7\n"
			"-other\n"
			"+X\n"
			" a9\n",
		},
		.ret = -ESTALE,
		.expected = "p1: does not apply: drivers/a.c, the hunk at line "
			"7: ",
	},
	{
		.name = "second of a series",
		.patches = {
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
		.ret = -ESTALE,
		.expected = "p2: does not apply: the tree has it already",
	},
	{
		.name = "second mail",
		.patches = {
			"From 0000000000000000000000000000000000000000 Mon "
			"Sep 17 00:00:00 2001\n"
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
			"\n"
			"From 0000000000000000000000000000000000000000 Mon "
			"Sep 17 00:00:00 2001\n"
			"From: J <j@example.org>\n"
			"Date: Sat, 21 Nov 2026 10:00:00 +0000\n"
			"Subject: [PATCH 1/2] again\n"
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
		.ret = -ESTALE,
		.expected = "mail 2 of 2 (\"again\"): does not apply: the tree ha"
			"s it already",
	},
	{
		.name = "reverse",
		.patches = {
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"--- a/drivers/a.c\n"
			"+++ b/drivers/a.c\n"
			"@@ -1,5 +1,5 @@\n"
			" a1\n"
			"-two\n"
			"+a2\n"
			" a3\n"
			" a4\n"
			" a5\n",
		},
		.ret = -ESTALE,
		.expected = "the tree has it already",
	},
	{
		.name = "no such file",
		.patches = {
			"diff --git a/drivers/none.c b/drivers/none.c\n"
			"--- a/drivers/none.c\n"
			"+++ b/drivers/none.c\n"
			"@@ -1,5 +1,5 @@\n"
			" a1\n"
			"-a2\n"
			"+two\n"
			" a3\n"
			" a4\n"
			" a5\n",
		},
		.ret = -ESTALE,
		.expected = "drivers/none.c: No such file",
	},
	{
		.name = "a new file that is there",
		.patches = {
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/drivers/a.c\n"
			"@@ -0,0 +1,1 @@\n"
			"+x\n",
		},
		.ret = -ESTALE,
		.expected = "drivers/a.c: already exists",
	},
	{
		.name = "a file for a directory",
		.patches = {
			"diff --git a/top.c/x.c b/top.c/x.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/top.c/x.c\n"
			"@@ -0,0 +1,1 @@\n"
			"+x\n",
		},
		.ret = -ESTALE,
		.expected = "top.c is no directory",
	},
	{
		.name = "part of a patch",
		.patches = {
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
			"diff --git a/drivers/b.c b/drivers/b.c\n"
			"--- a/drivers/b.c\n"
			"+++ b/drivers/b.c\n"
			"@@ -1,5 +1,5 @@\n"
			" a1\n"
			"-a2\n"
			"+two\n"
			" a3\n"
			" a4\n"
			" a5\n",
		},
		.ret = -ESTALE,
		.expected = "drivers/b.c, the hunk at line 1",
	},
	/* ---- what is no patch ---- */
	{
		.name = "text",
		.patches = {
			"hello\n"
			"world\n",
		},
		.ret = -EINVAL,
		.expected = "is not a patch: there is no diff",
	},
	{
		.name = "a mail without a diff",
		.patches = {
			"From 0000000000000000000000000000000000000000 Mon "
			"Sep 17 00:00:00 2001\n"
			"From: J <j@example.org>\n"
			"Date: Sat, 21 Nov 2026 10:00:00 +0000\n"
			"Subject: [PATCH 0/2] two things\n"
			"\n"
			"A series.\n"
			"\n"
			"J (2):\n"
			"  drivers: two\n"
			"\n"
			" drivers/a.c | 4 ++--\n"
			" 1 file changed\n"
			"\n"
			"-- \n"
			"2.39.5\n"
			"\n",
		},
		.ret = -EINVAL,
		.expected = "(\"two things\"): is not a patch",
	},
	{
		.name = "C",
		.patches = {
			"int main(void)\n"
			"{\n"
			"}\n",
		},
		.ret = -EINVAL,
		.expected = "is not a patch",
	},
	{
		.name = "cut short",
		.patches = {
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"--- a/drivers/a.c\n"
			"+++ b/drivers/a.c\n"
			"@@ -1,5 +1,5 @@\n"
			" a1\n"
			"-a2\n"
			"+two\n"
			" a3\n",
		},
		.ret = -EINVAL,
		.expected = "corrupt patch at ",
	},
	{
		.name = "a hunk of no file",
		.patches = {
			"@@ -1,5 +1,5 @@\n"
			" a1\n"
			"-a2\n"
			"+two\n"
			" a3\n"
			" a4\n"
			" a5\n",
		},
		.ret = -EINVAL,
		.expected = "is not a patch",
	},
};

const struct patch_case_list patch_cases_refused = { cases, ARRAY_SIZE(cases) };
