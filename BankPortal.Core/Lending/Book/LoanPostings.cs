namespace BankPortal.Core.Lending.Book;

/// <summary>The postings of an event that moves money. Their keys are derived from the loan and the event's place. Pure.</summary>
internal static class LoanPostings
{
    /// <summary>The postings in the order in which they are made, each with the part of the event that it moves.</summary>
    public static IReadOnlyList<(LoanPart Part, TransferOrder Order)> Of(Loan loan, LoanEvent planned)
    {
        var currency = loan.Terms.Amount.Currency;
        var parts = new List<(LoanPart, TransferOrder)>();
        if (planned.Kind == LoanEventKind.Disbursed)
        {
            Add(LoanPart.Principal, planned.Principal, TransferKind.LoanPayout, GeneralLedger.Loans(currency), $"{loan.ProductName} paid out");
            Add(LoanPart.Fees, planned.Fees, TransferKind.Fee, GeneralLedger.LoanFees(currency), $"Arrangement fee: {loan.ProductName}");
            return parts;
        }

        if (planned.Kind == LoanEventKind.Recovered)
        {
            Add(LoanPart.Principal, planned.Principal, TransferKind.LoanPayment, GeneralLedger.LoanRecoveries(currency),
                $"{loan.ProductName}: payment after write-off");
            return parts;
        }

        var what = planned.Kind == LoanEventKind.Early ? "early repayment"
            : planned.Instalment > 0 ? string.Create(CultureInfo.InvariantCulture, $"instalment {planned.Instalment}")
            : "payment";
        Add(LoanPart.Fees, planned.Fees, TransferKind.Fee, GeneralLedger.LoanFees(currency), $"{loan.ProductName}: late fee");
        Add(LoanPart.Interest, planned.Interest, TransferKind.LoanPayment, GeneralLedger.LoanInterest(currency),
            $"{loan.ProductName}: {what}, interest");
        Add(LoanPart.Principal, planned.Principal, TransferKind.LoanPayment, GeneralLedger.Loans(currency),
            $"{loan.ProductName}: {what}, principal");
        return parts;

        void Add(LoanPart part, long amount, TransferKind kind, string bank, string text)
        {
            if (amount == 0)
            {
                return;
            }

            var pays = kind == TransferKind.LoanPayout;
            parts.Add((part, new TransferOrder
            {
                Actor = Actor.System,
                IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"loan/{loan.Id}/{planned.Sequence}/{NameOf(part)}"),
                Kind = kind,
                DebitAccountId = pays ? bank : loan.AccountId,
                CreditAccountId = pays ? loan.AccountId : bank,
                Amount = new Money(amount, currency),
                Description = text.Length > LedgerRules.MaxDescriptionLength ? text[..LedgerRules.MaxDescriptionLength].TrimEnd() : text,
                DuplicateConfirmed = true,
                MayUseOverdraft = false,
            }));
        }
    }

    private static string NameOf(LoanPart part) => part switch
    {
        LoanPart.Fees => "fees",
        LoanPart.Interest => "interest",
        _ => "principal",
    };
}

/// <summary>The parts of a payment.</summary>
internal enum LoanPart
{
    Fees,
    Interest,
    Principal,
}
