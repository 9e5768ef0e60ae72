namespace BankPortal.Core.Fraud.Desk;

/// <summary>Who works at the fraud desk.</summary>
public static class FraudDesk
{
    /// <summary>Whether the actor may look at and act on other people's accounts: fraud analysts and administrators.</summary>
    public static bool MayAct(Actor actor) => LedgerRules.MayDecide(actor);
}
