/* libxml2's SAX2 push parser over a file, with callbacks that do nothing: the least that reading XML
   through it can cost. */
#include <libxml/parser.h>
#include <stdio.h>

static void start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int bindings,
                  const xmlChar **bound, int count, int defaulted, const xmlChar **attributes) {}
static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {}
static void characters(void *context, const xmlChar *text, int length) {}

int main(int count, char **arguments) {
    static char buffer[256 << 10];
    xmlSAXHandler handler = {0};
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = start;
    handler.endElementNs = end;
    handler.characters = characters;
    FILE *file = fopen(arguments[1], "rb");
    if (!file) return 66;
    xmlParserCtxtPtr context = xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, NULL);
    xmlCtxtUseOptions(context, XML_PARSE_NONET);
    size_t read;
    while ((read = fread(buffer, 1, sizeof buffer, file)) > 0) xmlParseChunk(context, buffer, (int)read, 0);
    xmlParseChunk(context, NULL, 0, 1);
    return !context->wellFormed;
}
