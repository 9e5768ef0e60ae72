namespace BankPortal.Core.Fraud.Desk;

/// <summary>Defines who belongs to the fraud desk.</summary>
public static class FraudDesk
{
    /// <summary>Returns whether the actor may see and act on other people's accounts: fraud analysts and administrators.</summary>
    public static bool MayAct(Actor actor) => LedgerRules.MayDecide(actor);
}
