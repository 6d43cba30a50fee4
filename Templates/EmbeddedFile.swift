/// The files of this folder, embedded in the program, so that it needs none beside it.
public enum EmbeddedFile: String, CaseIterable, Sendable {
    case statement = "statement.html"
    case checkTable = "check-table.html"
    case style = "style.css"
    case table = "table.html"
    case report = "report.html"
    case agreement = "agreement.html"
    case statementSchema = "schemas/statement.schema.json"
    case checkTableSchema = "schemas/check-table.schema.json"
    case newAgreement = "new-agreement.txt"
    case newMap = "new-map.yaml"
    case newNorth = "new-north.csv"
    case newSouth = "new-south.csv"
    case newOpening = "new-opening.csv"
    case newBudget = "new-budget.csv"
    case newExplanations = "new-explanations.csv"
    case mapCivica = "maps/civica.yaml"
    case mapIntegra = "maps/integra.yaml"
    case mapOracleGl = "maps/oracle-gl.yaml"
    case mapPeriodColumns = "maps/period-columns.yaml"
    case mapPlainList = "maps/plain-list.yaml"
    case mapSapAlv = "maps/sap-alv.yaml"
    case mapUnit4 = "maps/unit4.yaml"

    public var text: String {
        let bytes = switch self {
        case .statement: PackageResources.statement_html
        case .checkTable: PackageResources.check_table_html
        case .style: PackageResources.style_css
        case .table: PackageResources.table_html
        case .report: PackageResources.report_html
        case .agreement: PackageResources.agreement_html
        case .statementSchema: PackageResources.statement_schema_json
        case .checkTableSchema: PackageResources.check_table_schema_json
        case .newAgreement: PackageResources.new_agreement_txt
        case .newMap: PackageResources.new_map_yaml
        case .newNorth: PackageResources.new_north_csv
        case .newSouth: PackageResources.new_south_csv
        case .newOpening: PackageResources.new_opening_csv
        case .newBudget: PackageResources.new_budget_csv
        case .newExplanations: PackageResources.new_explanations_csv
        case .mapCivica: PackageResources.civica_yaml
        case .mapIntegra: PackageResources.integra_yaml
        case .mapOracleGl: PackageResources.oracle_gl_yaml
        case .mapPeriodColumns: PackageResources.period_columns_yaml
        case .mapPlainList: PackageResources.plain_list_yaml
        case .mapSapAlv: PackageResources.sap_alv_yaml
        case .mapUnit4: PackageResources.unit4_yaml
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The maps of common layouts, by name.
    public static var maps: [(name: String, file: EmbeddedFile)] {
        allCases.compactMap { file in
            guard file.rawValue.hasPrefix("maps/"), let end = file.rawValue.lastIndex(of: ".") else { return nil }
            return (String(file.rawValue[..<end].dropFirst(5)), file)
        }
    }
}
