namespace BankPortal.Tests.Architecture.Sample.Fraud;

/// <summary>Part of a small house that breaks the rules on purpose.</summary>
internal static class Score
{
    public static int Of(int amount) => Math.Clamp(amount, 0, 100);
}
