/* Demonstration: figures of months before the program, said to be invented, and forecasts as they would have been
   published since. */
#ifndef MODULES_BOARD_BOARD_DEMO_H
#define MODULES_BOARD_BOARD_DEMO_H
struct arena;
struct db_write;
struct err board_demo(struct db_write *db, struct arena *arena);
#endif
