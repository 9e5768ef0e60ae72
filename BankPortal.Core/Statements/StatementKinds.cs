namespace BankPortal.Core.Statements;

/// <summary>The kinds of movements that statements show apart.</summary>
public static class StatementKinds
{
    /// <summary>Interest paid or charged.</summary>
    public static ImmutableArray<TransferKind> Interest { get; } = [TransferKind.Interest];

    /// <summary>Fees of the bank.</summary>
    public static ImmutableArray<TransferKind> Fees { get; } = [TransferKind.Fee];
}
