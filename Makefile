# make            build/doanket, optimised and hardened
# make asan       build/asan/doanket and build/asan/tests, under AddressSanitizer and UBSan
# make fuzz       build/fuzz/…, one program a fuzz target; make clang: everything through the other compiler
# make compile_commands.json   for editors
# Sources are found by wildcard; there is no list to keep.
.DEFAULT_GOAL := all
MODE   ?= release
CC     ?= cc
ifeq ($(origin CC),default)
CC     := gcc
endif
CCACHE := $(shell command -v ccache 2>/dev/null)
OUT    := $(if $(filter release,$(MODE)),build,build/$(MODE))
GEN    := build/gen
TOOLS  := build/tools

PKGS   := libcurl libmicrohttpd sqlite3 libpq libsodium libutf8proc libmagic libarchive xlsxwriter libseccomp jansson poppler-glib \
          tesseract lept libxml-2.0 zlib libzstd libbrotlienc libbrotlidec cairo pangocairo libcrypto libqrencode \
          gmime-3.0 gumbo
PKG_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS) 2>/dev/null))
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)

WARN   := -std=c2x -Wall -Wextra -Werror -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
          -Wmissing-prototypes -Wvla -Wundef -Wcast-qual -Wwrite-strings -Wswitch-enum -Wformat=2 -Wnull-dereference \
          -Wimplicit-fallthrough -fno-common
MODE_release := -O2 -g1 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE -fcf-protection
MODE_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
# clang counts a macro of libseccomp as forgetting members; what is left out is zero, as everywhere here.
MODE_clang   := -O1 -g -Wno-missing-field-initializers
MODE_fuzz    := -O1 -g -Wno-missing-field-initializers -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
LINK_release := -pie -Wl,-z,relro,-z,now
LINK_asan    := -fsanitize=address,undefined
LINK_fuzz    := -fsanitize=fuzzer,address,undefined
CFLAGS := $(WARN) $(MODE_$(MODE)) -D_GNU_SOURCE -I. -I$(GEN) $(PKG_CFLAGS)

# Files of a pattern in all rooms below some folders.
within  = $(sort $(shell find $(1) -name '$(2)'))
ROOMS  := read fields edxml search stat kernel modules
BASE   := $(filter-out %_test.c,$(wildcard base/*.c))
CODE   := $(filter-out %_test.c,$(call within,$(ROOMS),*.c))
APP    := $(wildcard app/*.c)
TESTS  := $(call within,base $(ROOMS),*_test.c) $(wildcard tests/*.c)
TOOL_BASE := $(patsubst %.c,$(TOOLS)/o/%.o,$(BASE))
include $(wildcard tools/gen*.mk)
OBJ     = $(patsubst %.c,$(OUT)/o/%.o,$(BASE) $(CODE)) $(patsubst $(GEN)/%.c,$(OUT)/o/gen/%.o,$(GEN_C))
APP_OBJ = $(patsubst %.c,$(OUT)/o/%.o,$(APP))
TEST_OBJ = $(patsubst %.c,$(OUT)/o/%.o,$(TESTS))

.PHONY: all asan tests clean gen clang fuzz objects flags new-module compile_commands.json
all: $(OUT)/doanket
asan:
	$(MAKE) MODE=asan build/asan/doanket build/asan/tests
gen: $(GEN_ALL)
flags:
	@echo $(CFLAGS)
# What editors and clang's own tools ask for.
compile_commands.json: gen
	@node tools/compile-commands.mjs $(subst $(MODE_$(MODE)),$(MODE_clang),$(CFLAGS)) >$@
objects: $(OBJ) $(APP_OBJ) $(TEST_OBJ)
# clang compiles everything for its own warnings; gcc makes the programs.
clang:
	$(MAKE) MODE=clang CC=clang objects
# Fuzz targets, each fuzz/x.c a program build/fuzz/x.
fuzz:
	$(MAKE) MODE=fuzz CC=clang $(patsubst fuzz/%.c,build/fuzz/%,$(wildcard fuzz/*.c))

$(OUT)/doanket: $(OBJ) $(APP_OBJ)
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm
# The tests know every module as the program does, but bring a main of their own.
$(OUT)/tests: $(OBJ) $(filter-out %/main.o,$(APP_OBJ)) $(TEST_OBJ)
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm

build/fuzz/all.a: $(OBJ)
	@rm -f $@; ar rcs $@ $^
build/fuzz/%: build/fuzz/o/fuzz/%.o build/fuzz/all.a
	@echo "  link $@"; $(CC) $(LINK_fuzz) -o $@ $^ $(PKG_LIBS) -lm

$(OUT)/o/modules/%.o: CFLAGS += -DBANNED_IN_MODULES -include base/banned.h
$(OUT)/o/gen/%.o: $(GEN)/%.c | $(GEN_ALL)
	@mkdir -p $(@D)
	@echo "  cc $<"; $(CCACHE) $(CC) $(CFLAGS) -MMD -MP -c $< -o $@
$(OUT)/o/%.o: %.c | $(GEN_ALL)
	@mkdir -p $(@D)
	@echo "  cc $<"; $(CCACHE) $(CC) $(CFLAGS) -MMD -MP -c $< -o $@

# What base/facts.h embeds is not among the headers a compiler names.
$(foreach f,$(call within,modules,*.json),$(eval $(patsubst %.c,$(OUT)/o/%.o,$(wildcard $(dir $(patsubst %/,%,$(dir $f)))*.c)): $f))
$(foreach f,$(call within,base $(ROOMS),*.tsv),$(eval $(patsubst %.c,$(OUT)/o/%.o,$(wildcard $(dir $f)*.c)): $f))
$(OUT)/o/modules/register/register_types.o: $(wildcard modules/register/types/*.json)
$(OUT)/o/modules/cadre/cadre_group.o: $(wildcard modules/cadre/groups/*.json)

# Tools run while building, on the builder's machine.
$(TOOLS)/o/%.o: %.c
	@mkdir -p $(@D)
	@echo "  cc $<"; $(CCACHE) $(CC) $(WARN) -O1 -g -D_GNU_SOURCE -I. $(PKG_CFLAGS) -MMD -MP -c $< -o $@
$(TOOLS)/%: $(TOOLS)/o/tools/%.o $(TOOL_BASE)
	@echo "  link $@"; $(CC) -o $@ $^ $(TOOL_LIBS) -lsqlite3 -lutf8proc -lgettextpo -lm

# One component's tests alone: make MODE=asan build/asan/test-search && build/asan/test-search
$(OUT)/test-base: $(patsubst %.c,$(OUT)/o/%.o,$(BASE) $(wildcard base/*_test.c tests/runner.c))
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ -lutf8proc -lm

# Makes scans of official letters for tests and journeys: see tests/tools/make_scan.c.
build/tests-make-scan: $(patsubst %.c,$(OUT)/o/%.o,$(BASE) tests/scan.c tests/tools/make_scan.c)
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm

# Quality and speed of the index on a corpus: see bench/search.c.
$(OUT)/bench-search: $(patsubst %.c,$(OUT)/o/%.o,bench/search.c bench/search_alqac.c bench/search_clauses.c bench/search_mistype.c bench/search_numbers.c $(BASE) $(filter search/%,$(CODE)))
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm

# The index beside other engines: see bench/search. The small one knows SQLite's alone, which is always there.
PEERS_SMALL := $(patsubst %.c,$(OUT)/o/%.o,$(filter-out bench/peers/postgres.c bench/peers/groonga.c,$(wildcard bench/peers/*.c)) \
	bench/search_clauses.c $(BASE) $(filter search/%,$(CODE)))
PEERS_MORE  := $(patsubst %,$(OUT)/o/bench/peers/%.o,postgres groonga xapian)
$(OUT)/o/bench/peers/groonga.o: CFLAGS += -isystem /usr/include/groonga
$(OUT)/o/bench/peers/xapian.o: bench/peers/xapian.cc bench/peers/peers.h
	@mkdir -p $(@D)
	@echo "  c++ $<"; g++ -std=c++20 -O2 -Wall -Wextra -Werror -I. -c $< -o $@
$(OUT)/bench-peers-small: $(PEERS_SMALL)
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm
$(OUT)/bench-peers: $(PEERS_SMALL) $(PEERS_MORE)
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lgroonga -lxapian -lstdc++ -lm

# How well legal text is read: see bench/lawparse.c.
$(OUT)/bench-lawparse: $(patsubst %.c,$(OUT)/o/%.o,bench/lawparse.c $(BASE) $(filter modules/law/law_text%.c modules/law/law_flag_words.c modules/law/law_format.c modules/law/law_unwrap.c modules/law/law_json.c read/%,$(CODE)))
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm

# Another process that writes, while bench/run measures: see bench/writer.c.
$(OUT)/bench-writer: $(OBJ) $(filter-out %/main.o,$(APP_OBJ)) $(OUT)/o/bench/writer.o
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm

# How fast the boxes of tasks are: see bench/task.c.
$(OUT)/bench-task: $(OBJ) $(filter-out %/main.o,$(APP_OBJ)) $(OUT)/o/bench/task.o
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm

# When the assistant answers, and when it should not: see bench/ask.c.
$(OUT)/bench-ask: $(OBJ) $(filter-out %/main.o,$(APP_OBJ)) $(OUT)/o/bench/ask.o $(OUT)/o/bench/ask_corpus.o $(OUT)/o/bench/search_clauses.o
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm

# What one deadline takes: see bench/clock.c.
$(OUT)/bench-clock: $(OBJ) $(filter-out %/main.o,$(APP_OBJ)) $(OUT)/o/bench/clock.o
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm

# How well series are forecast: see bench/forecast.
$(OUT)/bench-forecast: $(patsubst %.c,$(OUT)/o/%.o,bench/forecast.c $(BASE) $(filter stat/%,$(CODE)))
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm

# make new-module NAME=x: a module that builds, shows a page and passes a test.
new-module:
	@tools/new-module "$(NAME)"

# References and amendments on a corpus: bench/law_refs.c, bench/law_changes.c.
$(OUT)/bench-law-%: $(OUT)/o/bench/law_%.o $(OUT)/o/tests/law_gold.o $(OBJ) $(filter-out %/main.o,$(APP_OBJ))
	@echo "  link $@"; $(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm

# docs/rooms.md: the rooms, what each needs, how large it is.
.PHONY: rooms
rooms: all
	@node tools/rooms.mjs draw

clean:
	rm -rf build
-include $(shell find build -name '*.d' 2>/dev/null)
