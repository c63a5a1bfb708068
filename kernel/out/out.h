/* Files we make: Excel and CSV, archives, codes to be read by a phone.
   needs: nothing   shows: qr sheet zip */
#ifndef KERNEL_OUT_OUT_H
#define KERNEL_OUT_OUT_H
#endif
