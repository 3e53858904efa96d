// SPDX-License-Identifier: GPL-2.0-only
/* What no honest patch does. */
#include <errno.h>

#include "patch-cases.h"
#include "util/alloc.h"

static const struct patch_case cases[] = {
	{
		.name = "out of the tree",
		.patches = {
			"diff --git a/../outside/x.c b/../outside/x.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/../outside/x.c\n"
			"@@ -0,0 +1,1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "'../outside/x.c', which leads out of the tree",
	},
	{
		.name = "out and in",
		.patches = {
			"diff --git a/drivers/../../tree/x.c b/drivers/../."
			"./tree/x.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/drivers/../../tree/x.c\n"
			"@@ -0,0 +1,1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "leads out of the tree",
	},
	{
		.name = "from outside",
		.patches = {
			"diff --git a/../outside/secret.c b/s.c\n"
			"similarity index 100%\n"
			"copy from ../outside/secret.c\n"
			"copy to s.c\n",
		},
		.ret = -EINVAL,
		.expected = "'../outside/secret.c', which leads out",
	},
	{
		.name = "absolute",
		.patches = {
			"--- /etc/passwd\n"
			"+++ /etc/passwd\n"
			"@@ -1 +1 @@\n"
			"-x\n"
			"+y\n",
		},
		.ret = -ESTALE,
		.expected = "",
	},
	{
		.name = "absolute behind a/",
		.patches = {
			"diff --git a//etc/x.c b//etc/x.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b//etc/x.c\n"
			"@@ -0,0 +1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "",
	},
	{
		.name = "a part that is a dot",
		.patches = {
			"diff --git a/drivers/./x.c b/drivers/./x.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/drivers/./x.c\n"
			"@@ -0,0 +1,1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "with the part '.'",
	},
	{
		.name = "an empty part",
		.patches = {
			"diff --git a/drivers//x.c b/drivers//x.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/drivers//x.c\n"
			"@@ -0,0 +1,1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "",
	},
	{
		.name = ".git",
		.patches = {
			"diff --git a/.git/config b/.git/config\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/.git/config\n"
			"@@ -0,0 +1,1 @@\n"
			"+[core]\n",
		},
		.ret = -EINVAL,
		.expected = "belongs to git",
	},
	{
		.name = ".GIT below",
		.patches = {
			"diff --git a/drivers/.GIT/hooks/x b/drivers/.GIT/h"
			"ooks/x\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/drivers/.GIT/hooks/x\n"
			"@@ -0,0 +1,1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "belongs to git",
	},
	{
		.name = "a new link",
		.patches = {
			"diff --git a/drivers/l.c b/drivers/l.c\n"
			"new file mode 120000\n"
			"--- /dev/null\n"
			"+++ b/drivers/l.c\n"
			"@@ -0,0 +1,1 @@\n"
			"+/etc/passwd\n",
		},
		.ret = -EINVAL,
		.expected = "symbolic link",
	},
	{
		.name = "a link changed",
		.patches = {
			"diff --git a/drivers/link.c b/drivers/link.c\n"
			"index 1234567..89abcde 120000\n"
			"--- a/drivers/link.c\n"
			"+++ b/drivers/link.c\n"
			"@@ -1 +1 @@\n"
			"-a.c\n"
			"\\ No newline at end of file\n"
			"+b.c\n"
			"\\ No newline at end of file\n",
		},
		.ret = -EINVAL,
		.expected = "drivers/link.c is a symbolic link",
	},
	{
		.name = "a file made a link",
		.patches = {
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"old mode 100644\n"
			"new mode 120000\n",
		},
		.ret = -EINVAL,
		.expected = "symbolic link",
	},
	{
		.name = "a submodule",
		.patches = {
			"diff --git a/sub b/sub\n"
			"new file mode 160000\n"
			"--- /dev/null\n"
			"+++ b/sub\n"
			"@@ -0,0 +1 @@\n"
			"+Subproject commit 1234567890123456789012345678901"
			"234567890\n",
		},
		.ret = -EINVAL,
		.expected = "submodule",
	},
	{
		.name = "through its own link",
		.patches = {
			"diff --git a/esc b/esc\n"
			"new file mode 120000\n"
			"--- /dev/null\n"
			"+++ b/esc\n"
			"@@ -0,0 +1,1 @@\n"
			"+../outside\n"
			"diff --git a/esc/evil.c b/esc/evil.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/esc/evil.c\n"
			"@@ -0,0 +1,1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "symbolic link",
	},
	{
		.name = "a link of the tree",
		.patches = {
			"diff --git a/drivers/link.c b/drivers/link.c\n"
			"--- a/drivers/link.c\n"
			"+++ b/drivers/link.c\n"
			"@@ -1,5 +1,5 @@\n"
			" a1\n"
			"-a2\n"
			"+two\n"
			" a3\n"
			" a4\n"
			" a5\n",
		},
		.ret = -EINVAL,
		.expected = "drivers/link.c is a symbolic link",
	},
	{
		.name = "through a link of the tree",
		.patches = {
			"diff --git a/out/x.c b/out/x.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/out/x.c\n"
			"@@ -0,0 +1,1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "out is a symbolic link",
	},
	{
		.name = "reading through a link",
		.patches = {
			"diff --git a/out/secret.c b/s.c\n"
			"similarity index 100%\n"
			"copy from out/secret.c\n"
			"copy to s.c\n",
		},
		.ret = -EINVAL,
		.expected = "out is a symbolic link",
	},
	{
		.name = "a pipe",
		.patches = {
			"diff --git a/drivers/fifo.c b/drivers/fifo.c\n"
			"--- a/drivers/fifo.c\n"
			"+++ b/drivers/fifo.c\n"
			"@@ -1,5 +1,5 @@\n"
			" a1\n"
			"-a2\n"
			"+two\n"
			" a3\n"
			" a4\n"
			" a5\n",
		},
		.ret = -EINVAL,
		.expected = "drivers/fifo.c is no regular file",
	},
	{
		.name = "a directory",
		.patches = {
			"diff --git a/drivers/dir.c b/drivers/dir.c\n"
			"--- a/drivers/dir.c\n"
			"+++ b/drivers/dir.c\n"
			"@@ -1,5 +1,5 @@\n"
			" a1\n"
			"-a2\n"
			"+two\n"
			" a3\n"
			" a4\n"
			" a5\n",
		},
		.ret = -EINVAL,
		.expected = "drivers/dir.c is a directory",
	},
	{
		.name = "a file made .gitattributes",
		.patches = {
			"diff --git a/drivers/a.c b/drivers/.gitattributes\n"
			"similarity index 100%\n"
			"rename from drivers/a.c\n"
			"rename to drivers/.gitattributes\n",
		},
		.ret = -EINVAL,
		.expected = ".gitattributes",
	},
	{
		.name = "an escape sequence",
		.patches = {
			"diff --git \"a/drivers/\\033[31m.c\" \"b/drivers/\\033["
			"31m.c\"\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ \"b/drivers/\\033[31m.c\"\n"
			"@@ -0,0 +1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "'drivers/\\x1b[31m.c', which holds what is no text",
	},
	{
		.name = "a newline in a name",
		.patches = {
			"diff --git \"a/drivers/x\\ny.c\" \"b/drivers/x\\ny.c\"\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ \"b/drivers/x\\ny.c\"\n"
			"@@ -0,0 +1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "x\\x0ay.c",
	},
	{
		.name = "no UTF-8",
		.patches = {
			"diff --git \"a/drivers/\\377.c\" \"b/drivers/\\377.c\"\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ \"b/drivers/\\377.c\"\n"
			"@@ -0,0 +1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "\\xff.c",
	},
	{
		.name = "writing from right to left",
		.patches = {
			"diff --git \"a/drivers/\\342\\200\\256.c\" \"b/drivers/\\"
			"342\\200\\256.c\"\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ \"b/drivers/\\342\\200\\256.c\"\n"
			"@@ -0,0 +1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "no text",
	},
	{
		.name = "a long name",
		.patches = {
			"diff --git a/" LONG_NAME " b/" LONG_NAME "\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/" LONG_NAME "\n"
			"@@ -0,0 +1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "too long",
	},
	{
		.name = "a long part",
		.patches = {
			"diff --git a/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxx.c b/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxx.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			"xxxxxx.c\n"
			"@@ -0,0 +1,1 @@\n"
			"+x\n",
		},
		.ret = -EINVAL,
		.expected = "too long",
	},
	{
		.name = "an escape sequence in a subject",
		.patches = {
			"From 0000000000000000000000000000000000000000 Mon "
			"Sep 17 00:00:00 2001\n"
			"From: J <j@example.org>\n"
			"Date: Sat, 21 Nov 2026 10:00:00 +0000\n"
			"Subject: [PATCH] \033[31mred \342\200\256\n"
			"\n"
			"Why.\n"
			"\n"
			"Signed-off-by: J <j@example.org>\n"
			"---\n"
			" drivers/a.c | 2 +-\n"
			"\n"
			"diff --git a/drivers/b.c b/drivers/b.c\n"
			"--- a/drivers/b.c\n"
			"+++ b/drivers/b.c\n"
			"@@ -1,2 +1,2 @@\n"
			" nothing\n"
			"-like\n"
			"+this\n"
			"-- \n"
			"2.39.5\n"
			"\n",
		},
		.ret = -ESTALE,
		.expected = "\\x1b[31mred",
	},
};

const struct patch_case_list patch_cases_hostile = { cases, ARRAY_SIZE(cases) };
