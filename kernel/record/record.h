/* What every kind of record needs and is written once for all: values bound by name, acts told everywhere at once,
   states and the moves between them, numbers without gaps.
   needs: db page rights queue   shows: act bind move series */
#ifndef KERNEL_RECORD_RECORD_H
#define KERNEL_RECORD_RECORD_H
#endif
