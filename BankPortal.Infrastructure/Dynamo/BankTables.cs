using System.Collections.Immutable;
using BankPortal.Infrastructure.Identity;

namespace BankPortal.Infrastructure.Dynamo;

/// <summary>Every table of the bank: the rooms' own lists, one after another.</summary>
public static class BankTables
{
    /// <summary>All tables, in the order of the rooms.</summary>
    public static ImmutableArray<TableSpec> All { get; } =
    [
        // One line per room, in alphabetical order: .. LedgerTables.All,
        .. IdentityTables.All,
    ];
}
