# SPDX-License-Identifier: GPL-2.0-only
#
# Targets:
#   build         the program, build/probewalk (default)
#   deps          install what is missing (Debian, Ubuntu); elsewhere name it
#   quickstart    build, scan the bundled snippets, show and write the findings
#   check         all tests but the kernel run; T=NAME for one
#   check-asan    the same under AddressSanitizer and UBSan
#   fuzz          read patches made at random; ROUNDS=, SEED=, FUZZ_SECONDS=
#   check-kernel  scan parts of the distribution's linux-source-6.12
#   check-gate-kernel  patches of that tree before the gate
#   bench         CPU seconds and memory as ratios against clang -fsyntax-only
#   bench-tree    the same for whole trees, arm64 and x86_64: an hour
#   format        clang-format over src/ and tests/
#   install       DESTDIR and PREFIX as usual
#   clean         remove what was built
#
# Switches:
#   V=1                         show commands
#   O=DIR                       build in DIR instead of build/
#   CC=clang                    another compiler
#   LLVM_CONFIG=llvm-config-19  another libclang
#   SANITIZE=address,undefined
#   WERROR=1                    warnings are errors

O ?= build
ifeq ($(origin CC),default)
CC := $(if $(shell command -v gcc),gcc,clang)
endif
LLVM_CONFIG ?= llvm-config
PKG_CONFIG ?= pkg-config
PREFIX ?= /usr/local
CFLAGS ?= -O2 -g
V ?= 0

Q := $(if $(filter 1,$(V)),,@)
say = $(if $(filter 1,$(V)),,@printf '  %-7s %s\n' '$(1)' '$(2)';)

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:

# These work before any package is there; what they need built, a second make
# does once the packages are.
OUTER := deps quickstart check check-asan fuzz check-kernel check-gate-kernel \
	bench bench-tree format \
	clean help
ifneq ($(filter-out $(OUTER),$(or $(MAKECMDGOALS),build)),)
LLVM_INC := $(shell $(LLVM_CONFIG) --includedir 2>/dev/null)
LLVM_LIB := $(shell $(LLVM_CONFIG) --libdir 2>/dev/null)
LLVM_VER := $(firstword $(subst ., ,$(shell $(LLVM_CONFIG) --version 2>/dev/null)))
ifeq ($(LLVM_LIB),)
$(error $(LLVM_CONFIG) was not found: run "make deps", or name one with LLVM_CONFIG=)
endif
# Debian calls it libclang-14.so and has libclang.so only in some versions.
CLANG_LIB := $(if $(wildcard $(LLVM_LIB)/libclang.so),-lclang,-lclang-$(LLVM_VER))
LIB_CFLAGS := $(shell $(PKG_CONFIG) --cflags sqlite3 jansson)
LIBS := -L$(LLVM_LIB) -Wl,-rpath,$(LLVM_LIB) $(CLANG_LIB) \
	$(shell $(PKG_CONFIG) --libs sqlite3 jansson) -pthread
endif

VERSION := $(shell cat VERSION)
SAN := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer \
	-fno-sanitize-recover=all)
# A row of a table names the members that matter to it.
ALL_CFLAGS = -std=gnu11 -Wall -Wextra -Wmissing-prototypes \
	-Wstrict-prototypes -Wno-missing-field-initializers $(if $(WERROR),-Werror) -D_GNU_SOURCE \
	-DPROBEWALK_VERSION='"$(VERSION)"' \
	-DPROBEWALK_DATADIR='"$(PREFIX)/share/probewalk"' \
	-Isrc -I$(O)/gen -isystem $(LLVM_INC) $(LIB_CFLAGS) $(SAN) $(CFLAGS)

SRCS := $(sort $(wildcard src/*.c src/*/*.c))
OBJS := $(SRCS:%.c=$(O)/%.o)
LIB_OBJS := $(filter-out $(O)/src/main.o,$(OBJS))
TESTS := $(patsubst tests/%.c,$(O)/tests/%,$(sort $(wildcard tests/test-*.c)))

comma := ,

build: $(O)/probewalk
tests: build $(TESTS) $(O)/tests/run-snippets $(O)/tests/dump-graph

$(O)/probewalk: $(OBJS)
	$(call say,LD,$@)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LIBS)

$(O)/%.o: %.c
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The schema is built in as a C string, comments and all.
$(O)/gen/schema.sql.h: src/callgraph/schema.sql
	$(call say,GEN,$@)mkdir -p $(@D) && \
		sed -e 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$$/\\n"/' $< > $@
$(O)/src/callgraph/store-open.o $(O)/src/callgraph/store.o: $(O)/gen/schema.sql.h

# It judges the program from outside, so it shares only the lowest room with it.
UTIL_OBJS := $(filter $(O)/src/util/%,$(OBJS))
$(O)/tests/run-snippets: $(O)/tests/run-snippets.o $(O)/tests/snippet.o \
		$(O)/tests/snippet-report.o $(UTIL_OBJS)
	$(call say,LD,$@)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LIBS)

PATCH_CASES := $(patsubst %.c,$(O)/%.o,$(sort $(wildcard tests/patch-cases*.c)))
$(O)/tests/fuzz-patch: $(O)/tests/fuzz-patch.o $(O)/tests/patch-tree.o \
		$(PATCH_CASES) $(LIB_OBJS)
	$(call say,LD,$@)$(CC) $(SAN) $(FUZZ_LINK) $(LDFLAGS) -o $@ $^ $(LIBS)
ifneq ($(FUZZER),)
$(O)/tests/fuzz-patch: FUZZ_LINK = -fsanitize=fuzzer
$(O)/tests/fuzz-patch.o: CFLAGS += -DWITH_LIBFUZZER
endif

PATCH_TESTS := test-patch test-patch-input test-patch-range
$(PATCH_TESTS:%=$(O)/tests/%): $(O)/tests/patch-run.o $(O)/tests/patch-tree.o
$(O)/tests/test-patch $(O)/tests/test-patch-input: $(PATCH_CASES)
$(O)/tests/test-baseline $(O)/tests/test-watch: $(O)/tests/small-tree.o
INDEX_TESTS := test-args-kept test-index test-index-borrow test-index-commands \
	test-index-kept test-index-stale test-kept-damage test-kept-store
$(INDEX_TESTS:%=$(O)/tests/%): $(O)/tests/small-tree.o $(O)/tests/index-run.o
KEPT_TESTS := test-index-kept test-kept-damage test-kept-store
$(KEPT_TESTS:%=$(O)/tests/%): $(O)/tests/kept-run.o
COMPDB_TESTS := test-compdb test-compdb-pack
$(COMPDB_TESTS:%=$(O)/tests/%): $(O)/tests/small-tree.o $(O)/tests/compdb-text.o
REPORT_TESTS := test-report test-report-json
$(REPORT_TESTS:%=$(O)/tests/%): $(O)/tests/report-by-hand.o
GATE_TESTS := test-gate test-gate-format test-gate-place
$(GATE_TESTS:%=$(O)/tests/%): $(O)/tests/gate-world.o
GATE_TREE_TESTS := test-gate-analyse test-gate-commands test-gate-state
$(GATE_TREE_TESTS:%=$(O)/tests/%): $(O)/tests/small-tree.o $(O)/tests/gate-tree.o
KBUILD_TESTS := test-kbuild test-kbuild-tools
$(KBUILD_TESTS:%=$(O)/tests/%): $(O)/tests/kbuild-tree.o
STORE_TESTS := test-store test-store-few test-store-units
$(STORE_TESTS:%=$(O)/tests/%): $(O)/tests/store-units.o
CONFIG_TESTS := test-member test-standin
$(CONFIG_TESTS:%=$(O)/tests/%): $(O)/tests/two-configs.o
DAMAGE_TESTS := test-store-errors test-store-failures
$(DAMAGE_TESTS:%=$(O)/tests/%): $(O)/tests/store-damage.o
WALK_TESTS := test-given test-resolve test-walk test-walk-paths \
	test-walk-rule
$(WALK_TESTS:%=$(O)/tests/%): $(O)/tests/walk-world.o
VISIT_TESTS := test-visit test-visit-flow test-visit-value
$(VISIT_TESTS:%=$(O)/tests/%): $(O)/tests/visit-rows.o
PREFIX_TESTS := test-prefix test-prefix-fit
$(PREFIX_TESTS:%=$(O)/tests/%): $(O)/tests/small-tree.o \
		$(O)/tests/prefix-group.o

$(O)/tests/%: $(O)/tests/%.o $(LIB_OBJS)
	$(call say,LD,$@)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

-include $(OBJS:.o=.d) $(wildcard $(O)/tests/*.d)
.SECONDARY:

# $(MAKE) again, so that what "deps" installed is seen.
AGAIN = +$(Q)$(MAKE) --no-print-directory

deps:
	$(Q)scripts/deps build check kernel

quickstart:
	$(Q)scripts/deps build
	$(AGAIN) build
	$(Q)scripts/quickstart $(O)/probewalk

check:
	$(Q)scripts/deps build check
	$(Q)scripts/sarif-schema $(O)
	$(AGAIN) tests
	$(Q)tests/run $(O) $(T)

check-asan:
	$(Q)scripts/deps build check
	$(Q)scripts/sarif-schema $(O)/asan
	$(AGAIN) tests O=$(O)/asan SANITIZE=address,undefined
	$(Q)tests/run $(O)/asan $(T)

FUZZ_O = $(O)/$(if $(FUZZER),libfuzzer,asan)
# libFuzzer instead of the driver in the file: make fuzz CC=clang FUZZER=1
fuzz:
	$(Q)scripts/deps build check
	$(AGAIN) $(FUZZ_O)/tests/fuzz-patch O=$(FUZZ_O) \
		SANITIZE=address,undefined$(if $(FUZZER),$(comma)fuzzer-no-link)
	$(Q)tests/fuzz $(FUZZ_O)/tests/fuzz-patch

check-kernel:
	$(Q)scripts/deps build check kernel
	$(AGAIN) build
	$(Q)tests/check-kernel $(O)/probewalk

check-gate-kernel:
	$(Q)scripts/deps build check kernel
	$(AGAIN) build
	$(Q)tests/check-gate-kernel $(O)/probewalk

bench:
	$(Q)scripts/deps build kernel
	$(AGAIN) build
	$(Q)tests/bench $(O)/probewalk

bench-tree:
	$(Q)scripts/deps build kernel
	$(AGAIN) build
	$(Q)tests/bench-tree $(O)/probewalk

format:
	clang-format -i src/*.[ch] src/*/*.[ch] tests/*.[ch]

install: build
	install -D -m 755 $(O)/probewalk $(DESTDIR)$(PREFIX)/bin/probewalk
	install -d $(DESTDIR)$(PREFIX)/share/probewalk/rules.d
	install -m 644 rules.d/*.json $(DESTDIR)$(PREFIX)/share/probewalk/rules.d
	install -D -m 644 reports/findings.schema.json \
		$(DESTDIR)$(PREFIX)/share/probewalk/findings.schema.json
	install -m 644 reports/gate.schema.json reports/explain.schema.json \
		reports/baseline.schema.json \
		$(DESTDIR)$(PREFIX)/share/probewalk

clean:
	rm -rf $(O)

help:
	@sed -n '3,/^$$/s/^# \{0,1\}//p' Makefile

.PHONY: build tests deps quickstart check check-asan fuzz check-kernel \
	check-gate-kernel bench bench-tree \
	format install clean help
