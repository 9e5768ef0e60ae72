namespace BankPortal.Tests.Architecture.Sample.Fraud;

/// <summary>A derived module that the sample ledger uses against the rules.</summary>
internal static class Score
{
    public static int Of(int amount) => Math.Clamp(amount, 0, 100);
}
