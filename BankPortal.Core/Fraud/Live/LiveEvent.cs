using BankPortal.Core.Ledger.Transfers;

namespace BankPortal.Core.Fraud.Live;

/// <summary>A transfer as it last changed, as the live monitor shows it.</summary>
/// <param name="Number">Counts what the monitor of this process took in, without gaps. Not the order of change.</param>
/// <param name="Transfer">The transfer, without the facts of its assessment.</param>
public sealed record LiveEvent(long Number, Transfer Transfer);
