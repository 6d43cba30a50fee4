extension Finding {
    /// The stable code of a kind of finding. Its first letter is the severity; `outturn help CODE`
    /// prints `title` and `explanation`. A code, once published, is never used for another meaning.
    public enum Code: String, Sendable, CaseIterable, Codable {
        // 01: reading files into cells
        case fileEmpty = "E0101"
        case formatRefused = "E0102"
        case xmlBroken = "E0103"
        case doctypeRefused = "E0104"
        case limitPassed = "E0105"
        case encodingUnknown = "E0106"
        case cellOutOfPlace = "E0107"
        case formulaWithoutValue = "E0108"
        case charactersReplaced = "W0109"
        case quoteUnclosed = "E0110"
        case fileDamaged = "E0111"
        case hiddenRead = "W0112"
        case documentUnreadable = "E0113"
        case sheetWithoutPart = "W0114"
        case lineCut = "W0115"

        // 02: cells into postings, by a map
        /// No longer given: what it stood for has codes of its own from E0260 on.
        case mapBroken = "E0201"
        case noMapFits = "E0202"
        case severalMapsFit = "E0203"
        case columnMissing = "E0204"
        case amountUnreadable = "E0206"
        case amountIsError = "E0207"
        case amountMerged = "E0208"
        case codeUnknown = "E0209"
        case periodUnreadable = "E0210"
        case dateUnreadable = "E0211"
        case subtotalDiffers = "E0213"
        case controlTotalDiffers = "E0214"
        case amountIsText = "N0215"
        case debitAndCredit = "E0216"
        case grossDiffers = "E0217"
        case memberConcernedUnknown = "E0218"
        case sourceChanged = "E0219"
        /// No longer given: what it stood for has codes of its own from E0231 on.
        case tableBroken = "E0220"
        case nothingRead = "W0221"
        case controlTotalMissing = "W0222"
        case rowWithoutAmount = "E0223"
        case ledgerMissing = "E0224"
        case fileTwice = "E0225"
        case approvedBudgetMissing = "E0226"
        case rowTooLong = "E0227"
        case rowsOutsideTable = "W0228"
        case fileNotRead = "W0229"
        case sheetNotRead = "W0230"
        case tableEmpty = "E0231"
        case tableTooLong = "E0232"
        case tableTwice = "E0233"
        case tableColumnUnknown = "E0234"
        case tableColumnMissing = "E0235"
        case tableColumnTwice = "E0236"
        case tableCellWrong = "E0237"
        case tableNameUnknown = "E0238"
        case tableWordUnknown = "E0239"
        case tableAmountUnreadable = "E0240"
        case tableAmountMissing = "E0241"
        case tableAmountNegative = "E0242"
        case tablePeriodUnreadable = "E0243"
        case tableDateUnreadable = "E0244"
        case entryIncomplete = "E0245"
        case entryTwice = "E0246"
        case movesNowhere = "E0247"
        case movesOnlyCash = "E0248"
        case virementWithoutBudget = "E0249"
        case yearEndEntryWrong = "E0250"
        case inKindValueWrong = "E0251"
        case usedBeforeOfReserve = "E0252"
        case vatUnexplained = "E0253"
        case receivedTooMuch = "E0254"
        case exportWithoutMember = "E0255"
        case exportNested = "E0256"
        case approvedBudgetUndeclared = "E0257"
        case rowTwice = "W0258"
        case rechargeWithItself = "E0259"
        case mapNotYAML = "E0260"
        case mapKeyUnknown = "E0261"
        case mapKeyMissing = "E0262"
        case mapValueWrong = "E0263"
        case mapWordUnknown = "E0264"
        case mapColumnMissing = "E0265"
        case mapAmountWays = "E0266"
        case mapPeriodUnknown = "E0267"
        case mapTestWrong = "E0268"
        case excludedWithoutReason = "E0269"
        case mapCodeWrong = "E0270"
        case mapClaimsTwice = "E0271"
        case mapClassUnknown = "E0272"
        case mapNameUnknown = "E0273"
        case mapKindDiffers = "E0274"
        case answeredNoWarning = "E0276"
        case headingNeeded = "E0277"
        case importListMissing = "W0278"
        case dateNearMidnight = "W0279"
        case markUnknown = "E0280"
        case markAndMinus = "E0281"
        case sheetMissing = "E0282"
        case sheetNotNamed = "W0283"
        case periodColumnUnnamed = "W0284"
        case numberRewritten = "W0285"
        case totalPosted = "W0286"
        case postingLikeTotal = "W0287"
        case otherCurrency = "E0288"
        case unitOfHeader = "W0289"
        case creditsNegative = "W0290"
        case marksUnused = "W0291"
        case amountMoved = "W0292"
        case currencyOfFormat = "W0293"
        case blockBeside = "W0294"
        case balanceBreaks = "E0295"
        case ledgerOfOther = "E0296"
        case periodColumnOfYear = "E0297"

        // 03: the agreement
        case keywordUnknown = "E0301"
        case wordUnexpected = "E0302"
        case nameUnknown = "E0303"
        case declaredTwice = "E0304"
        case declarationMissing = "E0305"
        case ruleUnreachable = "E0307"
        case ruleUnfinished = "E0308"
        case lineAfterRest = "E0309"
        case weightsWrong = "E0310"
        case amountWrong = "E0311"
        case splitRuleWrong = "E0312"
        case layoutWrong = "E0314"
        case percentagesAboveWhole = "E0316"
        case ruleMatchedNothing = "N0317"
        case changeNotReckoned = "E0319"
        case nobodyTakesPart = "E0320"
        case fundWrong = "E0321"
        case fundDrawnTwice = "N0322"
        case fundNotDrawn = "N0323"
        case schemeWrong = "E0324"
        case dateWrong = "E0325"
        case exampleDiffers = "E0326"
        case lineTakesNoIncome = "E0327"
        case netRuleWrong = "E0328"
        case feeWrong = "E0329"
        case successorNotNamed = "W0330"

        // 04: checks on the year
        case tableDoesNotCast = "E0401"
        case tableDoesNotCrossCast = "E0402"
        case reserveOverdrawn = "E0404"
        case reserveDiffersFromLedger = "E0405"
        case broughtForwardMoved = "E0406"
        case rechargesUnequal = "E0408"
        case suspenseOpen = "W0410"
        case periodOutsideYear = "E0411"
        case cutOff = "N0412"
        case accrualNotReversed = "W0413"
        case likelyDuplicate = "W0414"
        case incomeOnExpenditureCode = "W0415"
        case expenditureOnIncomeCode = "W0416"
        case contributionNotPosted = "W0417"
        case contributionLastYears = "W0418"
        case varianceUnexplained = "W0419"
        case statutoryLineMissing = "W0420"
        case noBudget = "N0421"
        case noLastYear = "N0422"
        case reserveJournalUnposted = "N0423"
        case openingMissing = "W0424"
        case datesOutsideYear = "E0425"
        case virementOverLimit = "W0426"
        case carryForwardTooMuch = "W0427"
        case noContributionsToGoBy = "E0428"
        case reserveBelowFloor = "W0429"
        case reserveWithoutMember = "W0430"
        case debtOld = "W0431"
        case accrualTwice = "W0432"
        case rowsInTwoFiles = "W0433"
        case awardExceeded = "E0434"
        case budgetMissing = "E0435"
        case virementBeyondBudget = "W0436"
        case signUnexpected = "W0437"
        case ledgerStops = "W0438"
        case ruleEnded = "W0439"
        case answerUnused = "N0440"
        case feePosted = "E0441"
        case lastYearUnknown = "W0442"
        case activityMissing = "E0443"
        case activityUnused = "E0444"
        case invoicedOtherwise = "W0445"
        case sizeUnlikely = "W0446"
        case dateAfterPeriod = "W0447"
        case periodsAndDatesApart = "W0448"
        case invoiceDateUnlikely = "W0449"
        case vatUnlikely = "W0450"
        case budgetOfHeadingMissing = "W0451"
        case contributionBudgetedOtherwise = "W0452"
        case yearMissing = "W0453"
        case dateYearAway = "W0454"
        case activityIncomplete = "W0455"
        case receivedBeyondAward = "W0456"

        // 05: pages and forms
        case templateBroken = "E0501"

        // 09: the program itself
        case ownFiguresDisagree = "E0901"

        /// Of every finding with the code, by its first letter.
        public var severity: Severity {
            switch rawValue.first {
            case "E": .error
            case "W": .warning
            default: .note
            }
        }

        /// Whether it says that a balance is wrong, which then is wrong in every year that follows from it.
        public var isOfBalances: Bool {
            [.broughtForwardMoved, .reserveOverdrawn, .awardExceeded, .usedBeforeOfReserve].contains(self)
        }

        /// When in a run it is found; what is found later may follow from what was found before.
        enum Stage: Int, Comparable {
            case agreement, reading, importing, checking, printing, program

            static func < (a: Stage, b: Stage) -> Bool { a.rawValue < b.rawValue }
        }

        var stage: Stage {
            switch rawValue.dropFirst().prefix(2) {
            case "01": .reading
            case "02": .importing
            case "03": .agreement
            case "05": .printing
            case "09": .program
            default: .checking
            }
        }

        /// Whether no version from this one on gives it; the number stays taken.
        public var isRetired: Bool { self == .tableBroken || self == .mapBroken }

        /// What is wrong, in a few words without a full stop.
        public var title: String { help.title }
        /// What it means and what to do, in two or three sentences.
        public var explanation: String { help.explanation }
    }
}
