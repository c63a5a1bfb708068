# Pages, views, languages, icons: HTML, *_view.h and .po become C in build/gen.
# A language is one folder, i18n/en/, with a file a module; a message translated in one of them is translated everywhere.
PO_FILES   := $(sort $(wildcard i18n/*/*.po))
PO_FLAGS   := $(foreach f,$(PO_FILES),--po $(word 2,$(subst /, ,$(f)))=$(f))
PAGE_DIRS  := $(patsubst modules/%/pages,%,$(wildcard modules/*/pages))
ICONS      := node_modules/lucide-static/icons

# Tools of several files.
MKPAGE_O   := $(patsubst %,$(TOOLS)/o/tools/%.o,mkpage_parse mkpage_html mkpage_names mkpage_emit mkpage_text mkpage_write)
$(TOOLS)/mkpage: $(TOOLS)/o/tools/mkpage.o $(MKPAGE_O) $(TOOL_BASE)
	$(CC) -o $@ $^ -lutf8proc -lgettextpo -lm
$(TOOLS)/mkview: $(TOOLS)/o/tools/mkview.o $(TOOLS)/o/tools/mkpage_write.o $(TOOL_BASE)
	$(CC) -o $@ $^ -lutf8proc -lm
$(TOOLS)/mktext: $(TOOLS)/o/tools/mktext.o $(TOOLS)/o/tools/mkpage_text.o $(TOOLS)/o/tools/mkpage_write.o $(TOOL_BASE)
	$(CC) -o $@ $^ -lutf8proc -lgettextpo -lm

# What the browser gets and the icons come from npm, at the versions of package-lock.json.
node_modules/.package-lock.json: package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# Shared parts and pages.
PAGES_SHARED := $(wildcard pages/parts/*.html pages/*.html)
$(GEN)/pages_gen.c: $(PAGES_SHARED) $(TOOLS)/mkpage $(PO_FILES) node_modules/.package-lock.json
	@mkdir -p $(@D)
	@$(TOOLS)/mkpage --out $(basename $@) --icons $(ICONS) $(PO_FLAGS) --include kernel/shell/page_view.h --include kernel/shell/auth_view.h --include kernel/shell/public_view.h --include kernel/http/once_view.h --include views_gen.h $(PAGES_SHARED)
GEN_C   += $(GEN)/pages_gen.c
GEN_ALL += $(GEN)/pages_gen.c

# Parts that shared modules lend to other modules' pages: whoever draws one includes its module's generated header.
LENT_PARTS := $(wildcard modules/thread/pages/_*.html modules/task/pages/_*.html)

# Each module's pages.
define module_pages
$(GEN)/modules/$(1)/$(1)_pages_gen.c: $(wildcard modules/$(1)/pages/*.html) $(TOOLS)/mkpage $(PO_FILES) node_modules/.package-lock.json
	@mkdir -p $$(@D)
	@cd . && $(TOOLS)/mkpage --out $$(basename $$@) --icons $(ICONS) $(PO_FLAGS) $(foreach v,$(sort $(wildcard modules/$(1)/*_view.h)),--include $(v)) --include views_gen.h $(foreach p,$(wildcard pages/parts/*.html) $(LENT_PARTS),--part $(p)) $(wildcard modules/$(1)/pages/*.html)
GEN_C   += $(GEN)/modules/$(1)/$(1)_pages_gen.c
GEN_ALL += $(GEN)/modules/$(1)/$(1)_pages_gen.c
endef
$(foreach m,$(PAGE_DIRS),$(eval $(call module_pages,$(m))))

# JSON of the views.
VIEWS := $(call within,kernel modules,*_view.h)
VIEWS_KNOWN := kernel/rights/auth.h $(filter %.h,$(SQL_ALL))
$(GEN)/views_gen.c: $(VIEWS) $(VIEWS_KNOWN) $(TOOLS)/mkview
	@mkdir -p $(@D)
	@$(TOOLS)/mkview --out $(basename $@) --known $(VIEWS_KNOWN) --view $(VIEWS)
GEN_C   += $(GEN)/views_gen.c
GEN_ALL += $(GEN)/views_gen.c

$(GEN)/langs_gen.c: $(PO_FILES) $(TOOLS)/mktext
	@mkdir -p $(@D)
	@$(TOOLS)/mktext --langs $@ $(PO_FLAGS)
GEN_C   += $(GEN)/langs_gen.c
GEN_ALL += $(GEN)/langs_gen.c

$(GEN)/icons_gen.c: $(CODE) $(wildcard app/*.c modules/*/pages/*.html pages/*.html pages/parts/*.html) $(TOOLS)/mkpage node_modules/.package-lock.json
	@mkdir -p $(@D)
	@$(TOOLS)/mkpage --icons $(ICONS) --icon-table $@ $$(grep -hoE '(ICON\(|\.icon = )"[a-z0-9-]+"' $(filter %.c %.html,$^) /dev/null | sed 's/"$$//; s/.*"//' | sort -u)
GEN_C   += $(GEN)/icons_gen.c
GEN_ALL += $(GEN)/icons_gen.c

# Words that are read on paper, counted by calendars or printed in a terminal, and demonstration data: nobody's messages.
TEXT_NOT := %_test.c base/time.c kernel/config/config.c kernel/config/command_read.c kernel/shell/openapi.c kernel/index/feed.c read/% search/% fields/load.c fields/item.c fields/rule.c fields/condition.c fields/formula.c fields/graph.c fields/carry.c $(wildcard app/*.c \
            modules/*/*_command.c modules/*/*demo*.c \
            modules/assistant/assistant_model.c modules/assistant/assistant_verify.c \
            modules/desk/desk_lunar.c \
            modules/document/document_facts_*.c \
            modules/law/law_change_apply.c modules/law/law_change_read*.c modules/law/law_change_words.c modules/law/law_import_command.c modules/law/law_guard_command.c modules/law/law_cite*.c modules/law/law_json.c modules/law/law_out_akn.c modules/law/law_out_docx.c modules/law/law_text*.c \
            kernel/folder/folder.c kernel/folder/judge.c kernel/folder/lease.c modules/org/org_seed.c modules/portal/portal_site.c modules/place/table.c modules/place/command.c \
            modules/mail/letter/command.c modules/mail/letter/judge.c modules/fund/command.c modules/fund/statement/money.c \
            $(patsubst %,modules/petition/letter/%.c,author command reasons redact same target words))
# make pot: all messages in build/doanket.pot, and what each language lacks.
.PHONY: pot
pot: $(TOOLS)/mkpage $(TOOLS)/mktext
	@$(TOOLS)/mkpage --messages $(PAGES_SHARED) $(wildcard modules/*/pages/*.html) > build/page_messages
	@$(TOOLS)/mktext --pot build/doanket.pot $(PO_FLAGS) --pages build/page_messages $(filter-out $(TEXT_NOT),$(wildcard base/*.c app/*.c) $(CODE))

# What the browser gets: bundled, cut, packed and embedded.
$(GEN)/assets_gen.c: $(wildcard assets/*) tools/mkassets.mjs node_modules/.package-lock.json
	@mkdir -p $(@D)
	node tools/mkassets.mjs $(GEN)
GEN_C   += $(GEN)/assets_gen.c
GEN_ALL += $(GEN)/assets_gen.c

# Which view each route answers with, for /api/openapi.json.
ROUTE_SOURCES := $(CODE) $(wildcard pages/*.html modules/*/pages/*.html)
$(GEN)/route_views_gen.c: $(ROUTE_SOURCES) tools/mkroutes.mjs
	@mkdir -p $(@D)
	@node tools/mkroutes.mjs $@ $(ROUTE_SOURCES)
GEN_C   += $(GEN)/route_views_gen.c
GEN_ALL += $(GEN)/route_views_gen.c
