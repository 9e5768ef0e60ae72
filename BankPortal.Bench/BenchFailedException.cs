namespace BankPortal.Bench;

/// <summary>What was measured did not do its work, so its time means nothing.</summary>
internal sealed class BenchFailedException(string message) : Exception(message);
