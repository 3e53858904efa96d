// SPDX-License-Identifier: GPL-2.0-only
/* Patches that apply: every kind of change to a file but its name. */
#include "patch-cases.h"
#include "util/alloc.h"

static const struct patch_case cases[] = {
	{
		.name = "edited",
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
		},
		.expected = "M drivers/a.c 2+1\n",
		.path = "drivers/a.c",
		.content = "a1\n"
			"two\n"
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
		.name = "two files",
		.patches = {
			PATCH_TWO_FILES,
		},
		.expected = "M drivers/a.c 2+1\n"
			"M drivers/b.c 9+2\n",
	},
	{
		.name = "two hunks",
		.patches = {
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"--- a/drivers/a.c\n"
			"+++ b/drivers/a.c\n"
			"@@ -1,3 +1,4 @@\n"
			" a1\n"
			"+x\n"
			" a2\n"
			" a3\n"
			"@@ -9,4 +10,4 @@\n"
			" a9\n"
			"-a10\n"
			"+X\n"
			" a11\n"
			" a12\n",
		},
		.expected = "M drivers/a.c 2+1 11+1\n",
	},
	{
		.name = "lines deleted",
		.patches = {
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"--- a/drivers/a.c\n"
			"+++ b/drivers/a.c\n"
			"@@ -3,5 +3,2 @@\n"
			" a3\n"
			"-a4\n"
			"-a5\n"
			"-a6\n"
			" a7\n",
		},
		.expected = "M drivers/a.c 3+0\n",
	},
	{
		.name = "without git's header",
		.patches = {
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
		.name = "new file in a new directory",
		.patches = {
			"diff --git a/sound/x/y.c b/sound/x/y.c\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/sound/x/y.c\n"
			"@@ -0,0 +1,2 @@\n"
			"+one\n"
			"+two\n",
		},
		.expected = "A sound/x/y.c 1+2\n",
		.path = "sound/x/y.c",
		.content = "one\n"
			"two\n",
	},
	{
		.name = "new empty file",
		.patches = {
			"diff --git a/e.h b/e.h\n"
			"new file mode 100644\n"
			"index 000000000000..e69de29bb2d1\n",
		},
		.expected = "A e.h\n",
		.path = "e.h",
		.content = "",
	},
	{
		.name = "deleted",
		.patches = {
			"diff --git a/top.c b/top.c\n"
			"deleted file mode 100644\n"
			"--- a/top.c\n"
			"+++ /dev/null\n"
			"@@ -1,3 +0,0 @@\n"
			"-t1\n"
			"-t2\n"
			"-t3\n",
		},
		.expected = "D top.c\n",
	},
	{
		.name = "a mode is no change",
		.patches = {
			"diff --git a/drivers/a.c b/drivers/a.c\n"
			"old mode 100644\n"
			"new mode 100755\n",
		},
		.expected = "",
	},
	{
		.name = "a mode of a new file",
		.patches = {
			"diff --git a/s.sh b/s.sh\n"
			"new file mode 100755\n"
			"--- /dev/null\n"
			"+++ b/s.sh\n"
			"@@ -0,0 +1,1 @@\n"
			"+x\n",
		},
		.expected = "A s.sh 1+1\n",
	},
	{
		.name = "without a/ and b/",
		.patches = {
			"--- drivers/a.c\n"
			"+++ drivers/a.c\n"
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
		.name = "--no-prefix",
		.patches = {
			"diff --git drivers/a.c drivers/a.c\n"
			"--- drivers/a.c\n"
			"+++ drivers/a.c\n"
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
		.name = "CR LF in a file",
		.patches = {
			"diff --git a/drivers/crlf.c b/drivers/crlf.c\n"
			"--- a/drivers/crlf.c\n"
			"+++ b/drivers/crlf.c\n"
			"@@ -1,3 +1,3 @@\n"
			" c1\r\n"
			"-c2\r\n"
			"+C\r\n"
			" c3\r\n",
		},
		.expected = "M drivers/crlf.c 2+1\n",
		.path = "drivers/crlf.c",
		.content = "c1\r\n"
			"C\r\n"
			"c3\r\n"
			"c4\r\n"
			"c5\r\n",
	},
	{
		.name = "CR LF of the whole patch",
		.patches = {
			"diff --git a/drivers/a.c b/drivers/a.c\r\n"
			"--- a/drivers/a.c\r\n"
			"+++ b/drivers/a.c\r\n"
			"@@ -1,5 +1,5 @@\r\n"
			" a1\r\n"
			"-a2\r\n"
			"+two\r\n"
			" a3\r\n"
			" a4\r\n"
			" a5\r\n",
		},
		.expected = "M drivers/a.c 2+1\n",
	},
	{
		.name = "no newline at the end",
		.patches = {
			"diff --git a/drivers/noeol.c b/drivers/noeol.c\n"
			"--- a/drivers/noeol.c\n"
			"+++ b/drivers/noeol.c\n"
			"@@ -1,3 +1,3 @@\n"
			" n1\n"
			" n2\n"
			"-n3\n"
			"\\ No newline at end of file\n"
			"+N3\n"
			"\\ No newline at end of file\n",
		},
		.expected = "M drivers/noeol.c 3+1\n",
		.path = "drivers/noeol.c",
		.content = "n1\n"
			"n2\n"
			"N3",
	},
	{
		.name = "binary",
		.patches = {
			"diff --git a/drivers/logo.bin b/drivers/logo.bin\n"
			"index 60b91de4e9918f81ec331f1d51603cb08e5fcf08..38"
			"c1e3644a27177b1b184f051c7c633c12a7bc71 100644\n"
			"GIT binary patch\n"
			"literal 6\n"
			"NcmeZcaAgSR0ssT10QCR>\n"
			"\n"
			"literal 6\n"
			"NcmZ=_@MQ4g0ssSC0OSAw\n"
			"\n",
		},
		.expected = "M drivers/logo.bin 1+1\n",
	},
	{
		.name = "binary without contents",
		.patches = {
			"diff --git a/drivers/logo.bin b/drivers/logo.bin\n"
			"index 60b91de4e991..38c1e3644a27 100644\n"
			"Binary files a/drivers/logo.bin and b/drivers/logo"
			".bin differ\n",
		},
		.expected = "",
	},
	{
		.name = ".gitattributes has no say",
		.patches = {
			"diff --git a/.gitattributes b/.gitattributes\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ b/.gitattributes\n"
			"@@ -0,0 +1,1 @@\n"
			"+*.c filter=evil text eol=crlf\n",
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
		.path = "drivers/a.c",
		.content = "a1\n"
			"two\n"
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
		.name = "a quoted name",
		.patches = {
			"diff --git \"a/drivers/\\303\\244.c\" \"b/drivers/\\303\\"
			"244.c\"\n"
			"new file mode 100644\n"
			"--- /dev/null\n"
			"+++ \"b/drivers/\\303\\244.c\"\n"
			"@@ -0,0 +1 @@\n"
			"+x\n",
		},
		.expected = "A drivers/\303\244.c 1+1\n",
	},
};

const struct patch_case_list patch_cases_applied = { cases, ARRAY_SIZE(cases) };
