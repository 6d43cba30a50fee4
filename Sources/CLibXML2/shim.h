#ifndef OUTTURN_CLIBXML2_SHIM_H
#define OUTTURN_CLIBXML2_SHIM_H
/* libxml2's headers bring in ICU's where it was built with it, and those clash with the ICU inside
   Foundation. Nothing here uses ICU, so it is switched off before the other headers are read. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <libxml/xmlwriter.h>
#endif
