namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>Why a payment was not made, in a sentence for its owner.</summary>
public static class RefusalText
{
    /// <summary>The sentence for the code of a refusal; empty for none. What the assessment refused is not explained.</summary>
    public static string Of(string? code) => code switch
    {
        null => "",
        "InsufficientFunds" => "There was not enough money in the account.",
        "OverDailyLimit" => "The account's daily limit was used up.",
        "OverTransferLimit" => "The amount is above what can be moved at once.",
        "DebitAccountFrozen" => "The account was frozen.",
        "DebitAccountClosed" => "The account it is paid from is closed.",
        "CreditAccountClosed" => "The payee's account is closed.",
        _ => "The payment could not be carried out. Please contact us if you need help.",
    };
}
