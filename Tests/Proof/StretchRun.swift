package import Sheets

/// Many stretches of one dialect, scanner against libxml2.
package struct StretchRun {
    package private(set) var equal = 0
    package private(set) var handedOver = 0
    package private(set) var cells = 0
    /// The first disagreements, with their texts.
    package private(set) var differing: [(text: String, how: String)] = []
    package private(set) var count = 0

    /// - Parameter seed: the run's stretches are those of this generator.
    package init(_ dialect: StretchProof.Dialect, seed: UInt64, count: Int) {
        let proof = StretchProof(dialect)
        var generator = StretchGenerator(dialect, seed: seed)
        for _ in 0..<count {
            let text = generator.next()
            self.count += 1
            switch text.withUnsafeBufferPointer({ proof.compare($0) }) {
            case .equal(let cells):
                equal += 1
                self.cells += cells
            case .handedOver: handedOver += 1
            case .differs(let how):
                if differing.count < 20 { differing.append((String(decoding: text, as: UTF8.self), how)) }
            }
        }
    }
}
