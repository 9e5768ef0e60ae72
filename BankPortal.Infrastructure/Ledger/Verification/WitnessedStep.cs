using System.Text.Json;
using System.Text.Json.Serialization;

namespace BankPortal.Infrastructure.Ledger.Verification;

/// <summary>A committed step of the ledger, as the witness remembers it: ids, states, amounts and chain heads.</summary>
/// <param name="Number">Counts the steps since the witness was begun, without gaps.</param>
/// <param name="At">When it was noted.</param>
/// <param name="Transfers">The transfers of the step, each with its state after it.</param>
/// <param name="Accounts">The customer accounts of the step, each with the head of its hash chain after it.</param>
internal sealed record WitnessedStep(
    long Number, DateTimeOffset At, IReadOnlyList<WitnessedTransfer> Transfers, IReadOnlyList<WitnessedAccount> Accounts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Describes a commit.</summary>
    public static WitnessedStep Of(LedgerCommit commit, long number, DateTimeOffset at) => new(
        number,
        at,
        [.. commit.Transfers.Select(change => new WitnessedTransfer(
            change.Transfer.Id,
            change.Transfer.Kind,
            change.Transfer.Status,
            change.Transfer.Amount.MinorUnits,
            change.Transfer.Amount.Currency.Code))],
        [.. commit.Accounts.Select(account => new WitnessedAccount(
            account.Id, account.Version, account.Sequence, Convert.ToHexStringLower(account.LastHash.Span)))]);

    /// <summary>Reads a line.</summary>
    /// <returns>The step; <see langword="null"/> when the line is incomplete, as the last one is when the process was killed.</returns>
    public static WitnessedStep? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<WitnessedStep>(line, Json) is { Transfers: not null, Accounts: not null } step ? step : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The step as one line, with its end.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Json) + "\n";
}

/// <summary>A transfer in a witnessed step.</summary>
/// <param name="Id">The transfer's id.</param>
/// <param name="Kind">Why money moves.</param>
/// <param name="Status">Its state after the step.</param>
/// <param name="Amount">How much, in minor units.</param>
/// <param name="Currency">The code of the currency.</param>
internal sealed record WitnessedTransfer(string Id, TransferKind Kind, TransferStatus Status, long Amount, string Currency);

/// <summary>A customer account in a witnessed step.</summary>
/// <param name="Id">The account's internal id.</param>
/// <param name="Version">The version of its row.</param>
/// <param name="Sequence">The number of its last entry.</param>
/// <param name="Hash">The hash of its last entry, in hexadecimal; empty when there is none.</param>
internal sealed record WitnessedAccount(string Id, long Version, long Sequence, string Hash);
