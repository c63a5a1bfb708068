# What is generated before anything is compiled: GEN_C (sources), GEN_ALL (sources and headers).

# Tables and queries: one run of mksql reads all, so that foreign keys cross modules; it writes only what changed.
SQL_TABLES  := $(filter-out %.queries.sql,$(wildcard kernel/*.sql)) $(wildcard $(foreach m,$(wildcard modules/*),$(m)/$(notdir $(m)).sql))
SQL_CHANGES := $(sort $(wildcard kernel/changes/*.sql modules/*/changes/*.sql))
SQL_QUERIES := $(wildcard kernel/*.queries.sql modules/*/*.queries.sql)
SQL_C       := $(patsubst %.queries.sql,$(GEN)/%_queries.c,$(SQL_QUERIES)) $(GEN)/kernel/schema.c
SQL_ALL     := $(SQL_C) $(patsubst %.queries.sql,$(GEN)/%_queries.h,$(SQL_QUERIES)) $(GEN)/kernel/ids.h
SQL_LIST    := $(SQL_TABLES) $(SQL_CHANGES) $(SQL_QUERIES)

$(TOOLS)/mksql: $(patsubst %,$(TOOLS)/o/tools/mksql_%.o,lex schema query check out)
# The list itself is kept, so that a file taken away is noticed as well as one added.
ifneq ($(SQL_LIST),$(file <$(GEN)/sql.list))
$(shell mkdir -p $(GEN))
$(file >$(GEN)/sql.list,$(SQL_LIST))
endif
$(GEN)/sql.stamp: $(TOOLS)/mksql $(SQL_LIST) $(GEN)/sql.list
	$(TOOLS)/mksql $(GEN) $(SQL_LIST)
	@touch $@
$(SQL_ALL): $(GEN)/sql.stamp ;

GEN_C   += $(SQL_C)
GEN_ALL += $(SQL_ALL)

# The kernel's tests alone.
$(OUT)/test-kernel: $(OBJ) $(patsubst %.c,$(OUT)/o/%.o,$(wildcard kernel/*_test.c) tests/runner.c)
	$(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm
