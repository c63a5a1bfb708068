/* Who somebody is, what they may do and see, and the trail of what was done.
   needs: db page   shows: access audit audit_chain auth auth_inside auth_queries password touch */
#ifndef KERNEL_RIGHTS_RIGHTS_H
#define KERNEL_RIGHTS_RIGHTS_H
#endif
