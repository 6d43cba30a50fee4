public import Casting
public import Findings

extension CastingRendering {
    public static func html(_ tables: [TableCheck], _ findings: [Finding]) -> String { "" }
}
