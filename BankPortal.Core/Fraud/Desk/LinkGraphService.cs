namespace BankPortal.Core.Fraud.Desk;

/// <summary>
/// Builds the link graph of a customer from the latest entries. The number of reads is bounded whatever the history: one page of entries
/// and one batch of transfers for each account; first the customer's <see cref="OwnAccounts"/> most recently used accounts, then, in
/// parallel, one account of each of the <see cref="FirstHop"/> main counterparties; the names in one request. With the list of accounts
/// that is at most 2 + 2 × (4 + 8) + 1 requests in 7 round trips. Stateless, thread-safe.
/// </summary>
public sealed class LinkGraphService(IAccountStore accounts, ILedgerStore ledger, ICustomerDirectory directory)
{
    /// <summary>How many of an account's latest entries are read.</summary>
    public const int EntriesPerAccount = 60;

    /// <summary>How many of the customer's accounts are read.</summary>
    public const int OwnAccounts = 4;

    /// <summary>How many direct counterparties are shown.</summary>
    public const int FirstHop = 8;

    /// <summary>How many counterparties of those are shown.</summary>
    public const int SecondHop = 10;

    /// <summary>Builds the graph around a customer.</summary>
    /// <returns>The graph; or <see cref="NotAllowedError"/>.</returns>
    public async Task<Result<LinkGraph>> BuildAsync(Actor actor, string customerId, CancellationToken ct = default)
    {
        if (!FraudDesk.MayAct(actor))
        {
            return new NotAllowedError();
        }

        var own = (await accounts.ListByOwnerAsync(customerId, ct))
            .OrderByDescending(account => account.LastEntryAt ?? DateTimeOffset.MinValue)
            .ThenBy(account => account.Id, StringComparer.Ordinal)
            .Take(OwnAccounts);
        var near = await ReadAsync([.. own.Select(account => account.Id)], ct);
        var direct = near.Values.Where(transfer => transfer.Concerns(customerId)).ToList();

        var first = Ranked(direct.Select(transfer => (Other(transfer, customerId), transfer)));
        var chosen = first.Take(FirstHop).ToList();
        var far = await ReadAsync([.. chosen.Select(person => AccountOf(person.Id, direct))], ct);

        var all = new Dictionary<string, Transfer>(near, StringComparer.Ordinal);
        foreach (var (id, transfer) in far)
        {
            all[id] = transfer;
        }

        var known = chosen.Select(person => person.Id).Append(customerId).ToHashSet(StringComparer.Ordinal);
        var second = Ranked(all.Values
            .Where(transfer => known.Contains(transfer.DebitOwnerId!) != known.Contains(transfer.CreditOwnerId!)
                && !transfer.Concerns(customerId))
            .Select(transfer => (known.Contains(transfer.DebitOwnerId!) ? transfer.CreditOwnerId! : transfer.DebitOwnerId!, transfer)));
        var further = second.Take(SecondHop).ToList();

        var sides = new Dictionary<string, int>(StringComparer.Ordinal) { [customerId] = 0 };
        foreach (var (id, transfers) in chosen)
        {
            sides[id] = IsMostlyReceiver(id, transfers) ? 1 : -1;
        }

        var people = new List<GraphPerson> { new(customerId, null, 0, 0, null) };
        people.AddRange(chosen.Select(person => new GraphPerson(person.Id, null, 1, sides[person.Id], null)));
        foreach (var (id, transfers) in further)
        {
            // Linked to the counterparty with the largest total, and drawn on the same side.
            var via = Ranked(transfers.Select(transfer => (Other(transfer, id), transfer)))[0].Id;
            people.Add(new GraphPerson(id, null, 2, 2 * sides[via], via));
        }

        var names = await directory.FindNamesAsync([.. people.Select(person => person.Id)], ct);
        var shown = people.Select(person => person.Id).ToHashSet(StringComparer.Ordinal);
        return new LinkGraph(
            customerId,
            [.. people.Select(person => person with { Name = names.GetValueOrDefault(person.Id) })],
            [
                .. all.Values
                    .Where(transfer => shown.Contains(transfer.DebitOwnerId!) && shown.Contains(transfer.CreditOwnerId!))
                    .GroupBy(transfer => (From: transfer.DebitOwnerId!, To: transfer.CreditOwnerId!, transfer.Amount.Currency))
                    .Select(group => new GraphLink(
                        group.Key.From,
                        group.Key.To,
                        group.Aggregate(Money.Zero(group.Key.Currency), (sum, transfer) => sum + transfer.Amount),
                        group.Count(),
                        group.Max(At)))
                    .OrderByDescending(link => link.Sum.MinorUnits)
                    .ThenBy(link => link.From, StringComparer.Ordinal)
                    .ThenBy(link => link.To, StringComparer.Ordinal),
            ],
            first.Count - chosen.Count + second.Count - further.Count,
            all.Count == 0 ? null : all.Values.Min(At));
    }

    private static DateTimeOffset At(Transfer transfer) => transfer.PostedAt ?? transfer.CreatedAt;

    private static string Other(Transfer transfer, string customerId) =>
        transfer.DebitOwnerId == customerId ? transfer.CreditOwnerId! : transfer.DebitOwnerId!;

    private static bool IsMostlyReceiver(string id, IEnumerable<Transfer> transfers) =>
        transfers.Sum(transfer =>
            transfer.CreditOwnerId == id ? (decimal)transfer.Amount.MinorUnits : -(decimal)transfer.Amount.MinorUnits) >= 0;

    // The account with the largest total of transfers with the other customer.
    private static string AccountOf(string id, IEnumerable<Transfer> transfers) =>
        transfers
            .Where(transfer => transfer.Concerns(id))
            .GroupBy(transfer => transfer.DebitOwnerId == id ? transfer.DebitAccountId : transfer.CreditAccountId, StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(transfer => (decimal)transfer.Amount.MinorUnits))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .First()
            .Key;

    private static List<(string Id, List<Transfer> Transfers)> Ranked(IEnumerable<(string Id, Transfer Transfer)> deals) =>
        [
            .. deals
                .GroupBy(deal => deal.Id, deal => deal.Transfer, StringComparer.Ordinal)
                .OrderByDescending(group => group.Sum(transfer => (decimal)transfer.Amount.MinorUnits))
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, group.ToList())),
        ];

    // Reads the latest transfers between customers on these accounts, by id. Reversed transfers do not count as links.
    private async Task<Dictionary<string, Transfer>> ReadAsync(IReadOnlyCollection<string> accountIds, CancellationToken ct)
    {
        var found = await Task.WhenAll(accountIds.Distinct(StringComparer.Ordinal).Select(async accountId =>
        {
            var entries = await ledger.ReadEntriesAsync(new EntryQuery(accountId, EntriesPerAccount), ct);
            string[] ids =
            [
                .. entries.Where(entry => !entry.Kind.IsBooking() && !entry.IsOwnTransfer)
                    .Select(entry => entry.TransferId)
                    .Distinct(StringComparer.Ordinal),
            ];
            return ids.Length == 0 ? [] : (IEnumerable<Transfer>)(await ledger.ReadManyAsync(ids, [], ct)).Transfers.Values;
        }));
        var transfers = new Dictionary<string, Transfer>(StringComparer.Ordinal);
        foreach (var transfer in found.SelectMany(some => some))
        {
            if (transfer is { Status: TransferStatus.Posted, ReversedById: null, DebitOwnerId: not null, CreditOwnerId: not null }
                && !transfer.IsBetweenOwnAccounts)
            {
                transfers[transfer.Id] = transfer;
            }
        }

        return transfers;
    }
}
