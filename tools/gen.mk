# What is generated before anything is compiled: GEN_C (sources), GEN_ALL (sources and headers).

# Tables and queries: one run of mksql reads all, so that foreign keys cross modules; it writes only what changed.
SQL_TABLES  := $(filter-out %.queries.sql,$(wildcard kernel/*.sql)) $(wildcard $(foreach m,$(wildcard modules/*),$(m)/$(notdir $(m)).sql))
SQL_CHANGES := $(sort $(wildcard kernel/changes/*.sql modules/*/changes/*.sql))
SQL_QUERIES := $(wildcard kernel/*.queries.sql modules/*/*.queries.sql)
SQL_C       := $(patsubst %.queries.sql,$(GEN)/%_queries.c,$(SQL_QUERIES)) $(GEN)/kernel/db/schema.c
SQL_ALL     := $(SQL_C) $(patsubst %.queries.sql,$(GEN)/%_queries.h,$(SQL_QUERIES))
SQL_LIST    := $(SQL_TABLES) $(SQL_CHANGES) $(SQL_QUERIES)

$(TOOLS)/mksql: $(patsubst %,$(TOOLS)/o/tools/mksql_%.o,lex schema query item check out)
# The list itself is kept, so that a file taken away is noticed as well as one added.
ifneq ($(SQL_LIST),$(file <$(GEN)/sql.list))
$(shell mkdir -p $(GEN))
$(file >$(GEN)/sql.list,$(SQL_LIST))
endif
$(GEN)/sql.stamp: $(TOOLS)/mksql $(SQL_LIST) $(GEN)/sql.list
	$(TOOLS)/mksql $(GEN) $(SQL_LIST)
	@touch $@
$(SQL_ALL): $(GEN)/sql.stamp ;
# One header a table's id: who includes it is made again when it changed, and nobody when a table is new.
$(GEN)/kernel/db/ids/%.h: $(GEN)/sql.stamp ;

GEN_C   += $(SQL_C)
GEN_ALL += $(SQL_ALL)

# The database's tests, with what stands on it alone: make MODE=asan build/asan/test-db && build/asan/test-db
DB_C = $(filter-out %_test.c,$(foreach p,db id audit event job config access wake,$(wildcard kernel/$p.c kernel/$p_*.c)))
DB_T = $(foreach p,db id audit event job config access wake,$(wildcard kernel/$p_test.c kernel/$p_*_test.c))
$(OUT)/test-db: $(patsubst %.c,$(OUT)/o/%.o,$(filter-out %_test.c,$(wildcard base/*.c)) kernel/page/json.c $(DB_C) $(DB_T) tests/runner.c tests/db.c) \
                $(patsubst $(GEN)/%.c,$(OUT)/o/gen/%.o,$(SQL_C))
	$(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm
