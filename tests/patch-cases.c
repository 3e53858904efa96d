// SPDX-License-Identifier: GPL-2.0-only
/* Patches for the tree of patch-tree.c, good, stale and hostile. */
#include <errno.h>

#include "patch-cases.h"
#include "util/alloc.h"

const struct patch_case patch_cases[] = {
	/* ---- every kind of change ---- */
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
			"@@ -8,4 +8,5 @@\n"
			" b8\n"
			"-b9\n"
			"+nine\n"
			"+more\n"
			" b10\n"
			" b11\n",
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
	/* ---- mails ---- */
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
	/* ---- what no honest patch does ---- */
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

const size_t nr_patch_cases = ARRAY_SIZE(patch_cases);
