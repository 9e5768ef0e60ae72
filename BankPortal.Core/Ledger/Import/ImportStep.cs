using BankPortal.Core.Common;
using BankPortal.Core.Ledger.Transfers;

namespace BankPortal.Core.Ledger.Import;

/// <summary>One posting to one account.</summary>
/// <param name="Line">The line it comes from.</param>
/// <param name="Key">Names it within the import, so that a repeat finds the first.</param>
/// <param name="At">When it happened.</param>
/// <param name="Kind">Why the money moved.</param>
/// <param name="Amount">Signed: positive into the account.</param>
/// <param name="Description">What it was for.</param>
/// <param name="Counterparty">Who was on the other side.</param>
public sealed record ImportStep(int Line, string Key, DateTimeOffset At, TransferKind Kind, Money Amount, string Description, string Counterparty);
