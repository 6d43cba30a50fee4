/// The files of this folder, embedded in the program, so that it needs none beside it.
public enum EmbeddedFile: String, CaseIterable, Sendable {
    case statement = "statement.html"
    case newAgreement = "new-agreement.txt"
    case newMap = "new-map.yaml"
    case newNorth = "new-north.csv"
    case newSouth = "new-south.csv"
    case newOpening = "new-opening.csv"
    case newBudget = "new-budget.csv"
    case newExplanations = "new-explanations.csv"

    public var text: String {
        let bytes = switch self {
        case .statement: PackageResources.statement_html
        case .newAgreement: PackageResources.new_agreement_txt
        case .newMap: PackageResources.new_map_yaml
        case .newNorth: PackageResources.new_north_csv
        case .newSouth: PackageResources.new_south_csv
        case .newOpening: PackageResources.new_opening_csv
        case .newBudget: PackageResources.new_budget_csv
        case .newExplanations: PackageResources.new_explanations_csv
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
