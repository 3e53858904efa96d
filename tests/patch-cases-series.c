// SPDX-License-Identifier: GPL-2.0-only
/* Several patches, each for what the one before it leaves. */
#include "patch-cases.h"
#include "util/alloc.h"

static const struct patch_case cases[] = {
	{
		.name = "series of files",
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
			" two\n"
			"-a3\n"
			"+three\n"
			" a4\n"
			" a5\n",
		},
		.expected = "M drivers/a.c 2+2\n",
	},
	{
		.name = "series in one file",
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
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"--- a/drivers/a.c\n"
			"+++ b/drivers/a.c\n"
			"@@ -1,5 +1,5 @@\n"
			" a1\n"
			" two\n"
			"-a3\n"
			"+three\n"
			" a4\n"
			" a5\n",
		},
		.expected = "M drivers/a.c 2+2\n",
	},
	{
		.name = "there and back",
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
			"-two\n"
			"+a2\n"
			" a3\n"
			" a4\n"
			" a5\n",
		},
		.expected = "",
	},
	{
		.name = "added and deleted",
		.patches = {
			"diff --git a/n.c b/n.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/n.c\n"
			"@@ -0,0 +1,1 @@\n"
			"+x\n",
			"diff --git a/n.c b/n.c\n"
			"deleted file mode 100644\n"
			"--- a/n.c\n"
			"+++ /dev/null\n"
			"@@ -1,1 +0,0 @@\n"
			"-x\n",
		},
		.expected = "",
	},
	{
		.name = "deleted and put back",
		.patches = {
			"diff --git a/top.c b/top.c\n"
			"deleted file mode 100644\n"
			"--- a/top.c\n"
			"+++ /dev/null\n"
			"@@ -1,3 +0,0 @@\n"
			"-t1\n"
			"-t2\n"
			"-t3\n",
			"diff --git a/top.c b/top.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/top.c\n"
			"@@ -0,0 +1,3 @@\n"
			"+t1\n"
			"+t2\n"
			"+t3\n",
		},
		.expected = "",
	},
	{
		.name = "a new file edited",
		.patches = {
			"diff --git a/n.c b/n.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/n.c\n"
			"@@ -0,0 +1,2 @@\n"
			"+x\n"
			"+y\n",
			"diff --git a/n.c b/n.c\n"
			"--- a/n.c\n"
			"+++ b/n.c\n"
			"@@ -1,2 +1,2 @@\n"
			" x\n"
			"-y\n"
			"+z\n",
		},
		.expected = "A n.c 1+2\n",
		.path = "n.c",
		.content = "x\n"
			"z\n",
	},
};

const struct patch_case_list patch_cases_series = { cases, ARRAY_SIZE(cases) };
