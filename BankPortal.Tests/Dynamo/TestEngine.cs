namespace BankPortal.Tests.Dynamo;

/// <summary>A running engine, or the reason why there is none.</summary>
internal sealed record TestEngine(Uri? Address, string? MissingBecause, Action Kill)
{
    public static TestEngine Missing(string reason) => new(null, reason, () => { });
}
