/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Patches for the tree of patch-tree.c: tests apply them, and the fuzzer begins
 * with them.
 */
#ifndef PROBEWALK_TESTS_PATCH_CASES_H
#define PROBEWALK_TESTS_PATCH_CASES_H

#include <stddef.h>

struct patch_case {
	const char *name;
	const char *patches[3]; /* files, in order */
	int ret;
	/* The changes, as patch_describe() has them; or part of the message. */
	const char *expected;
	const char *path; /* whose content is looked at, or NULL */
	const char *content;
};

/* A file each: patch-cases-NAME.c */
struct patch_case_list {
	const struct patch_case *cases;
	size_t nr;
};

extern const struct patch_case_list patch_cases_applied, patch_cases_renamed,
	patch_cases_series, patch_cases_mails, patch_cases_refused,
	patch_cases_hostile;

/* All of them in one row. */
size_t nr_patch_cases(void);
/* NULL behind the last. */
const struct patch_case *patch_case(size_t nr);

/* A name of 2,003 bytes. */
#define TEN(s)	  s s s s s s s s s s
#define LONG_NAME TEN(TEN("d/d/d/d/d/d/d/d/d/d/")) "x.c"

#define PATCH_TWO_FILES                                                        \
	"diff --git a/drivers/a.c b/drivers/a.c\n"                             \
	"--- a/drivers/a.c\n"                                                  \
	"+++ b/drivers/a.c\n"                                                  \
	"@@ -1,5 +1,5 @@\n"                                                    \
	" a1\n"                                                                \
	"-a2\n"                                                                \
	"+two\n"                                                               \
	" a3\n"                                                                \
	" a4\n"                                                                \
	" a5\n"                                                                \
	"diff --git a/drivers/b.c b/drivers/b.c\n"                             \
	"--- a/drivers/b.c\n"                                                  \
	"+++ b/drivers/b.c\n"                                                  \
	"@@ -8,4 +8,5 @@\n"                                                    \
	" b8\n"                                                                \
	"-b9\n"                                                                \
	"+nine\n"                                                              \
	"+more\n"                                                              \
	" b10\n"                                                               \
	" b11\n"

#define PATCH_GROWS                                                            \
	"diff --git a/drivers/a.c b/drivers/a.c\n"                             \
	"--- a/drivers/a.c\n"                                                  \
	"+++ b/drivers/a.c\n"                                                  \
	"@@ -1,2 +1,8 @@\n"                                                    \
	" a1\n"                                                                \
	"+gggggggggggggggggggggggggggggggggggggggg\n"                          \
	"+gggggggggggggggggggggggggggggggggggggggg\n"                          \
	"+gggggggggggggggggggggggggggggggggggggggg\n"                          \
	"+gggggggggggggggggggggggggggggggggggggggg\n"                          \
	"+gggggggggggggggggggggggggggggggggggggggg\n"                          \
	"+gggggggggggggggggggggggggggggggggggggggg\n"                          \
	" a2\n"

/* 8 GB, as it says. */
#define PATCH_BOMB                                                             \
	"diff --git a/n.bin b/n.bin\n"                                         \
	"new file mode 100644\n"                                               \
	"index 0000000000000000000000000000000000000000..29"                   \
	"7514c54c349e74993698df810392250be2be38\n"                             \
	"GIT binary patch\n"                                                   \
	"literal 8000000000\n"                                                 \
	"OcmZR`NX^N~=K=r-OadPO\n"                                              \
	"\n"                                                                   \
	"literal 0\n"                                                          \
	"HcmV?d00001\n"                                                        \
	"\n"

#define PATCH_BINARY_NO_DATA                                                   \
	"diff --git a/drivers/a.c b/drivers/a.c\n"                             \
	"--- a/drivers/a.c\n"                                                  \
	"+++ b/drivers/a.c\n"                                                  \
	"@@ -1,5 +1,5 @@\n"                                                    \
	" a1\n"                                                                \
	"-a2\n"                                                                \
	"+two\n"                                                               \
	" a3\n"                                                                \
	" a4\n"                                                                \
	" a5\n"                                                                \
	"diff --git a/drivers/logo.bin b/drivers/logo.bin\n"                   \
	"index 60b91de4e991..38c1e3644a27 100644\n"                            \
	"Binary files a/drivers/logo.bin and b/drivers/logo"                   \
	".bin differ\n"

#define PATCH_SPACES                                                           \
	"diff --git a/drivers/s.c b/drivers/s.c\n"                             \
	"new file mode 100644\n"                                               \
	"--- /dev/null\n"                                                      \
	"+++ b/drivers/s.c\n"                                                  \
	"@@ -0,0 +1,1 @@\n"                                                    \
	"+trailing \n"

#define MAIL_PLAIN                                                             \
	"From 0000000000000000000000000000000000000000 Mon "                   \
	"Sep 17 00:00:00 2001\n"                                               \
	"From: J <j@example.org>\n"                                            \
	"Date: Sat, 21 Nov 2026 10:00:00 +0000\n"                              \
	"Subject: [PATCH 1/2] drivers: two\n"                                  \
	"\n"                                                                   \
	"Why.\n"                                                               \
	"\n"                                                                   \
	"Signed-off-by: J <j@example.org>\n"                                   \
	"---\n"                                                                \
	" drivers/a.c | 2 +-\n"                                                \
	"\n"                                                                   \
	"diff --git a/drivers/a.c b/drivers/a.c\n"                             \
	"--- a/drivers/a.c\n"                                                  \
	"+++ b/drivers/a.c\n"                                                  \
	"@@ -1,5 +1,5 @@\n"                                                    \
	" a1\n"                                                                \
	"-a2\n"                                                                \
	"+two\n"                                                               \
	" a3\n"                                                                \
	" a4\n"                                                                \
	" a5\n"                                                                \
	"-- \n"                                                                \
	"2.39.5\n"                                                             \
	"\n"

#define MAIL_SECOND                                                            \
	"From 0000000000000000000000000000000000000000 Mon "                   \
	"Sep 17 00:00:00 2001\n"                                               \
	"From: J <j@example.org>\n"                                            \
	"Date: Sat, 21 Nov 2026 10:00:00 +0000\n"                              \
	"Subject: [PATCH 2/2] drivers: three\n"                                \
	"\n"                                                                   \
	"Why.\n"                                                               \
	"\n"                                                                   \
	"Signed-off-by: J <j@example.org>\n"                                   \
	"---\n"                                                                \
	" drivers/a.c | 2 +-\n"                                                \
	"\n"                                                                   \
	"diff --git a/drivers/a.c b/drivers/a.c\n"                             \
	"--- a/drivers/a.c\n"                                                  \
	"+++ b/drivers/a.c\n"                                                  \
	"@@ -1,5 +1,5 @@\n"                                                    \
	" a1\n"                                                                \
	" two\n"                                                               \
	"-a3\n"                                                                \
	"+three\n"                                                             \
	" a4\n"                                                                \
	" a5\n"                                                                \
	"-- \n"                                                                \
	"2.39.5\n"                                                             \
	"\n"

#define MBOX_SERIES                                                            \
	"From 0000000000000000000000000000000000000000 Mon "                   \
	"Sep 17 00:00:00 2001\n"                                               \
	"From: J <j@example.org>\n"                                            \
	"Date: Sat, 21 Nov 2026 10:00:00 +0000\n"                              \
	"Subject: [PATCH 0/2] two things\n"                                    \
	"\n"                                                                   \
	"A series.\n"                                                          \
	"\n"                                                                   \
	"J (2):\n"                                                             \
	"  drivers: two\n"                                                     \
	"\n"                                                                   \
	" drivers/a.c | 4 ++--\n"                                              \
	" 1 file changed\n"                                                    \
	"\n"                                                                   \
	"-- \n"                                                                \
	"2.39.5\n"                                                             \
	"\n" MAIL_PLAIN MAIL_SECOND

#endif
