using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports.Cubes;

/// <summary>One side of a settled transfer, with what a report can ask of it. Immutable.</summary>
/// <param name="Transfer">The transfer: posted, rejected or blocked.</param>
/// <param name="Account">The customer's account.</param>
/// <param name="IsIn">Whether money came in.</param>
/// <param name="IsFirst">Whether it is the only side, or the debited one: alerts are counted once for each transfer.</param>
/// <param name="Local">When it was settled, by the bank's clock.</param>
/// <param name="Opened">When the account was opened, by the bank's clock.</param>
public readonly record struct ReportRow(
    Transfer Transfer, AccountFacts Account, bool IsIn, bool IsFirst, DateTime Local, DateOnly Opened)
{
    /// <summary>The day on which it was settled.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Local);

    /// <summary>Whether it belongs to the subject.</summary>
    public bool IsOf(ReportSubject subject) => subject switch
    {
        ReportSubject.Transactions => true,
        ReportSubject.Alerts => IsFirst && Transfer.Risk is { IsFlagged: true },
        _ => false,
    };

    /// <summary>The value of a dimension that is kept.</summary>
    public string ValueOf(ReportDimension dimension) => dimension switch
    {
        ReportDimension.Kind => Transfer.Kind.ToString(),
        ReportDimension.Channel => Transfer.Kind.Channel().ToString(),
        ReportDimension.Direction => IsIn ? "In" : "Out",
        ReportDimension.AccountType => Account.Type.ToString(),
        ReportDimension.Cohort => Opened.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        ReportDimension.Outcome => Transfer.Status.ToString(),
        ReportDimension.Hour => Local.Hour.ToString("00", CultureInfo.InvariantCulture),
        ReportDimension.Band => ReportVocabulary.BandOf(Transfer.Amount),
        ReportDimension.Category => Category(),
        ReportDimension.Rule => Transfer.Risk is { Fired: [var rule, ..] } ? rule : ReportVocabulary.None,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "Transfers do not have this."),
    };

    private string Category()
    {
        var traits = new EntryTraits(
            Transfer.Kind, IsIn, Transfer.IsBetweenOwnAccounts, IsIn ? Transfer.DebitLabel : Transfer.CreditLabel, Transfer.Description);
        return traits.Counts ? ShippedCategories.Of(traits) : ShippedCategories.Excluded;
    }
}

/// <summary>What reports need of an account.</summary>
/// <param name="Id">The account.</param>
/// <param name="OwnerId">Its owner.</param>
/// <param name="Type">Its type.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Number">Its number.</param>
public sealed record AccountFacts(string Id, string OwnerId, AccountType Type, DateTimeOffset OpenedAt, AccountNumber Number);
