using BankPortal.Core.Ledger.Payees;

namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>What a person enters into a form that moves money, and the checks made before the bank is asked.</summary>
public interface IMoneyForm
{
    /// <summary>The customer's accounts that are not closed, as last read. The flow sets them.</summary>
    IReadOnlyList<Account> Accounts { get; set; }

    /// <summary>The account to show beside the form, if one is chosen.</summary>
    Account? Shown { get; }

    /// <summary>What would go into it (positive) or out of it (negative), as far as it is entered.</summary>
    Money? Movement { get; }

    /// <summary>Whether the form can be used with one account at least.</summary>
    bool IsUsable { get; }

    /// <summary>What is wrong with the fields.</summary>
    FieldErrors Errors { get; }

    /// <summary>Whether the form has a field of that name.</summary>
    bool HasField(string name);

    /// <summary>Shows a refusal of the bank at its field.</summary>
    void ShowError(string field, string message);

    /// <summary>Reads whom the customer has paid before, if the form asks whom to pay; otherwise gives none.</summary>
    Task<IReadOnlyList<Payee>> ReadPayeesAsync(Actor actor, CancellationToken ct);

    /// <summary>Empties the form for a fresh key.</summary>
    /// <param name="payees">What <see cref="ReadPayeesAsync"/> gave.</param>
    void Prepare(IReadOnlyList<Payee> payees);

    /// <summary>Checks all fields and shows what is wrong with them.</summary>
    /// <returns>Whether the form is complete and correct, as far as can be told here.</returns>
    bool Check();
}
