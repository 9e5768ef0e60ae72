namespace BankPortal.Tests.Architecture.Sample.Ledger;

/// <summary>Breaks no rule, so no answer may list it as a user.</summary>
internal static class Obedient
{
    public static long Sum(IEnumerable<long> amounts) => amounts.Sum();
}
