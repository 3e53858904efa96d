# SPDX-License-Identifier: GPL-2.0-only
#
# Targets:
#   build         the program, build/probewalk (default)
#   deps          install missing packages (Debian, Ubuntu); else name them
#   quickstart    build, scan the bundled snippets, show what was found
#   check         all tests but the kernel run; T=NAME for one
#   check-asan    the same under AddressSanitizer and UBSan
#   check-kernel  scan parts of the distribution's linux-source-6.12
#   bench         speed and memory as ratios against clang -fsyntax-only
#   format        clang-format over src/ and tests/
#   install       DESTDIR and PREFIX as usual
#
# Switches:
#   V=1                       show commands
#   O=DIR                     build in DIR instead of build/
#   CC=clang                  another compiler
#   LLVM_CONFIG=llvm-config-19  another libclang
#   SANITIZE=address,undefined
#   WERROR=1                  warnings are errors

O ?= build
CC ?= gcc
LLVM_CONFIG ?= llvm-config
PKG_CONFIG ?= pkg-config
PREFIX ?= /usr/local
V ?= 0
CFLAGS ?= -O2 -g

Q := $(if $(filter 1,$(V)),,@)
say = $(if $(filter 1,$(V)),,@printf '  %-7s %s\n' '$(1)' '$(2)';)

.DEFAULT_GOAL := build

# "make deps" and friends must work before any package is there.
NO_PROBE := deps format clean help
ifneq ($(filter-out $(NO_PROBE),$(or $(MAKECMDGOALS),build)),)
LLVM_INC := $(shell $(LLVM_CONFIG) --includedir 2>/dev/null)
LLVM_LIB := $(shell $(LLVM_CONFIG) --libdir 2>/dev/null)
LLVM_VER := $(firstword $(subst ., ,$(shell $(LLVM_CONFIG) --version 2>/dev/null)))
# Debian has libclang-14.so and libclang.so in the versioned directory.
CLANG_LIB := $(if $(wildcard $(LLVM_LIB)/libclang.so),-lclang,-lclang-$(LLVM_VER))
LIB_CFLAGS := $(shell $(PKG_CONFIG) --cflags sqlite3 jansson 2>/dev/null)
LIBS := -L$(LLVM_LIB) -Wl,-rpath,$(LLVM_LIB) $(CLANG_LIB) \
	$(shell $(PKG_CONFIG) --libs sqlite3 jansson 2>/dev/null)
endif

VERSION := $(shell cat VERSION)
SAN := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fno-sanitize-recover=all)
ALL_CFLAGS := -std=gnu11 -Wall -Wextra -Wmissing-prototypes -Wstrict-prototypes \
	$(if $(WERROR),-Werror) -D_GNU_SOURCE -DPROBEWALK_VERSION='"$(VERSION)"' \
	-DPROBEWALK_DATADIR='"$(PREFIX)/share/probewalk"' \
	-Isrc -I$(O)/gen -isystem $(LLVM_INC) $(LIB_CFLAGS) $(SAN) $(CFLAGS)

SRCS := $(sort $(wildcard src/*.c src/*/*.c))
OBJS := $(SRCS:%.c=$(O)/%.o)
LIB_OBJS := $(filter-out $(O)/src/main.o,$(OBJS))
TESTS := $(patsubst tests/%.c,$(O)/tests/%,$(sort $(wildcard tests/test-*.c)))
GEN := $(O)/gen/schema.sql.h

build: $(O)/probewalk

$(O)/probewalk: $(OBJS)
	$(call say,LD,$@)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LIBS)

$(O)/%.o: %.c | $(GEN)
	$(call say,CC,$<)mkdir -p $(@D) && $(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The schema is a C string: every line quoted, comments and all.
$(O)/gen/schema.sql.h: src/callgraph/schema.sql
	$(call say,GEN,$@)mkdir -p $(@D) && sed -e 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$$/\\n"/' $< > $@

$(O)/tests/%: $(O)/tests/%.o $(LIB_OBJS)
	$(call say,LD,$@)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

-include $(OBJS:.o=.d) $(wildcard $(O)/tests/*.d)
.SECONDARY:
.PHONY: build
