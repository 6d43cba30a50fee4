/// A chart inside an OpenDocument spreadsheet: bars over cells of the sheet it stands on.
enum OpenDocumentChart {
    private static let fills = ["#1f5a8c", "#b3641a", "#5f7f2f", "#7a4a8c"]

    static func content(_ chart: Workbook.Chart, _ namespaces: [(String, String)]) -> [UInt8] {
        let xml = XMLWriter()
        OpenDocumentWriter.document("office:document-content", xml) {
            styles(chart, xml)
            xml.element("office:body") {
                xml.element("office:chart") {
                    xml.element(
                        "chart:chart", ["chart:class": "chart:bar", "svg:width": "170mm", "svg:height": "100mm"]
                    ) {
                        xml.element("chart:title") { xml.element("text:p") { xml.text(chart.title) } }
                        if chart.series.count > 1 { xml.element("chart:legend", ["chart:legend-position": "bottom"]) }
                        xml.element("chart:plot-area", ["chart:style-name": "plot"]) {
                            axes(chart, xml)
                            xml.element("chart:wall", ["chart:style-name": "wall"])
                        }
                    }
                }
            }
        }
        return xml.bytes()
    }

    private static func styles(_ chart: Workbook.Chart, _ xml: XMLWriter) {
        xml.element("office:automatic-styles") {
            xml.element("style:style", ["style:name": "plot", "style:family": "chart"]) {
                // Bars lie, the first line on top, as in the table.
                xml.element(
                    "style:chart-properties",
                    ["chart:vertical": "true", "chart:series-source": "columns", "chart:auto-position": "true"])
            }
            xml.element("style:style", ["style:name": "names", "style:family": "chart"]) {
                xml.element(
                    "style:chart-properties",
                    [
                        "chart:display-label": "true", "chart:reverse-direction": "true",
                        "chart:axis-position": "start",
                    ])
            }
            xml.element("style:style", ["style:name": "values", "style:family": "chart"]) {
                xml.element("style:chart-properties", ["chart:display-label": "true"])
            }
            xml.element("style:style", ["style:name": "wall", "style:family": "chart"]) {
                xml.element("style:graphic-properties", ["draw:stroke": "none", "draw:fill": "none"])
            }
            xml.element("style:style", ["style:name": "grid", "style:family": "chart"]) {
                xml.element("style:graphic-properties", ["draw:stroke": "solid", "svg:stroke-color": "#cccccc"])
            }
            for index in chart.series.indices {
                xml.element("style:style", ["style:name": "series\(index)", "style:family": "chart"]) {
                    xml.element(
                        "style:graphic-properties", ["draw:fill": "solid", "draw:fill-color": fills[index % 4]])
                }
            }
        }
    }

    private static func axes(_ chart: Workbook.Chart, _ xml: XMLWriter) {
        xml.element(
            "chart:axis",
            ["chart:dimension": "x", "chart:name": "primary-x", "chart:style-name": "names"]
        ) {
            xml.element("chart:categories", ["table:cell-range-address": address(chart.labels)])
        }
        xml.element(
            "chart:axis",
            ["chart:dimension": "y", "chart:name": "primary-y", "chart:style-name": "values"]
        ) { xml.element("chart:grid", ["chart:class": "major", "chart:style-name": "grid"]) }
        for (index, series) in chart.series.enumerated() {
            let header = CellRange(
                series.values.sheet, rows: Workbook.headerRow..<Workbook.headerRow + 1,
                columns: series.values.columns)
            xml.element(
                "chart:series",
                [
                    "chart:style-name": "series\(index)",
                    "chart:values-cell-range-address": address(series.values),
                    "chart:label-cell-address": address(header), "chart:class": "chart:bar",
                ])
        }
    }

    private static func address(_ range: CellRange) -> String {
        let sheet = Formula.quoted(range.sheet)
        return
            "\(sheet).\(Formula.letters(range.columns.lowerBound))\(range.rows.lowerBound + 1):\(sheet)"
            + ".\(Formula.letters(range.columns.upperBound - 1))\(range.rows.upperBound)"
    }
}
