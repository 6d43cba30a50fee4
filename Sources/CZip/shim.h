#ifndef OUTTURN_CZIP_SHIM_H
#define OUTTURN_CZIP_SHIM_H
#include <zip.h>
#endif
