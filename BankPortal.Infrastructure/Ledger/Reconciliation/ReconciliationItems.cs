using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Infrastructure.Ledger.Reconciliation;

/// <summary>Converts the state, checkpoints and differences of reconciliation to and from DynamoDB items.</summary>
internal static class ReconciliationItems
{
    public const string Part = "part";
    public const string Item = "item";
    public const string State = "state";
    public const string Checkpoint = "checkpoint";
    public const string Open = "open";
    public const string Gone = "gone";

    public static Dictionary<string, AttributeValue> Key(string part, string item) =>
        new(StringComparer.Ordinal) { [Part] = Attr.S(part), [Item] = Attr.S(item) };

    public static Dictionary<string, AttributeValue> CheckpointKey(string accountId) => Key(Checkpoint + "#" + accountId, Checkpoint);

    public static Dictionary<string, AttributeValue> ToItem(ReconciliationState state) => new ItemWriter()
        .Set(Part, State)
        .Set(Item, State)
        .Set("fence", state.Fence)
        .Set("cursor", state.Cursor)
        .Set("cycles", state.Cycles)
        .Set("cycle_started_at", state.CycleStartedAt)
        .Set("accounts", state.Accounts)
        .Set("entries", state.Entries)
        .Set("last_step_at", state.LastStepAt)
        .Set("resume_at", state.ResumeAt)
        .Set("last_cycle_ended_at", state.LastCycleEndedAt)
        .Set("last_cycle_accounts", state.LastCycleAccounts)
        .Set("last_cycle_entries", state.LastCycleEntries)
        .ToItem();

    public static ReconciliationState ToState(IReadOnlyDictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new ReconciliationState
        {
            Fence = read.LongOrNull("fence") ?? 0,
            Cursor = read.StringOrNull("cursor"),
            Cycles = read.LongOrNull("cycles") ?? 0,
            CycleStartedAt = read.TimeOrNull("cycle_started_at"),
            Accounts = read.LongOrNull("accounts") ?? 0,
            Entries = read.LongOrNull("entries") ?? 0,
            LastStepAt = read.TimeOrNull("last_step_at"),
            ResumeAt = read.TimeOrNull("resume_at"),
            LastCycleEndedAt = read.TimeOrNull("last_cycle_ended_at"),
            LastCycleAccounts = read.LongOrNull("last_cycle_accounts") ?? 0,
            LastCycleEntries = read.LongOrNull("last_cycle_entries") ?? 0,
        };
    }

    public static Dictionary<string, AttributeValue> ToItem(AccountCheckpoint checkpoint)
    {
        var item = new ItemWriter()
            .SetMap("tail", ToMap(checkpoint.Tail))
            .SetMap("rolling", checkpoint.Rolling.Sequence == 0 ? null : ToMap(checkpoint.Rolling))
            .Set("account_id", checkpoint.AccountId)
            .SetList(
                "open",
                checkpoint.Open.IsEmpty
                    ? null
                    : checkpoint.Open.Select(open =>
                        Attr.S(string.Create(CultureInfo.InvariantCulture, $"{open.Id} {open.Sequence}"))))
            .ToItem();
        foreach (var (name, value) in CheckpointKey(checkpoint.AccountId))
        {
            item.Add(name, value);
        }

        return item;
    }

    public static AccountCheckpoint ToCheckpoint(IReadOnlyDictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new AccountCheckpoint(
            read.String("account_id"),
            ToMark(read.Map("tail")),
            read.Has("rolling") ? ToMark(read.Map("rolling")) : EntryMark.Start,
            [
                .. read.List("open")
                    .Select(open => open.S.Split(' '))
                    .Select(parts => new OpenDifference(parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture))),
            ]);
    }

    public static Difference ToDifference(IReadOnlyDictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new Difference(
            read.Enum<DifferenceKind>("kind"),
            read.String("account_id"),
            read.StringOrNull("transfer_id"),
            read.LongOrNull("seq") ?? 0,
            read.String("expected"),
            read.String("found"),
            read.Time("first_seen_at"),
            read.Time("last_seen_at"),
            read.TimeOrNull("gone_at"));
    }

    private static Dictionary<string, AttributeValue> ToMap(EntryMark mark) => new ItemWriter()
        .Set("seq", mark.Sequence)
        .Set("at", mark.At)
        .Set("balance", mark.Balance)
        .Set("hash", mark.Hash.Length == 0 ? null : mark.Hash)
        .ToItem();

    private static EntryMark ToMark(ItemReader read) =>
        new(read.Long("seq"), read.Time("at"), read.Long("balance"), read.StringOrNull("hash") ?? "");
}
