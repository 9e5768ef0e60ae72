namespace BankPortal.Tests.Architecture.Sample.Ledger;

/// <summary>Breaks no rule; it must not be named.</summary>
internal static class Obedient
{
    public static long Sum(IEnumerable<long> amounts) => amounts.Sum();
}
