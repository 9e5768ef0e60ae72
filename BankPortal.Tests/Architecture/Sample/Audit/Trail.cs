using BankPortal.Tests.Architecture.Sample.Ledger;

namespace BankPortal.Tests.Architecture.Sample.Audit;

/// <summary>Breaks the rule that the audit log uses no module but Identity.</summary>
internal static class Trail
{
    public static long Total(IEnumerable<long> amounts) => Obedient.Sum(amounts);
}
