using BankPortal.Core.Common.Jobs;

namespace BankPortal.Tests.Fakes;

/// <summary>A reason for jobs to wait, as a test sets it.</summary>
public sealed class FakeJobHold : IJobHold
{
    /// <summary>The reason; <see langword="null"/> for none.</summary>
    public string? Reason { get; set; }

    public Task<string?> FindReasonAsync(CancellationToken ct = default) => Task.FromResult(Reason);
}
