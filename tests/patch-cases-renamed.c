// SPDX-License-Identifier: GPL-2.0-only
/* Patches that rename files and copy them. */
#include "patch-cases.h"
#include "util/alloc.h"

static const struct patch_case cases[] = {
	{
		.name = "renamed",
		.patches = {
			"diff --git a/drivers/b.c b/drivers/moved.c\n"
			"similarity index 100%\n"
			"rename from drivers/b.c\n"
			"rename to drivers/moved.c\n",
		},
		.expected = "R drivers/b.c -> drivers/moved.c\n",
	},
	{
		.name = "renamed and edited",
		.patches = {
			"diff --git a/drivers/b.c b/sound/new/moved.c\n"
			"similarity index 80%\n"
			"rename from drivers/b.c\n"
			"rename to sound/new/moved.c\n"
			"--- a/drivers/b.c\n"
			"+++ b/sound/new/moved.c\n"
			"@@ -1,4 +1,4 @@\n"
			"-b1\n"
			"+one\n"
			" b2\n"
			" b3\n"
			" b4\n",
		},
		.expected = "R drivers/b.c -> sound/new/moved.c 1+1\n",
	},
	{
		.name = "renamed with little in common",
		.patches = {
			"diff --git a/top.c b/sound/far.c\n"
			"similarity index 10%\n"
			"rename from top.c\n"
			"rename to sound/far.c\n"
			"--- a/top.c\n"
			"+++ b/sound/far.c\n"
			"@@ -1,3 +1,4 @@\n"
			"-t1\n"
			"-t2\n"
			"+x1\n"
			"+x2\n"
			"+x3\n"
			" t3\n",
		},
		.expected = "R top.c -> sound/far.c 1+3\n",
	},
	{
		.name = "renamed without saying so",
		.patches = {
			"diff --git a/drivers/b.c b/drivers/b.c\n"
			"deleted file mode 100644\n"
			"--- a/drivers/b.c\n"
			"+++ /dev/null\n"
			"@@ -1,12 +0,0 @@\n"
			"-b1\n"
			"-b2\n"
			"-b3\n"
			"-b4\n"
			"-b5\n"
			"-b6\n"
			"-b7\n"
			"-b8\n"
			"-b9\n"
			"-b10\n"
			"-b11\n"
			"-b12\n"
			"diff --git a/drivers/c/d.c b/drivers/c/d.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/drivers/c/d.c\n"
			"@@ -0,0 +1,12 @@\n"
			"+b1\n"
			"+b2\n"
			"+b3\n"
			"+b4\n"
			"+b5\n"
			"+b6\n"
			"+b7\n"
			"+b8\n"
			"+b9\n"
			"+b10\n"
			"+b11\n"
			"+last\n",
		},
		.expected = "R drivers/b.c -> drivers/c/d.c 12+1\n",
	},
	{
		.name = "copied",
		.patches = {
			"diff --git a/drivers/b.c b/drivers/copy.c\n"
			"similarity index 100%\n"
			"copy from drivers/b.c\n"
			"copy to drivers/copy.c\n",
		},
		.expected = "A drivers/copy.c 1+12\n",
	},
	{
		.name = "copied, then the first deleted",
		.patches = {
			"diff --git a/drivers/b.c b/drivers/copy.c\n"
			"similarity index 100%\n"
			"copy from drivers/b.c\n"
			"copy to drivers/copy.c\n",
			"diff --git a/drivers/b.c b/drivers/b.c\n"
			"deleted file mode 100644\n"
			"--- a/drivers/b.c\n"
			"+++ /dev/null\n"
			"@@ -1,12 +0,0 @@\n"
			"-b1\n"
			"-b2\n"
			"-b3\n"
			"-b4\n"
			"-b5\n"
			"-b6\n"
			"-b7\n"
			"-b8\n"
			"-b9\n"
			"-b10\n"
			"-b11\n"
			"-b12\n",
		},
		.expected = "R drivers/b.c -> drivers/copy.c\n",
	},
	{
		.name = "renamed twice",
		.patches = {
			"diff --git a/drivers/b.c b/drivers/moved.c\n"
			"similarity index 100%\n"
			"rename from drivers/b.c\n"
			"rename to drivers/moved.c\n",
			"diff --git a/drivers/moved.c b/drivers/again.c\n"
			"similarity index 100%\n"
			"rename from drivers/moved.c\n"
			"rename to drivers/again.c\n",
		},
		.expected = "R drivers/b.c -> drivers/again.c\n",
	},
	{
		.name = "renamed there and back",
		.patches = {
			"diff --git a/drivers/b.c b/drivers/moved.c\n"
			"similarity index 100%\n"
			"rename from drivers/b.c\n"
			"rename to drivers/moved.c\n",
			"diff --git a/drivers/moved.c b/drivers/b.c\n"
			"similarity index 100%\n"
			"rename from drivers/moved.c\n"
			"rename to drivers/b.c\n",
		},
		.expected = "",
	},
};

const struct patch_case_list patch_cases_renamed = { cases, ARRAY_SIZE(cases) };
