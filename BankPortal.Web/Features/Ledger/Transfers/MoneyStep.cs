namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>The steps of every page that moves money.</summary>
public enum MoneyStep
{
    /// <summary>Saying what should happen.</summary>
    Form,

    /// <summary>Reading what will happen, before it does.</summary>
    Review,

    /// <summary>What has happened.</summary>
    Receipt,
}
