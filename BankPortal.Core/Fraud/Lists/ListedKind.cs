namespace BankPortal.Core.Fraud.Lists;

/// <summary>What can be on a risk list.</summary>
public enum ListedKind
{
    /// <summary>One account.</summary>
    Account,

    /// <summary>A customer, with all accounts.</summary>
    Customer,
}
