using BankPortal.Core.Fraud.Engine;
using BankPortal.Core.Ledger.Transfers;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>An alert as a case shows it.</summary>
/// <param name="Transfer">The transfer as it is now.</param>
/// <param name="Rules">The rule set that decided; <see langword="null"/> when it is not known here or none was asked.</param>
/// <param name="From">The case it came from, where it belongs to one that was escalated to this.</param>
public sealed record CaseAlert(Transfer Transfer, RuleSet? Rules, Case? From);
