/// The numbers by which the finders weigh what a table may mean.
///
/// None of them is of the field: a total is a total, whatever a number here says. They decide which of several sums is
/// claimed where more than one comes near, and how much must hold before a sum without a word for it is. All were set
/// together by `Benchmarks/tables/run`, which plants one slip in each of many tables made from a seed and counts slips
/// found, causes named, and clean tables blamed; the README has what they come to on seed 777001, which no setting saw.
/// The published tables of `Tests/Casting` hold them to real layouts. Whoever changes one measures
/// again on a seed of their own.
enum Tuning {
    // MARK: How much speaks for a sum before its figures are looked at

    /// The sum takes a section from its first line on.
    static let atSectionStart = 0.6
    /// The line calls itself a total.
    static let calledTotal = 0.3
    /// The lines since a heading are taken off one after the other: `less ..., less ...`.
    static let ladder = 0.4
    /// All of a section, with the signs that its words give.
    static let signedSection = 0.5
    /// The signs are those that the lines' words give; and where they are not.
    static let signsByWords = 0.2
    static let signsAgainstWords = -0.8
    /// For each line of a sum with signs, because many signs fit by chance.
    static let eachSignedLine = -0.1
    /// Two totals added, where one less the other is likelier.
    static let totalsAdded = -0.2

    // MARK: How many such sums were tried, as powers of ten: what fits by chance

    static let triesOfTotal = 0.3
    static let triesOfUnlabelledRun = 1.0
    static let triesOfTotalsAlone = 0.5
    static let triesOfSignsByWords = 0.8
    static let triesOfEachSign = 0.3
    static let triesOfPairs = 1.5
    static let triesOfOneFlow = 1.5
    static let triesOfTwoFlows = 2.5

    // MARK: How much must hold

    /// Of a sum that no label names; of a labelled total, of a labelled difference in one column, and in several.
    static let neededUnlabelled = 5.5
    static let neededTotal = 1.0
    static let neededInOneColumn = 2.5
    static let neededLabelled = 1.8
    /// Of differences between columns, with a header that names them and without.
    static let neededOfColumns = 2.0
    static let neededOfUnnamedColumns = 5.0
    /// What a place where a sum fails takes from those where it holds.
    static let failingPlace = 0.7
    static let failingScore = 0.5
    /// Below it a place says too little to count as one where a sum holds.
    static let countingWeight = 0.5

    // MARK: Nearness and likeness

    /// For each column between a difference or a percentage and its parts.
    static let eachColumnAway = 0.05
    static let eachColumnAwayOfShare = 0.02
    /// A sum of two columns, where a difference is likelier; and both taken off.
    static let columnsAdded = 0.3
    static let bothColumnsTaken = 2.0
    /// A figure that is one part alone, or a part that is the whole: it proves little.
    static let onePartAlone = 0.3
    static let partIsWhole = 0.2
    static let partOfNil = 0.1
    static let plainPercentage = 1.3
    /// A word such as adverse beside a figure.
    static let directionWord = 0.3

    // MARK: Slips and guesses

    /// How plausible a cause is where several mend a table.
    static let causeOfDigits = 0.5
    static let causeOfLines = 0.7
    static let causeOfOthers = 0.8
    /// A slip in the total itself, rather than in one of its parts.
    static let slipInTotal = 0.4
    /// For each scope that was tried before, in guessing what a total is of.
    static let eachScopeTried = 0.2
    /// What a guess must reach for each place: one that its words mean, and any other.
    static let guessMeant = 0.4
    static let guessOther = 0.9
    /// A guess that comes near, and one that a corrected part explains.
    static let guessNear = 0.7
    static let guessCorrected = 1.1
}
