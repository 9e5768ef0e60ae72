using BankPortal.Tests.Architecture.Sample.Ledger;

namespace BankPortal.Tests.Architecture.Sample.Common;

/// <summary>Breaks the rule that the common code uses no module.</summary>
internal static class Shared
{
    public static long Twice(IEnumerable<long> amounts) => 2 * Obedient.Sum(amounts);
}
