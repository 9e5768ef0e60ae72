namespace BankPortal.Bench.Faults;

/// <summary>What a worker was told.</summary>
internal enum FaultAnswer
{
    Done,
    Refused,
    Unknown,
}
