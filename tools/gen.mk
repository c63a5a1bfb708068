# What is generated before anything is compiled: GEN_C (sources), GEN_ALL (sources and headers).

# Tables and queries: one run of mksql reads all, so that foreign keys cross modules; it writes only what changed.
SQL_TABLES  := $(filter-out %.queries.sql,$(wildcard kernel/*/*.sql)) $(wildcard $(foreach m,$(wildcard modules/*),$(m)/$(notdir $(m)).sql))
SQL_CHANGES := $(sort $(wildcard kernel/*/changes/*.sql modules/*/changes/*.sql))
SQL_QUERIES := $(call within,kernel modules,*.queries.sql)
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
DB_ROOMS = $(foreach r,db rights queue config record,$(wildcard kernel/$r/*.c))
DB_C = $(filter-out %_test.c,$(DB_ROOMS))
DB_T = $(filter %_test.c,$(DB_ROOMS))
$(OUT)/test-db: $(patsubst %.c,$(OUT)/o/%.o,$(filter-out %_test.c,$(wildcard base/*.c)) $(wildcard kernel/page/json.c kernel/page/form.c read/json.c) $(DB_C) $(DB_T) tests/runner.c tests/db.c) \
                $(patsubst $(GEN)/%.c,$(OUT)/o/gen/%.o,$(SQL_C))
	$(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS) -lm
