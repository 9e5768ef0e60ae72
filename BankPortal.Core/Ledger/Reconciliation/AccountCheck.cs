namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>
/// Compares one account's row with parts of its entries and with transfers. Pure: it is given the rows as read. The row is read
/// before the entries; entries that the row does not count yet are newer and are left for the next check. Not thread-safe.
/// </summary>
internal sealed class AccountCheck(string accountId, Account? account, AccountCheckpoint checkpoint, DateTimeOffset now)
{
    /// <summary>The most differences of one account that one check records.</summary>
    public const int MaxFindings = 20;

    private readonly List<Difference> _findings = [];
    private readonly List<(long First, long Last)> _covered = [];
    private bool _isComplete = true;
    private bool _isTailForged;
    private bool _isCut;

    /// <summary>The account.</summary>
    public string AccountId => accountId;

    /// <summary>Its row; <see langword="null"/> when it cannot be read.</summary>
    public Account? Account => account;

    /// <summary>The checkpoint of the check before.</summary>
    public AccountCheckpoint Checkpoint => checkpoint;

    /// <summary>The entries checked.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>How far the newest entries have been checked.</summary>
    public EntryMark Tail { get; private set; } = checkpoint.Tail;

    /// <summary>Where the next check of older entries begins.</summary>
    public EntryMark Rolling { get; private set; } = checkpoint.Rolling;

    /// <summary>The first entry found that the row does not count.</summary>
    public Entry? NotCounted { get; private set; }

    /// <summary>Whether the row has been compared with its last entry.</summary>
    public bool HasSeenEnd { get; private set; }

    /// <summary>The differences found.</summary>
    public IReadOnlyList<Difference> Findings => _findings;

    /// <summary>Whether there is a difference that was not known.</summary>
    public bool HasNews => _findings.Exists(finding => checkpoint.Open.All(open => open.Id != finding.Id));

    /// <summary>The known differences that this check would have found and that no longer exist.</summary>
    public IEnumerable<OpenDifference> Gone => _isComplete && !_isCut
        ? checkpoint.Open.Where(open => _findings.TrueForAll(finding => finding.Id != open.Id) && Covers(open.Sequence))
        : [];

    /// <summary>The checkpoint after this check.</summary>
    public AccountCheckpoint Next
    {
        get
        {
            var gone = Gone.Select(open => open.Id).ToHashSet(StringComparer.Ordinal);
            var open = checkpoint.Open.Where(known => !gone.Contains(known.Id))
                .Concat(_findings.Select(finding => new OpenDifference(finding.Id, finding.Sequence)))
                .DistinctBy(known => known.Id, StringComparer.Ordinal)
                .OrderBy(known => known.Id, StringComparer.Ordinal);

            // What contradicts the checkpoint is known from the checkpoint alone: it stays as it is until the two agree again.
            var keeps = _isTailForged || account is null || account.Sequence < checkpoint.Tail.Sequence;
            return checkpoint with { Tail = keeps ? checkpoint.Tail : Tail, Rolling = Rolling, Open = [.. open] };
        }
    }

    /// <summary>Compares the row with how far its entries were checked before.</summary>
    public void CompareWithCheckpoint()
    {
        if (account!.Sequence < checkpoint.Tail.Sequence)
        {
            Add(
                DifferenceKind.RowWentBack,
                null,
                0,
                $"at least {Show(checkpoint.Tail.Sequence)} entries, as before",
                $"{Show(account.Sequence)} entries"
            );
        }
    }

    /// <summary>Checks all entries of the account, from the first.</summary>
    public void SeeAll(IReadOnlyList<Entry> entries, bool isToTheEnd)
    {
        Tail = Walk(EntryMark.Start, entries, isToTheEnd);
        Rolling = EntryMark.Start;
    }

    /// <summary>Checks the entries from the last one checked before, that one included.</summary>
    public void SeeTail(IReadOnlyList<Entry> entries, bool isToTheEnd)
    {
        if (checkpoint.Tail.Sequence == 0 || checkpoint.Tail.Sequence > account!.Sequence)
        {
            Tail = Walk(checkpoint.Tail, entries, isToTheEnd);
            return;
        }

        // The last one checked must still exist; no entry before it is read here, so it is compared with the checkpoint.
        var last = entries.Count > 0 && entries[0].Sequence == checkpoint.Tail.Sequence ? entries[0] : null;
        _covered.Add((checkpoint.Tail.Sequence, checkpoint.Tail.Sequence));
        if (last is null)
        {
            Missing(checkpoint.Tail.Sequence, entries.Count > 0 ? entries[0].Sequence : null);
        }
        else
        {
            See(last);
        }

        Tail = Walk(last is null ? checkpoint.Tail : EntryMark.Of(last), last is null ? entries : [.. entries.Skip(1)], isToTheEnd);
    }

    /// <summary>Checks some older entries.</summary>
    public void SeeRolling(IReadOnlyList<Entry> entries, bool isToTheEnd)
    {
        var end = Walk(Rolling, entries, isToTheEnd: false);
        Rolling = isToTheEnd || end.Sequence >= account!.Sequence ? EntryMark.Start : end;
    }

    /// <summary>Compares the row with the entry it names as the last; <see langword="null"/> when that does not exist.</summary>
    public void SeeLast(Entry? last)
    {
        if (last is null)
        {
            Missing(account!.Sequence, null);
            HasSeenEnd = true;
        }
        else
        {
            CompareRow(EntryMark.Of(last));
        }
    }

    /// <summary>Notes an entry that the row, read again after it, still does not count.</summary>
    public void SeeNotCounted(Entry entry) =>
        Add(
            DifferenceKind.EntryNotCounted,
            entry.TransferId,
            entry.Sequence,
            $"{Show(account!.Sequence)} entries, as the row says",
            $"entry {Show(entry.Sequence)}"
        );

    /// <summary>
    /// Compares an entry with its transfer, and the transfer with its other leg if that is on one of the bank's own accounts.
    /// </summary>
    public void SeeTransfer(Entry entry, bool exists, Transfer? transfer, bool legExists, Entry? leg)
    {
        if (!exists)
        {
            Add(DifferenceKind.TransferMissing, entry.TransferId, entry.Sequence, "the entry's transfer", "none");
        }
        else if (transfer is null)
        {
            Add(DifferenceKind.Unreadable, entry.TransferId, entry.Sequence, "the entry's transfer", "a row that cannot be read");
        }
        else if (transfer.Status != TransferStatus.Posted)
        {
            Add(DifferenceKind.TransferDiffers, transfer.Id, entry.Sequence, "a posted transfer", $"one that is {transfer.Status}");
        }
        else if (!transfer.HasLeg(entry))
        {
            Add(
                DifferenceKind.TransferDiffers,
                transfer.Id,
                entry.Sequence,
                $"{entry.Kind} of {entry.Amount.Abs()} at entry {Show(entry.Sequence)}",
                Describe(transfer, entry)
            );
        }
        else if (InternalSideOf(transfer, entry))
        {
            SeeOtherLeg(entry, transfer, legExists, leg);
        }
    }

    /// <summary>Compares what the row holds with the sum of the account's held transfers.</summary>
    public void SeeHeld(long expected, int transfers)
    {
        if (account!.Held.MinorUnits != expected)
        {
            Add(
                DifferenceKind.HeldDiffers,
                null,
                0,
                $"{new Money(expected, account.Currency)} in {Show(transfers)} held transfers",
                $"{account.Held} in the row"
            );
        }
    }

    /// <summary>Notes that data of the account cannot be read; its known differences stay open.</summary>
    public void SeeUnreadable(string what)
    {
        _isComplete = false;
        Add(DifferenceKind.Unreadable, null, 0, what, "stored data that cannot be read");
    }

    /// <summary>Keeps only the differences with these ids.</summary>
    public void KeepOnly(IReadOnlySet<string> ids) => _findings.RemoveAll(finding => !ids.Contains(finding.Id));

    /// <summary>Whether the transfer's other side than the entry is one of the bank's own accounts.</summary>
    public static bool InternalSideOf(Transfer transfer, Entry entry) =>
        GeneralLedger.IsInternal(entry.Amount.IsNegative ? transfer.CreditAccountId : transfer.DebitAccountId);

    private static string Show(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Short(string hash) => hash.Length == 0 ? "none" : hash.Length > 12 ? hash[..12] : hash;

    private static string Describe(Transfer transfer, Entry entry)
    {
        var (accountId, sequence) = entry.Amount.IsNegative
            ? (transfer.DebitAccountId, transfer.DebitSequence)
            : (transfer.CreditAccountId, transfer.CreditSequence);
        var place = accountId == entry.AccountId ? $"entry {Show(sequence)}" : "another account";
        return $"{transfer.Kind} of {transfer.Amount} at {place}{(transfer.PostedAt == entry.PostedAt ? "" : ", at another time")}";
    }

    private bool Covers(long sequence) => sequence == 0 || _covered.Exists(range => range.First <= sequence && sequence <= range.Last);

    private EntryMark Walk(EntryMark from, IReadOnlyList<Entry> entries, bool isToTheEnd)
    {
        var mark = from;
        foreach (var entry in entries)
        {
            if (entry.Sequence > account!.Sequence)
            {
                NotCounted ??= entry;
                continue;
            }

            See(entry);
            if (entry.Sequence != mark.Sequence + 1)
            {
                Missing(mark.Sequence + 1, entry.Sequence);
            }
            else
            {
                Connect(mark, entry);
            }

            mark = EntryMark.Of(entry);
        }

        _covered.Add((from.Sequence + 1, isToTheEnd ? long.MaxValue : mark.Sequence));
        if (isToTheEnd && mark.Sequence < account!.Sequence)
        {
            Missing(mark.Sequence + 1, null);
            HasSeenEnd = true;
        }
        else if (mark.Sequence == account!.Sequence && !HasSeenEnd && (isToTheEnd || mark.Sequence > 0))
        {
            CompareRow(mark);
        }

        return mark;
    }

    private void See(Entry entry)
    {
        Entries.Add(entry);
        var hash = Convert.ToHexStringLower(entry.Hash.Span);
        var computed = Convert.ToHexStringLower(EntryHash.Compute(entry));
        if (hash != computed)
        {
            Add(
                DifferenceKind.EntryChanged,
                entry.TransferId,
                entry.Sequence,
                $"content with the hash {Short(hash)}",
                $"content with the hash {Short(computed)}"
            );
        }
        else if (entry.Sequence == checkpoint.Tail.Sequence && hash != checkpoint.Tail.Hash)
        {
            _isTailForged = true;
            Add(
                DifferenceKind.EntryChanged,
                entry.TransferId,
                entry.Sequence,
                $"the hash {Short(checkpoint.Tail.Hash)}, as before",
                $"the hash {Short(hash)}"
            );
        }
    }

    private void Connect(EntryMark before, Entry entry)
    {
        var balance = before.Balance + entry.Amount.MinorUnits;
        if (entry.BalanceAfter.MinorUnits != balance)
        {
            Add(
                DifferenceKind.BalanceBroken,
                entry.TransferId,
                entry.Sequence,
                new Money(balance, entry.Amount.Currency).ToString(),
                entry.BalanceAfter.ToString()
            );
        }

        var previous = Convert.ToHexStringLower(entry.PreviousHash.Span);
        if (previous != before.Hash)
        {
            Add(
                DifferenceKind.ChainBroken,
                entry.TransferId,
                entry.Sequence,
                $"chained to the hash {Short(before.Hash)}",
                $"chained to the hash {Short(previous)}"
            );
        }
    }

    private void CompareRow(EntryMark last)
    {
        HasSeenEnd = true;
        var row = EntryMark.Of(account!);
        if (row != last)
        {
            Add(DifferenceKind.RowAndEntry, null, 0, Describe(last), Describe(row));
        }

        string Describe(EntryMark mark) =>
            $"{new Money(mark.Balance, account!.Currency)} after {Show(mark.Sequence)} entries{(row.Hash == last.Hash ? "" : $", hash {Short(mark.Hash)}")}{(row.At == last.At ? "" : $", last at {mark.At.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}")}";
    }

    private void SeeOtherLeg(Entry entry, Transfer transfer, bool exists, Entry? leg)
    {
        if (!exists)
        {
            Add(DifferenceKind.OtherLegMissing, transfer.Id, entry.Sequence, "an entry on the bank's own account", "none");
        }
        else if (leg is null)
        {
            Add(DifferenceKind.Unreadable, transfer.Id, entry.Sequence, "an entry on the bank's own account", "a row that cannot be read");
        }
        else if (!transfer.HasLeg(leg) || leg.Amount.MinorUnits + entry.Amount.MinorUnits != 0)
        {
            Add(
                DifferenceKind.TransferDiffers,
                transfer.Id,
                entry.Sequence,
                $"{transfer.Amount} on the bank's own account",
                leg.Amount.ToString()
            );
        }
        else if (!EntryHash.Compute(leg).AsSpan().SequenceEqual(leg.Hash.Span))
        {
            Add(
                DifferenceKind.EntryChanged,
                transfer.Id,
                entry.Sequence,
                "the bank's own entry as it was posted",
                "content that does not fit its hash"
            );
        }
    }

    private void Missing(long sequence, long? found) =>
        Add(
            DifferenceKind.EntryMissing,
            null,
            sequence,
            $"entry {Show(sequence)}",
            found is { } number ? $"entry {Show(number)}" : "no further entry"
        );

    private void Add(DifferenceKind kind, string? transferId, long sequence, string expected, string found)
    {
        var difference = new Difference(kind, accountId, transferId, sequence, expected, found, now, now);
        if (_findings.Exists(known => known.Id == difference.Id))
        {
            return;
        }

        if (_findings.Count == MaxFindings)
        {
            _isCut = true;
            return;
        }

        _findings.Add(difference);
    }
}
