/* Who somebody is, what they may do and see, and the trail of what was done.
   needs: db   shows: access audit auth touch */
#ifndef KERNEL_RIGHTS_RIGHTS_H
#define KERNEL_RIGHTS_RIGHTS_H
#endif
