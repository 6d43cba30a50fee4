extension Finding.Code {
    /// What `outturn help CODE` prints: a list as long as that of the codes, of which the compiler lets none be
    /// forgotten.
    var help: (title: String, explanation: String) {
        switch self {
        case .fileEmpty:
            (
                "the file is empty",
                "There is nothing in it to read. Export it again; a failed export often leaves an empty "
                    + "file behind."
            )
        case .formatRefused:
            (
                "the file is not in a readable format",
                "The format is recognised by the file's first bytes, not from its name: many systems write HTML or "
                    + "the old binary format under the name .xls. Open it in a spreadsheet program and save it as "
                    + "XML Spreadsheet 2003 or as CSV."
            )
        case .xmlBroken:
            (
                "the XML is broken",
                "The file breaks off or breaks the rules of XML at the line given. Nothing after that place was "
                    + "read, so the file counts as not read. Export it again; a file cut short in copying is the "
                    + "usual cause."
            )
        case .doctypeRefused:
            (
                "the file declares a document type",
                "No spreadsheet program writes a DOCTYPE into such a file, and one can be used to read other "
                    + "files or to fill the memory. The file is refused. Open it in a spreadsheet program and "
                    + "save it again."
            )
        case .limitPassed:
            (
                "the file passes a limit",
                "The limits keep a hostile or runaway file from filling the memory; no export seen so far comes "
                    + "near them. The message names the limit."
            )
        case .encodingUnknown:
            (
                "the text's encoding can't be read",
                "The file declares an encoding that it doesn't keep, or that this program doesn't know. Save it "
                    + "as UTF-8."
            )
        case .cellOutOfPlace:
            (
                "a row or cell goes backwards",
                "Rows and cells must come in ascending order, inside 1,048,576 rows and 16,384 columns. A file "
                    + "that goes back could put two values in one cell, so it is refused."
            )
        case .formulaWithoutValue:
            (
                "a formula without its value",
                "The cell holds a formula but not the value last computed, so it can't be read; it never counts "
                    + "as zero. Open the file in a spreadsheet program, recalculate, and save it again."
            )
        case .charactersReplaced:
            (
                "characters that XML forbids were replaced",
                "Some systems write control characters into descriptions. Each was replaced by the replacement "
                    + "character so that the rest could be read; amounts are not affected unless an amount is "
                    + "named separately."
            )
        case .quoteUnclosed:
            (
                "a quotation mark is never closed",
                "A field begins with a quotation mark that has no partner, or that of a later row, so it swallowed "
                    + "what stands between. Find the mark on the line given and double it or remove it."
            )
        case .fileDamaged:
            (
                "the workbook is damaged",
                "An Excel or OpenDocument workbook is a ZIP archive of parts. This one was cut short, changed, or "
                    + "put together wrongly, so what it holds can't be known for certain. Copy it again whole, or "
                    + "export it anew."
            )
        case .hiddenRead:
            (
                "hidden rows or sheets were read",
                "A spreadsheet program hides rows by hand or by a filter, and whole sheets. They count: what is "
                    + "hidden from the eye is in the file's totals. Look whether they belong to the export, and "
                    + "take them out at the source if they don't."
            )
        case .documentUnreadable:
            (
                "a document can't be read",
                "It lies in the folder and can't be opened: a link that leads nowhere, a pipe or a device, or a "
                    + "file without the right to read it. Nothing of it is in any figure. Put the file itself in "
                    + "its place, or take it away."
            )
        case .mapBroken:
            (
                "the map can't be read",
                "Earlier versions gave this code to whatever was wrong with a map. Each fault now has a code of "
                    + "its own: E0260 to E0274."
            )
        case .noMapFits:
            (
                "no map fits the file",
                "A map fits when all the header names in its `recognise` list stand in one row of the sheet. "
                    + "Write a map for this layout, or mend the names."
            )
        case .severalMapsFit:
            (
                "more than one map fits the file",
                "Exactly one map must fit, or the same file could be read in two ways. Give one of them a further "
                    + "header name to recognise."
            )
        case .columnMissing:
            (
                "a column that the map names is missing",
                "The header row was found, but not this column. The layout may have changed: compare the header "
                    + "with the map's `columns`."
            )
        case .amountUnreadable:
            (
                "the amount can't be read",
                "Nothing was guessed and the row stands in no total, so the figures are incomplete. Mend the cell "
                    + "at its source and export again."
            )
        case .amountIsError:
            (
                "the amount is an error value",
                "The cell holds a spreadsheet error such as #REF!, so its amount is unknown. Mend the formula in "
                    + "the source and export again."
            )
        case .amountMerged:
            (
                "the amount's cell is merged",
                "A merged amount covers other cells, and which of them it stands for is unclear. Unmerge the "
                    + "cells and export again."
            )
        case .codeUnknown:
            (
                "the map doesn't know the code",
                "The row went to suspense: it is in no heading until the map gives its code a class."
            )
        case .periodUnreadable:
            (
                "the accounting period can't be read",
                "The period decides the year, so the row went to no year. Mend the cell or the map's `period "
                    + "format`."
            )
        case .dateUnreadable:
            (
                "the date can't be read",
                "The date feeds the cut-off list only; the row counts in its period all the same if the map has a "
                    + "period column, else in none."
            )
        case .subtotalDiffers:
            (
                "a sub-total of the export doesn't add up",
                "The rows above the sub-total don't add up to it: rows are missing from the file, or were changed "
                    + "by hand."
            )
        case .controlTotalDiffers:
            (
                "the file's control total differs",
                "What was read doesn't add up to the total printed in the file: rows are missing, or were changed "
                    + "by hand."
            )
        case .amountIsText:
            (
                "the amount is stored as text",
                "It was read as the number it spells. A spreadsheet program would leave it out of its own sums."
            )
        case .debitAndCredit:
            (
                "a debit and a credit in one row",
                "A row moves an amount one way. With both columns filled, which is meant is unclear."
            )
        case .grossDiffers: ("net, VAT and gross don't agree", "Net plus VAT must be gross, to the penny.")
        case .memberConcernedUnknown:
            (
                "the member concerned isn't known",
                "A cost shared by the member concerned must name one of the agreement's members. The row went to "
                    + "suspense."
            )
        case .sourceChanged:
            (
                "a source file is not the one imported",
                "The file's SHA-256 differs from the one in imports.csv, or a listed file is gone. Put the "
                    + "imported file back, or import the new one so that the old is kept under exports/superseded."
            )
        case .tableBroken:
            (
                "a table of the year's folder can't be read",
                "Earlier versions gave this code to whatever was wrong with a table of the year. Each fault now "
                    + "has a code of its own: E0231 to E0257."
            )
        case .tableEmpty:
            (
                "a table of the year is empty",
                "Its first row names the columns, and there is none. Put the columns back, or take the file "
                    + "away if the year has no such table."
            )
        case .tableTooLong:
            (
                "a table of the year has too many rows",
                "No table that a person keeps is as long. It is probably an export, which belongs under "
                    + "exports/."
            )
        case .tableTwice:
            (
                "a year has two tables of one name",
                "Which of the two counts is unclear, so neither is read. Keep one, in any readable format."
            )
        case .tableColumnUnknown:
            (
                "a table has a column that it doesn't know",
                "What stands in the column would be in no figure. Mend the header, or take the column away; "
                    + "`outturn help folder` names the columns of each table."
            )
        case .tableColumnMissing:
            (
                "a table lacks a column",
                "Without the column no row can be read. `outturn help folder` names the columns of each "
                    + "table."
            )
        case .tableColumnTwice:
            (
                "two columns of a table are one",
                "Which of the two counts is unclear. Give them different headers, or take one away."
            )
        case .tableCellWrong:
            (
                "a cell of a table is neither text nor number",
                "It holds an error value, or a yes or no. Mend the cell and save the table again."
            )
        case .tableNameUnknown:
            (
                "a table names somebody or something that the agreement hasn't got",
                "Members, contributors, funds, headings and accounts are named as the agreement names them, "
                    + "or by their labels. The row is in no figure until the name is mended."
            )
        case .tableWordUnknown:
            (
                "a cell holds a word that its column doesn't know",
                "The column takes a few words only, which the hint names."
            )
        case .tableAmountUnreadable:
            (
                "an amount of a table can't be read",
                "Nothing was guessed, and the row stands in no figure. Write the amount as 1234.50."
            )
        case .tableAmountMissing:
            (
                "a row of a table has no amount",
                "Nothing was guessed, and the row stands in no figure. Give the amount; nil is 0.00."
            )
        case .tableAmountNegative:
            (
                "an amount of a table is less than zero",
                "The column's own meaning says which way the amount goes, so it is written without a minus."
            )
        case .tablePeriodUnreadable:
            (
                "a period of a table can't be read",
                "Periods are P1 to P16, April being P1; P13 to P16 are the year's closing periods."
            )
        case .tableDateUnreadable:
            (
                "a date of a table can't be read",
                "Dates are written as 2018-04-30 or 30/04/2018."
            )
        case .entryIncomplete:
            (
                "an entry doesn't say what an auditor asks",
                "A journal, a virement, a request and the like say who made them, when, or why, because "
                    + "without it nobody can check them later."
            )
        case .entryTwice:
            (
                "an entry stands in a table twice",
                "Two rows speak of one thing, and which counts is unclear. Remove one of them."
            )
        case .movesNowhere:
            (
                "an entry moves an amount to where it came from",
                "Both sides of the journal or the virement are the same, so it says nothing. Name two."
            )
        case .movesOnlyCash:
            (
                "a journal joins accounts that only cash can join",
                "Money goes into a reserve or a fund, or comes from a contributor, by way of a member's cash. "
                    + "Make two journals of it."
            )
        case .virementWithoutBudget:
            (
                "a virement moves budget of a line that has none",
                "Give the line a budget in `budget`; one that begins the year with nothing has 0.00."
            )
        case .yearEndEntryWrong:
            (
                "a year-end entry is of the wrong kind",
                "A cost has accruals and prepayments, an income has debtors and receipts in advance, and an "
                    + "approved budget is no posting."
            )
        case .inKindValueWrong:
            (
                "the value of a gift in kind is not days times rate",
                "Give the days and the rate, or the value alone; where all three are given they agree."
            )
        case .usedBeforeOfReserve:
            (
                "a reserve is said to have been used in earlier years",
                "Only a grant counts what it gave in earlier years against its cap."
            )
        case .vatUnexplained:
            (
                "an invoice charges VAT and doesn't say why",
                "The column \"vat treatment\" says how the supply is treated. VAT on a contribution is usually "
                    + "a mistake."
            )
        case .receivedTooMuch:
            (
                "more was received than was invoiced",
                "What was overpaid is an invoice or a credit of its own, so that the debt doesn't vanish."
            )
        case .exportWithoutMember:
            (
                "an export lies under no member of the agreement",
                "Whose books it is is unclear, so nothing of it is in any figure. Exports lie under "
                    + "exports/MEMBER/."
            )
        case .exportNested:
            (
                "a folder lies inside a member's exports",
                "Files in it are not read, because it would be unclear which of them stand for the year. Move "
                    + "them up, or out of exports."
            )
        case .approvedBudgetUndeclared:
            (
                "the budget gives an approved budget that the agreement doesn't use",
                "Nothing says what the money is for. Declare it: contribution approved budget of each member, "
                    + "stays."
            )
        case .rowTwice:
            (
                "a row of a year's table stands there twice",
                "Two rows say the same in every column that is read, on one sheet or on two, and both are in the "
                    + "figures. Remove one. If both are meant, two gifts or two orders alike, give each a number or a "
                    + "reason of its own, and the warning is gone."
            )
        case .rechargeWithItself:
            (
                "a recharge with oneself",
                "The map calls a code a recharge with a member, and the row stands in that member's own ledger. Such a "
                    + "payment has no other side, so what it was for is in no figure; the row is in suspense. Give "
                    + "the code the class that it has in this ledger, or exclude it with the reason."
            )
        case .mapNotYAML:
            (
                "a map is not a YAML file that can be read",
                "The file's YAML is broken, or it uses what no map needs. The message says where."
            )
        case .mapKeyUnknown:
            (
                "a map has a key that no map has",
                "What it says would be left unheeded. `outturn help map` names the keys and the columns' "
                    + "roles."
            )
        case .mapKeyMissing:
            (
                "a map lacks a key",
                "Without it no row can be read. The hint shows how it is written."
            )
        case .mapValueWrong:
            (
                "a key of a map has the wrong kind of value",
                "A list, or a name, was expected. The hint shows how it is written."
            )
        case .mapWordUnknown:
            (
                "a key of a map has a value that it doesn't know",
                "The key takes a few words only, which the message or the hint names."
            )
        case .mapColumnMissing:
            (
                "a map names no column for what it needs",
                "Every row has a code, and a period or a date. Name the header of the column."
            )
        case .mapAmountWays:
            (
                "a map takes the amount from more than one place, or from none",
                "The amount comes from `amount`, or from `debit` and `credit`, or from `net`, or from the "
                    + "period columns: from one of them."
            )
        case .mapPeriodUnknown:
            (
                "a map names a period that there isn't",
                "Periods are P1 to P16, April being P1."
            )
        case .mapTestWrong:
            (
                "a test of rows in a map is incomplete",
                "It names a column, and what that column begins or ends with, is or contains: one of them."
            )
        case .excludedWithoutReason:
            (
                "a map excludes rows and gives no reason",
                "The reason is printed with what was excluded, so that a reader of the statement can judge "
                    + "it."
            )
        case .mapCodeWrong:
            (
                "a code in a map can't be read",
                "A code stands alone, as a range from the lower to the higher, with a star at its end, or "
                    + "after its cost centre and a stroke."
            )
        case .mapClaimsTwice:
            (
                "two lines of a map claim the same",
                "Which of them holds is unclear. Keep one, or let one be more exact than the other."
            )
        case .mapClassUnknown:
            (
                "a code's class in a map can't be understood",
                "The hint names all classes that a code can have."
            )
        case .mapNameUnknown:
            (
                "a map names somebody or something that the agreement hasn't got",
                "Headings, contributors, members and funds are named as the agreement names them."
            )
        case .mapKindDiffers:
            (
                "a map and the agreement disagree whether a heading is a cost or an income",
                "The agreement decides, because its rules share costs and income differently."
            )
        case .nothingRead:
            (
                "no row of the file became a posting",
                "The header was found, but below it there is nothing with an amount. The export may have been run "
                    + "for the wrong period or cost centre."
            )
        case .controlTotalMissing:
            (
                "the file's control total was not found",
                "The map says that the file prints a total, but no row matched it. The file may be cut short, or "
                    + "the map's text may be out of date."
            )
        case .rowWithoutAmount:
            (
                "a row has no amount",
                "The row has a code but its amount is blank. Nothing was guessed: if it is a heading row, let the "
                    + "map leave it out."
            )
        case .ledgerMissing:
            (
                "a member's ledger is missing",
                "No export stands under the member's name, so its costs and income are in no figure. Where a "
                    + "member keeps no books for the partnership, let the agreement say who does: `books rbkc wcc`."
            )
        case .fileTwice:
            (
                "the same file twice",
                "Two exports are the same to the byte, so everything in them counts twice. Take one of them away."
            )
        case .approvedBudgetMissing:
            (
                "an approved budget is missing",
                "The agreement calls the approved budget of each member a contribution, and the year's budget "
                    + "gives none for this member. A member that contributes nothing has 0.00."
            )
        case .rowTooLong:
            (
                "a row is longer than its header",
                "A filled field of a CSV stands to the right of the last header. An amount with a comma and no "
                    + "quotation marks does that, and what was read of it would be wrong."
            )
        case .rowsOutsideTable:
            (
                "amounts stand outside the table",
                "Rows above the header, or on a sheet without one, hold amounts that the map can't read. They are "
                    + "in no figure."
            )
        case .fileNotRead:
            (
                "a file of the year's folder is not read",
                "Its name is none that the program knows, so nothing of it is in any figure. `outturn help "
                    + "folder` lists the names."
            )
        case .sheetNotRead:
            (
                "a sheet of a table is not read",
                "All sheets of a table's workbook are read, each by a header of its own. This one has none of the "
                    + "table's columns, so nothing of it is in any figure. Give it the header, or move it to a "
                    + "workbook of its own."
            )
        case .keywordUnknown:
            (
                "a line begins with an unknown word",
                "Every line of an agreement begins with a keyword. `outturn help agreement` lists them."
            )
        case .wordUnexpected:
            ("the line can't be understood", "The message names what was expected at the place marked.")
        case .nameUnknown:
            (
                "a name that isn't declared",
                "Names are declared by members, contributors, weights, and the headings of the statement's "
                    + "sections."
            )
        case .declaredTwice: ("declared twice", "One of the two must go: with both, which is meant is unclear.")
        case .declarationMissing:
            (
                "something must be declared",
                "The agreement can't be run without it. The message says which line to add."
            )
        case .ruleUnreachable:
            (
                "a rule can never be reached",
                "The first rule that matches a heading takes it. An earlier rule takes all that this one names."
            )
        case .ruleUnfinished:
            (
                "a rule leaves a rest that nobody pays",
                "The last line of a rule takes the rest from a payer without limit, so that no cost is ever left "
                    + "without one."
            )
        case .lineAfterRest:
            (
                "a line after the whole rest was taken",
                "The line above takes all that is left, without limit: this one would never take anything."
            )
        case .weightsWrong:
            (
                "the weights can't be used",
                "A set of weights gives every member a weight of zero or more, not all zero, and names its "
                    + "source and date."
            )
        case .amountWrong:
            (
                "an amount, percentage or fraction can't be read",
                "Amounts are written as £12,000 or £12,000.50, percentages as 80% or 12.5%, fractions as 1/3."
            )
        case .splitRuleWrong:
            (
                "a split rule and its lines don't agree",
                "A rule split by member concerned has a pool for each member. Fixed sums, caps and reserves in it "
                    + "may name only the member concerned; and only in such a rule may a line do so."
            )
        case .layoutWrong:
            (
                "the statement's layout is incomplete",
                "Every heading and contribution must be printed in exactly one section, and totals must name "
                    + "lines above them."
            )
        case .percentagesAboveWhole:
            (
                "the percentages add to more than the whole",
                "The lines of a rule share one pool; together they can't take more than 100% of it."
            )
        case .ruleMatchedNothing:
            (
                "a rule matched nothing",
                "No cost or income of this year fell under the rule. A year without a case review, for example, "
                    + "is normal."
            )
        case .changeNotReckoned:
            (
                "a change within the year isn't reckoned",
                "Where a group's members or weights change within a year, a share must say `by days` (the year's "
                    + "pool, by weight times days) or `as costs fall` (each month's costs among those there). "
                    + "They give different figures, so neither is assumed."
            )
        case .nobodyTakesPart:
            (
                "for a time nobody is there to pay",
                "The membership lines leave a time in which none of a line's payers takes part, so a cost of that "
                    + "time would have no payer."
            )
        case .fundWrong:
            (
                "a fund or grant can't be used so",
                "A fund says what becomes of what is left, meets costs only, and pays for nothing outside its "
                    + "ring-fence."
            )
        case .fundDrawnTwice:
            (
                "several rules draw on one fund",
                "Rules run in the file's order: the first is met first, and the next has what it leaves. That may "
                    + "well be meant."
            )
        case .fundNotDrawn: ("no rule draws on a fund", "The fund's balance rolls forward and meets no cost.")
        case .schemeWrong:
            (
                "a scheme can't be used so",
                "A scheme has a lead member and headings of its own; its lead is named only in a rule for "
                    + "that scheme."
            )
        case .dateWrong:
            (
                "a date can't be used so",
                "The accounting period decides which rule, weights or grant apply, so these begin on the first of "
                    + "a month and end on the last. Times of one body must not overlap."
            )
        case .exampleDiffers:
            (
                "an example of the agreement comes out otherwise",
                "The examples beside the agreement say what it should give. One of the two is wrong, and a person "
                    + "must say which."
            )
        case .lineTakesNoIncome:
            (
                "a line of a rule over income takes nothing",
                "Income is shared in percentages and by the rest. A fixed sum, a cap, a reserve or a fund takes part "
                    + "in costs alone, so in a rule that covers no cost the line would be passed over."
            )
        case .netRuleWrong:
            (
                "a rule that is net, and has nothing to net",
                "A rule for costs less income has headings of both. With one kind alone the word changes nothing, and "
                    + "something else may have been meant."
            )
        case .feeWrong:
            (
                "a fee that can't be charged so",
                "A fee is a cost of its own heading and a part of other costs. It concerns no member, so its heading "
                    + "falls under no rule that is split by member concerned."
            )
        case .successorNotNamed:
            (
                "a line names a body that another succeeds, and not the other",
                "A successor takes its predecessor's place among all members, with its weight and its contributions. A "
                    + "line that names bodies one by one goes by those names alone, so the successor bears nothing "
                    + "of it."
            )
        case .tableDoesNotCast:
            ("a table doesn't cast", "The total printed at the foot of a column isn't the sum of its lines.")
        case .tableDoesNotCrossCast:
            (
                "a table doesn't cross-cast",
                "The total printed at the end of a row isn't the sum of its members' figures."
            )
        case .reserveOverdrawn:
            (
                "a reserve is below zero",
                "More was brought forward as spent than the reserve holds. A reserve can't be overdrawn: the "
                    + "excess must be met from elsewhere."
            )
        case .reserveDiffersFromLedger:
            (
                "a reserve differs from the ledger's own balance",
                "The export carries the reserve's balance-sheet code, and its balance isn't what the statement "
                    + "comes to, even allowing for journals still to be posted."
            )
        case .broughtForwardMoved:
            (
                "brought forward isn't last year's carried forward",
                "A balance must not change between 31 March and 1 April. An adjustment needs a line of its own "
                    + "with its reason."
            )
        case .rechargesUnequal:
            (
                "a recharge between members has unequal sides",
                "What one member's ledger shows as paid, the other's must show as received. Until both sides "
                    + "agree, the total isn't the partnership's."
            )
        case .suspenseOpen:
            (
                "suspense is not cleared",
                "Rows in suspense are in no heading and in no share. Clear them by a line in a map or by a "
                    + "journal before closing."
            )
        case .periodOutsideYear:
            (
                "a posting's period is outside the year",
                "The row was excluded, because its accounting period belongs to another year."
            )
        case .cutOff:
            (
                "dated across the year's end",
                "The period puts the posting into this year, its date into another. That is what accruals and "
                    + "closing entries are; a person should look through the list."
            )
        case .accrualNotReversed:
            (
                "last year's accrual isn't reversed, or wasn't used",
                "An accrual of last year should be reversed and met by its invoice this year. Otherwise the cost "
                    + "counts twice, or was never due."
            )
        case .likelyDuplicate:
            (
                "likely a duplicate",
                "Two postings share document number, code, amount and date. They are reported and never removed: "
                    + "standing charges are often equal."
            )
        case .incomeOnExpenditureCode:
            (
                "income on an expenditure code",
                "The code is classed as expenditure, yet as a whole it stands in credit. A refund can do that; "
                    + "fees posted to the wrong code do it more often."
            )
        case .expenditureOnIncomeCode:
            ("expenditure on an income code", "The code is classed as income, yet as a whole it stands in debit.")
        case .contributionNotPosted:
            (
                "a contribution agreed and posted differ",
                "What the agreement declares and what the ledgers show aren't the same."
            )
        case .contributionLastYears:
            (
                "the contribution posted is last year's",
                "This year's agreed sum differs from last year's, and the ledger shows last year's. The invoice "
                    + "was probably not updated."
            )
        case .varianceUnexplained:
            (
                "a variance without an explanation",
                "The variance passes the agreement's threshold, and `explanations` has no line for it."
            )
        case .statutoryLineMissing:
            (
                "a line that a report must show is missing",
                "Working Together to Safeguard Children (2015, chapter 3) asks for each partner's contribution "
                    + "and for spending on child death reviews, serious case reviews and other specific "
                    + "expenditure such as learning events or training. A stated nil is enough."
            )
        case .noBudget: ("no budget is given", "Without a budget table there is no budget and variance statement.")
        case .noLastYear:
            (
                "no last year to compare with",
                "The folder has no earlier year, so brought forward, accruals and contributions are not compared "
                    + "with it."
            )
        case .reserveJournalUnposted:
            (
                "a reserve journal is still to be posted",
                "The ledger's own balance is right but for the year-end transfer. `outturn recharges DIR` prints "
                    + "the journal."
            )
        case .openingMissing:
            (
                "no opening balance",
                "The reserve's roll-forward starts from zero because `opening` has no line for it."
            )
        case .datesOutsideYear:
            (
                "most dates are outside the year",
                "More than half of the dated postings of a file belong to another year by their dates. The export "
                    + "was probably put into the wrong year's folder."
            )
        case .virementOverLimit:
            (
                "a virement beyond the limit",
                "The agreement says up to what sum budget may be moved without the members. A larger one names "
                    + "them as those who agreed it."
            )
        case .carryForwardTooMuch:
            (
                "more is asked to be carried forward than is left",
                "A request to carry forward rests on an underspend of its line: the revised budget less what "
                    + "was spent."
            )
        case .noContributionsToGoBy:
            (
                "there are no contributions to share by",
                "A line shares by the members' contributions, and no member has an approved budget. They were "
                    + "taken to bear alike, which is surely not meant."
            )
        case .reserveBelowFloor:
            ("a reserve falls below its floor", "The agreement names what a reserve should not fall below.")
        case .reserveWithoutMember:
            (
                "a reserve of a body that has left",
                "The body takes part no more at the year's end, and its reserve still holds money. What becomes "
                    + "of it must be decided, and journalled."
            )
        case .debtOld:
            (
                "a contribution is long overdue",
                "An invoice has been due for more than ninety days and isn't paid. Ask for it, or write it off "
                    + "and say who bears it."
            )
        case .accrualTwice:
            (
                "an accrual, or its reversal, counts twice",
                "One year-end entry may stand in the ledger, or in `closing`, and is taken back once: by a row of the "
                    + "ledger, or by this program where it was in last year's `closing`. Take one of the two places "
                    + "away, or have one reversed."
            )
        case .rowsInTwoFiles:
            (
                "rows of one export stand in another",
                "Nearly all rows of a file or a sheet are in another one too, so they count twice: a report to date "
                    + "beside an earlier one, or a filtered copy. Keep the one that holds all of them, "
                    + "and move the other to exports/superseded; of a workbook's sheets, name those to read in the map."
            )
        case .awardExceeded:
            (
                "more of a grant is used than was awarded",
                "What was used before and what is used this year are together more than the award. Either the "
                    + "column \"used before\" is wrong, or more was claimed than may be."
            )
        case .budgetMissing:
            (
                "a rule goes by a budget that isn't given",
                "`up to budget` needs a budget for one of the rule's headings at least. Without one nobody knows "
                    + "from where on the next payer bears the cost."
            )
        case .virementBeyondBudget:
            (
                "virements move more than a line has",
                "The line's budget is below zero once they are made. A virement moves what there is; see whether "
                    + "its amount or its direction is wrong."
            )
        case .signUnexpected:
            (
                "a figure has the sign that its table doesn't want",
                "Budgets of income and opening balances are written without a minus, whatever the ledger prints. "
                    + "Where a reserve really is overdrawn, last year's folder shows it, and nothing is said."
            )
        case .ledgerStops:
            (
                "a ledger ends before the year does",
                "It has postings in one period after another and none after the one named, so an export may not have "
                    + "been sent again. Import the export of the whole year, or state the year to that period with "
                    + "`--to`."
            )
        case .ruleEnded:
            (
                "a cost falls to anything else because its own rule doesn't hold",
                "A rule names the heading and holds for part of the time only. What fell outside it goes to the rule "
                    + "for anything else, to which it may never have been meant to go. Say in a rule who pays then."
            )
        case .answeredNoWarning:
            (
                "an answer to what is no warning",
                "The table `answers` holds warnings that somebody has looked at and that stand for a reason. An error "
                    + "is mended, and a note needs no answer."
            )
        case .answerUnused:
            (
                "an answer to a warning that isn't there",
                "The warning has gone, or stands at another place now. The answer is in no figure; take it away, or "
                    + "name the place as the warning does."
            )
        case .feePosted:
            (
                "a fee is in the books twice",
                "The agreement charges the fee itself, as a part of the costs to date, and the ledger has postings "
                    + "under its heading too. Exclude the ledger's code in the map, or take the "
                    + "line out of the agreement."
            )
        case .lastYearUnknown:
            (
                "a limit by last year's share, without a last year",
                "The line holds what each pays to what it bore last year under the rule of that title, and the books "
                    + "have none. No limit was applied."
            )
        case .activityMissing:
            (
                "an activity is counted nowhere",
                "A price or a key goes by an activity, and the year's table has none of it. The line takes nothing, or "
                    + "its payers bear alike."
            )
        case .activityIncomplete:
            (
                "an activity is counted of some, or of part of the year",
                "Shares and prices go by what the year's `activity` table counts. A body without a row has none, and "
                    + "bears nothing; a row of a body that no line counts, or that has left, is money that nobody "
                    + "agreed."
            )
        case .receivedBeyondAward:
            (
                "more came of a grant than was awarded",
                "A grant brings no more than its award. What is more was posted twice, or is another grant's, or the "
                    + "award in the agreement is out of date."
            )
        case .activityUnused:
            (
                "an activity that no line of the agreement counts",
                "The table names it otherwise than the agreement does, so its quantities are in no figure."
            )
        case .headingNeeded:
            (
                "a row that must name a heading",
                "Orders are of costs or of what will be earned. A contribution or an approved budget is agreed, "
                    + "not ordered."
            )
        case .dateNearMidnight:
            (
                "a day whose time is near midnight",
                "A time in UTC is an hour behind an English summer's, and some systems write the end of a day as its "
                    + "last minute. The day, and with it the month, may be the next one."
            )
        case .markUnknown:
            (
                "a mark of debit or credit that the map doesn't know",
                "The map says which marks stand for credits, and perhaps which for debits. Without a known mark an "
                    + "amount could go either way, so the row was not read."
            )
        case .markAndMinus:
            (
                "an amount below zero beside a mark of its side",
                "The mark may say what the minus says, or the minus may take back what the mark says. Both are met "
                    + "with, and the row was not read."
            )
        case .sheetMissing:
            (
                "a sheet that a map names is not in the file",
                "It may have been renamed, or left out of the export. The sheets that are there don't tell what it "
                    + "held."
            )
        case .sheetNotNamed:
            (
                "a sheet with the map's header that the map's list of sheets leaves out",
                "It may repeat the others, or have come anew. Nothing of it was read."
            )
        case .periodColumnUnnamed:
            (
                "a month's column that the map doesn't name holds amounts",
                "The map was written when the month had no column yet, or names others. What stands there is in no "
                    + "figure."
            )
        case .numberRewritten:
            (
                "a long number that a spreadsheet has put into another form",
                "A spreadsheet that opened the file and saved it wrote 1.23457E+11 for 123456789012: which number it "
                    + "was can't be told any more. Two codes or documents may now read alike."
            )
        case .totalPosted:
            (
                "a total or a balance stands among the postings",
                "A row that reads like a total, or like a balance brought or carried forward, has a code and a period, "
                    + "so it was posted, and what it adds up counts twice. Which rows are none, the map says under "
                    + "`rows`."
            )
        case .postingLikeTotal:
            (
                "a row that the map takes for a total may be a posting",
                "A supplier may be called Total. A row with a code, a period and a document that is no sum of the rows "
                    + "above it is posted; one that equals the one row above could be either."
            )
        case .otherCurrency:
            (
                "an amount in another currency",
                "A column says that the row was paid in euros, dollars or the like. Amounts of two currencies have no "
                    + "sum; many systems export a base amount beside it."
            )
        case .unitOfHeader:
            (
                "a header that says pence or thousands",
                "The column's header names a unit, and the map says none, so pounds were read. Say in the map which it "
                    + "is: `unit: pence`, `unit: thousands`, or `unit: pounds`, if the header means something else."
            )
        case .creditsNegative:
            (
                "a credit column in which every figure is below zero",
                "Some systems print a minus in the credit column, as if its header didn't say credit already; a credit "
                    + "that is taken back has one, too. Say in the map which it is: `credits: negative` or "
                    + "`credits: positive`."
            )
        case .marksUnused:
            (
                "a column says debit or credit, and the map doesn't read it",
                "No amount is below zero, and a column beside them marks some as credits. Say so in the map: `sign`."
            )
        case .lineCut:
            (
                "a file that ends in the middle of a row",
                "The last row has no line end, and fewer fields or digits than every row above it: an export or a copy "
                    + "that broke off ends so. What came after is missing."
            )
        case .amountMoved:
            (
                "a comma that may have cut an amount or moved it",
                "In a file of comma-separated values 1,234.50 without quotation marks is two fields, 1 and 234.50. "
                    + "Beside this amount stands a figure in a column where other rows have none."
            )
        case .currencyOfFormat:
            (
                "amounts shown in another currency",
                "The workbook shows the numbers of this column with the sign of euros, dollars or the like. They were "
                    + "read as pounds."
            )
        case .blockBeside:
            (
                "amounts beside the table",
                "To the side of the table that the map reads stand others, under headings of their own. Nothing of "
                    + "them was read."
            )
        case .balanceBreaks:
            (
                "a running balance that the rows don't come to",
                "Each row's balance is the one before it and the row's amount. Where that fails a row is missing, "
                    + "was added or was changed."
            )
        case .ledgerOfOther:
            (
                "an export read by the map of another member's ledger",
                "The map says whose books it reads. The file may lie in the wrong member's folder."
            )
        case .periodColumnOfYear:
            (
                "a month's column of another year",
                "Headers of months name their year, and the map takes one of another year for this one's."
            )
        case .sheetWithoutPart:
            (
                "a workbook lists a sheet without cells",
                "Workbooks that began in an old version keep entries of macro and dialogue sheets, which hold no "
                    + "cells. The other sheets are read."
            )
        case .dateYearAway:
            (
                "rows dated about a year from their period",
                "No cut-off takes a year: the rows may be another year's, or the date or the period is mistyped."
            )
        case .importListMissing:
            (
                "the list of imports is gone",
                "`imports.csv` says which exports came, with their digests. Here exports were replaced, or other years "
                    + "have such a list, and this year has none: nothing says that its exports are as they came."
            )
        case .invoicedOtherwise:
            (
                "a contributor was invoiced another sum than it agreed",
                "The invoices of the year don't add to what the agreement says: one may be missing, of another body, "
                    + "or mistyped."
            )
        case .sizeUnlikely:
            (
                "a figure of another size than those beside it",
                "It is some hundred times as large or as small as the figures that it stands with: in thousands, "
                    + "perhaps, or in pence."
            )
        case .dateAfterPeriod:
            (
                "rows dated after their period",
                "They are dated more than ten days after the period's month. Nothing is posted to a month before it "
                    + "happens, unless the period or the date is wrong. The period decides the figures."
            )
        case .periodsAndDatesApart:
            (
                "a file whose periods and dates tell of different months",
                "More than half of its dated rows are two months or more from their period. A month of the calendar "
                    + "may have been taken for an accounting period: June is P3, not P6."
            )
        case .invoiceDateUnlikely:
            (
                "an invoice that is due before it is sent, or more than a year later",
                "One of the two days is mistyped. Debts are counted from the day on which an invoice is due."
            )
        case .vatUnlikely:
            (
                "an invoice whose VAT is more than half of its net sum",
                "No rate is as high; the two columns may be exchanged."
            )
        case .budgetOfHeadingMissing:
            (
                "a rule by a budget that one of its headings hasn't got",
                "The rule takes up to the budget of all its headings, and one has none, so less is taken than was "
                    + "meant. A heading that has nothing has 0.00."
            )
        case .contributionBudgetedOtherwise:
            (
                "a contribution is budgeted otherwise than it was agreed",
                "The budget table and the agreement name two sums for one contributor in one year."
            )
        case .yearMissing:
            (
                "a year is missing between those of the folder",
                "Earlier years are there, and the year before this one isn't, so nothing says that the balances "
                    + "brought forward are those carried forward."
            )
        case .templateBroken:
            (
                "a partnership's own template can't be used",
                "The template, style or wording under `templates` names something that the page hasn't got, or "
                    + "leaves a tag open. A misspelt name would print nothing, and nobody would see what is "
                    + "missing, so no page is written. `outturn help templates` lists the names."
            )
        case .ownFiguresDisagree:
            (
                "the program's own figures disagree",
                "A fault of this program, not of the data. The statement must not be used; please report it."
            )
        }
    }
}
