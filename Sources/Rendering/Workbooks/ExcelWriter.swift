internal import CXlsxWriter
internal import Ledger
internal import Sterling

/// Writes a workbook as Office Open XML by libxlsxwriter. No pointer of the library leaves this file.
///
/// The library takes amounts as doubles, as the format stores them; up to ten thousand million pounds a
/// double holds every penny exactly enough that rounding to pence gives it back.
enum ExcelWriter {
    struct Failure: Error { let reason: String }

    /// - Throws: `Failure` where the file can't be written.
    static func write(_ workbook: Workbook, to path: String) throws(Failure) {
        // The library's own temporary files are only needed where rows are streamed.
        let isLong = workbook.sheets.contains { $0.rows.count > 50_000 }
        var options = lxw_workbook_options()
        options.constant_memory = isLong ? 1 : 0
        guard let book = workbook_new_opt(path, &options) else { throw Failure(reason: "no workbook") }
        let formats = Formats(book, workbook.format)
        withCStrings([workbook.title, workbook.subject, "Outturn"]) { texts in
            var properties = lxw_doc_properties()
            properties.title = texts[0]
            properties.subject = texts[1]
            properties.author = texts[2]
            properties.created = time_t(daysSince1970(workbook.created) * 86_400)
            workbook_set_properties(book, &properties)
        }
        var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
        for sheet in workbook.sheets {
            guard let made = workbook_add_worksheet(book, sheet.name) else {
                throw Failure(reason: "a sheet named \(sheet.name)")
            }
            sheets.append(made)
        }
        // Names are dropped silently where their sheets aren't there yet.
        for (name, cell) in workbook.names {
            workbook_define_name(
                book, name, "=" + Formula.quoted(cell.sheet) + "!$" + Formula.letters(cell.column) + "$\(cell.row + 1)")
        }
        for (sheet, target) in zip(workbook.sheets, sheets) {
            write(sheet, foot: workbook.foot, to: target, formats, book)
        }
        let code = workbook_close(book)
        guard code == LXW_NO_ERROR else { throw Failure(reason: String(cString: lxw_strerror(code))) }
    }

    private static func write(
        _ sheet: Workbook.Sheet, foot: String, to target: UnsafeMutablePointer<lxw_worksheet>, _ formats: Formats,
        _ book: UnsafeMutablePointer<lxw_workbook>
    ) {
        for (index, column) in sheet.columns.enumerated() {
            worksheet_set_column(target, UInt16(index), UInt16(index), Double(column.width), nil)
        }
        worksheet_write_string(target, 0, 0, sheet.title, formats.title)
        worksheet_write_string(target, 1, 0, sheet.basis, formats.basis)
        for (index, column) in sheet.columns.enumerated() {
            worksheet_write_string(
                target, UInt32(Workbook.headerRow), UInt16(index), column.title,
                column.isAmount ? formats.amountHeader : formats.header)
        }
        for (offset, row) in sheet.rows.enumerated() {
            let line = UInt32(Workbook.headerRow + 1 + offset)
            // Not every program makes room for what wraps.
            let lines =
                zip(row, sheet.columns).map { cell, column -> Int in
                    guard column.wraps, case .text(let text, _) = cell else { return 1 }
                    return (text.count + column.width - 1) / max(1, column.width)
                }.max() ?? 1
            if lines > 1 { worksheet_set_row(target, line, Double(lines) * 14 + 2, nil) }
            for (index, cell) in row.enumerated() {
                let column = UInt16(index)
                switch cell {
                case .blank: continue
                case .text(let text, let style):
                    if !text.isEmpty || style != .plain {
                        worksheet_write_string(
                            target, line, column, text,
                            sheet.columns[index].wraps
                                ? formats.wrapped
                                : sheet.columns[index].isAmount ? formats.aside(style) : formats.text(style))
                    }
                case .amount(let amount, let style):
                    worksheet_write_number(target, line, column, number(amount), formats.amount(style))
                case .exact(let amount): worksheet_write_number(target, line, column, number(amount), formats.exact)
                case .count(let count): worksheet_write_number(target, line, column, Double(count), nil)
                case .formula(let formula, let value, let style):
                    worksheet_write_formula_num(
                        target, line, column, "=" + formula.text(.excel, on: sheet.name), formats.amount(style),
                        number(value))
                case .exactFormula(let formula, let value):
                    worksheet_write_formula_num(
                        target, line, column, "=" + formula.text(.excel, on: sheet.name), formats.exact, number(value))
                case .word(let formula, let value, let style):
                    worksheet_write_formula_str(
                        target, line, column, "=" + formula.text(.excel, on: sheet.name), formats.word(style), value)
                }
            }
        }
        worksheet_freeze_panes(target, UInt32(Workbook.headerRow + 1), UInt16(sheet.frozenColumns))
        worksheet_set_landscape(target)
        worksheet_fit_to_pages(target, 1, 0)
        worksheet_repeat_rows(target, UInt32(Workbook.headerRow), UInt32(Workbook.headerRow))
        // An ampersand would begin a code; a header holds 255 characters.
        worksheet_set_footer(target, "&L" + foot.replacing("&", with: "&&").prefix(200) + "&R&P of &N")
        if let chart = sheet.chart { insert(chart, into: target, book) }
    }

    private static func insert(
        _ chart: Workbook.Chart, into target: UnsafeMutablePointer<lxw_worksheet>,
        _ book: UnsafeMutablePointer<lxw_workbook>
    ) {
        guard let made = workbook_add_chart(book, UInt8(LXW_CHART_BAR.rawValue)) else { return }
        for series in chart.series {
            let added = chart_add_series(made, nil, nil)
            chart_series_set_categories(
                added, chart.labels.sheet, UInt32(chart.labels.rows.lowerBound),
                UInt16(chart.labels.columns.lowerBound), UInt32(chart.labels.rows.upperBound - 1),
                UInt16(chart.labels.columns.lowerBound))
            chart_series_set_values(
                added, series.values.sheet, UInt32(series.values.rows.lowerBound),
                UInt16(series.values.columns.lowerBound), UInt32(series.values.rows.upperBound - 1),
                UInt16(series.values.columns.lowerBound))
            chart_series_set_name(added, series.name)
        }
        chart_title_set_name(made, chart.title)
        // The first line stands on top, as in the table.
        chart_axis_set_reverse(made.pointee.y_axis)
        if chart.series.count == 1 {
            chart_legend_set_position(made, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
        } else {
            chart_legend_set_position(made, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
        }
        withCStrings([chart.description]) { texts in
            var options = lxw_chart_options()
            options.x_scale = 1.3
            options.y_scale = max(1, Double(chart.labels.rows.count * chart.series.count) / 12)
            options.description = texts[0]
            worksheet_insert_chart_opt(target, UInt32(chart.row), UInt16(chart.column), made, &options)
        }
    }

    private static func number(_ amount: Money) -> Double { Double(amount.pence) / 100 }

    static func daysSince1970(_ date: CalendarDate) -> Int {
        // Days before a year that begins in March, so that a leap day comes last.
        let year = date.month > 2 ? date.year : date.year - 1
        let month = (date.month + 9) % 12
        return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + date.day - 1 - 719_468
    }

    private static func withCStrings(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>]) -> Void) {
        let copies = texts.map { strdup($0)! }
        defer { for copy in copies { free(copy) } }
        body(copies)
    }

    private struct Formats {
        typealias Pointer = UnsafeMutablePointer<lxw_format>
        let title: Pointer
        let basis: Pointer
        let header: Pointer
        let amountHeader: Pointer
        let exact: Pointer
        private let amounts: [Pointer]
        private let texts: [Pointer]
        private let words: [Pointer]
        /// `N/A` where amounts stand.
        private let asides: [Pointer]
        let wrapped: Pointer

        init(_ book: UnsafeMutablePointer<lxw_workbook>, _ format: AmountFormat) {
            func make(_ set: (Pointer) -> Void = { _ in }) -> Pointer {
                let made = workbook_add_format(book)!
                set(made)
                return made
            }
            let pattern =
                switch format {
                case .pence: "#,##0.00;-#,##0.00;\"-\""
                case .pounds: "#,##0;-#,##0;\"-\""
                case .thousands: "#,##0,;-#,##0,;\"-\""
                }
            func style(_ style: Workbook.Style, _ made: Pointer) {
                format_set_align(made, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
                if style != .plain { format_set_bold(made) }
                if style == .total || style == .double { format_set_top(made, UInt8(LXW_BORDER_THIN.rawValue)) }
                if style == .double { format_set_bottom(made, UInt8(LXW_BORDER_DOUBLE.rawValue)) }
            }
            title = make {
                format_set_bold($0); format_set_font_size($0, 14)
            }
            basis = make { format_set_font_color($0, 0x444444) }
            header = make {
                format_set_bold($0); format_set_bottom($0, UInt8(LXW_BORDER_MEDIUM.rawValue)); format_set_text_wrap($0);
                format_set_align($0, UInt8(LXW_ALIGN_VERTICAL_BOTTOM.rawValue))
            }
            amountHeader = make {
                format_set_bold($0)
                format_set_bottom($0, UInt8(LXW_BORDER_MEDIUM.rawValue))
                format_set_text_wrap($0)
                format_set_align($0, UInt8(LXW_ALIGN_RIGHT.rawValue))
            }
            exact = make {
                format_set_num_format($0, "#,##0.00;-#,##0.00;0.00"); style(.plain, $0)
            }
            amounts = Workbook.Style.allCases.map { kind in
                make {
                    format_set_num_format($0, pattern); style(kind, $0)
                }
            }
            texts = Workbook.Style.allCases.map { kind in make { style(kind, $0) } }
            words = Workbook.Style.allCases.map { kind in
                make {
                    style(kind, $0); format_set_align($0, UInt8(LXW_ALIGN_CENTER.rawValue))
                }
            }
            asides = Workbook.Style.allCases.map { kind in
                make {
                    style(kind, $0); format_set_align($0, UInt8(LXW_ALIGN_RIGHT.rawValue))
                }
            }
            wrapped = make {
                format_set_text_wrap($0); format_set_align($0, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
            }
        }

        func amount(_ style: Workbook.Style) -> Pointer { amounts[style.rawValue] }
        func text(_ style: Workbook.Style) -> Pointer { texts[style.rawValue] }
        func word(_ style: Workbook.Style) -> Pointer { words[style.rawValue] }
        func aside(_ style: Workbook.Style) -> Pointer { asides[style.rawValue] }
    }
}
