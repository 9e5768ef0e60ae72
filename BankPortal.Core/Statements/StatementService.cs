using System.Runtime.CompilerServices;
using BankPortal.Core.Analytics;
using BankPortal.Core.Common.Documents;

namespace BankPortal.Core.Statements;

/// <summary>
/// Makes statements of accounts for their owners. A statement whose days are all over is final: it is kept when it is first asked for,
/// with every file made of it, and the same period gives the same bytes from then on. A statement with days that are not over is
/// provisional and not kept. What a statement costs depends on its own movements, not on the rest of the history. Thread-safe.
/// </summary>
public sealed class StatementService(
    AccountService accounts,
    ILedgerStore ledger,
    AccountDayService accountDays,
    ICustomerDirectory directory,
    IDocumentStore documents,
    IEnumerable<IStatementWriter> writers,
    LedgerRules rules,
    LedgerOptions ledgerOptions,
    StatementOptions options,
    TimeProvider time) : IDisposable
{
    /// <summary>The most movements of one statement.</summary>
    public const int MaxMovements = 100_000;

    /// <summary>How long after its end a day counts as not over: by then every commit that began on it has ended.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private const string DataName = "data";
    private const int Chunk = 1_000;

    // Files are made by a few at a time: each takes a processor and holds its statement in memory.
    private readonly SemaphoreSlim _writing = new(Math.Max(1, Environment.ProcessorCount));
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(ledgerOptions.TimeZone);
    private readonly ImmutableDictionary<StatementFormat, IStatementWriter> _writers =
        writers.ToImmutableDictionary(writer => writer.Format);

    private DateOnly Today => rules.DayOf(time.GetUtcNow());

    private DateOnly FinalUntil => rules.DayOf(time.GetUtcNow() - Grace).AddDays(-1);

    /// <summary>What statements the actor can choose from.</summary>
    public async Task<Result<StatementChoice>> ChooseAsync(Actor actor, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(BankRoles.Customer))
        {
            return new NotAllowedError();
        }

        var own = await accounts.ListAsync(actor, ct);
        return new StatementChoice([.. await Task.WhenAll(own.Select(account => DaysOfAsync(account, ct)))], Today);
    }

    /// <summary>The statement of an account over a period.</summary>
    /// <returns>
    /// The statement; or <see cref="NotFoundError"/> when the account is not the actor's, <see cref="InvalidInputError"/> with the field
    /// "from" or "to" for a period that is not possible, or <see cref="StatementTooLongError"/>.
    /// </returns>
    /// <exception cref="InvalidDataException">The entries do not add up, or what is kept was altered.</exception>
    public async Task<Result<Statement>> ReadAsync(
        Actor actor, string accountId, StatementPeriod period, CancellationToken ct = default)
    {
        var owned = await OwnedAsync(actor, accountId, ct);
        return owned.IsSuccess ? await ReadAsync(owned.Value, period, ct) : owned.Error;
    }

    /// <summary>
    /// The balances and sums of an account's statement over a period, without its movements. They come from the closed days, so the cost
    /// does not depend on the number of movements.
    /// </summary>
    /// <returns>The sums; or a refusal as of <see cref="ReadAsync(Actor, string, StatementPeriod, CancellationToken)"/>.</returns>
    public async Task<Result<StatementSums>> SumAsync(
        Actor actor, string accountId, StatementPeriod period, CancellationToken ct = default)
    {
        var owned = await OwnedAsync(actor, accountId, ct);
        if (!owned.IsSuccess)
        {
            return owned.Error;
        }

        var days = SumAsync(owned.Value, period, ct);
        var refusal = StatementRules.Check(await DaysOfAsync(owned.Value, ct), period, Today);
        var sums = await days;
        return refusal is null ? sums : refusal;
    }

    /// <summary>
    /// The statement of an account over a period for a page: the whole statement if it has at most so many movements, otherwise its sums
    /// and its first movements. The cost is bounded by the number of movements shown.
    /// </summary>
    /// <returns>As <see cref="ReadAsync(Actor, string, StatementPeriod, CancellationToken)"/>.</returns>
    public async Task<Result<Statement>> ReadFirstAsync(
        Actor actor, string accountId, StatementPeriod period, int movements, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(movements, Chunk);
        var owned = await OwnedAsync(actor, accountId, ct);
        if (!owned.IsSuccess)
        {
            return owned.Error;
        }

        if (StatementRules.Check(await DaysOfAsync(owned.Value, ct), period, Today) is { } refusal)
        {
            return refusal;
        }

        var sums = await SumAsync(owned.Value, period, ct);
        if (sums.Count <= movements)
        {
            return await ReadAsync(owned.Value, period, ct, sums);
        }

        var (start, end) = (rules.StartOf(period.From), rules.StartOf(period.To.AddDays(1)));
        var naming = directory.FindNameAsync(owned.Value.OwnerId, ct);
        var first = await ledger.ReadEntriesAsync(new EntryQuery(accountId, movements, start, end, NewestFirst: false), ct);
        return StatementOf(
            owned.Value,
            period,
            period.To <= FinalUntil,
            await naming,
            sums,
            [.. first.Select(entry => StatementMovement.Of(entry, _zone))]);
    }

    /// <summary>The most movements that a file of a format can have.</summary>
    public int MaxMovementsOf(StatementFormat format) => Math.Min(MaxMovements, _writers[format].MaxMovements);

    /// <summary>The statement of an account over a period as a file.</summary>
    /// <returns>As <see cref="ReadAsync(Actor, string, StatementPeriod, CancellationToken)"/>.</returns>
    public async Task<Result<StatementFile>> ExportAsync(
        Actor actor, string accountId, StatementPeriod period, StatementFormat format, CancellationToken ct = default)
    {
        if (!_writers.TryGetValue(format, out var writer))
        {
            return new NotFoundError("format");
        }

        var owned = await OwnedAsync(actor, accountId, ct);
        return owned.IsSuccess ? await ExportAsync(owned.Value, period, writer, null, ct) : owned.Error;
    }

    /// <summary>
    /// The statement of an account over a period as a file to be sent. A long provisional one in a format that can be written piece by
    /// piece is made while it is sent: memory holds one piece of it at a time, and nothing is read before the first piece is asked for.
    /// </summary>
    /// <returns>As <see cref="ReadAsync(Actor, string, StatementPeriod, CancellationToken)"/>.</returns>
    public async Task<Result<StatementDownload>> OpenAsync(
        Actor actor, string accountId, StatementPeriod period, StatementFormat format, CancellationToken ct = default)
    {
        if (!_writers.TryGetValue(format, out var writer))
        {
            return new NotFoundError("format");
        }

        var owned = await OwnedAsync(actor, accountId, ct);
        if (!owned.IsSuccess)
        {
            return owned.Error;
        }

        var account = owned.Value;
        if (period.To <= FinalUntil)
        {
            return (await ExportAsync(account, period, writer, null, ct)).Map(StatementDownload.Of);
        }

        var days = SumAsync(account, period, ct);
        var refusal = StatementRules.Check(await DaysOfAsync(account, ct), period, Today);
        var sums = await days;
        if (refusal is not null)
        {
            return refusal;
        }

        if (sums.Count > MaxMovementsOf(format))
        {
            return new StatementTooLongError(MaxMovementsOf(format), $"A {writer.Extension.ToUpperInvariant()} file");
        }

        if (sums.Count <= Chunk || !CanStream(writer, account, period, sums))
        {
            return (await ExportAsync(account, period, writer, sums, ct)).Map(StatementDownload.Of);
        }

        var head = StatementOf(account, period, isFinal: false, await directory.FindNameAsync(account.OwnerId, ct), sums, []);
        return new StatementDownload(
            FileNameOf(account, period, writer, isKept: false), writer.ContentType, null, WriteAsync(writer, head, sums, ct));
    }

    private bool CanStream(IStatementWriter writer, Account account, StatementPeriod period, StatementSums sums)
    {
        using var probe = writer.Begin(StatementOf(account, period, isFinal: false, null, sums, []), Stream.Null);
        return probe is not null;
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(
        IStatementWriter writer, Statement head, StatementSums closed, [EnumeratorCancellation] CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        using var file = writer.Begin(head, buffer)!;
        var sums = new Sums(closed.Opening, closed.Before);
        var left = closed.Count;
        for (var after = default(EntryPosition?); left > 0;)
        {
            // Entries that were posted since the sums were read are not in this statement.
            var entries = await ledger.ReadEntriesAsync(
                new EntryQuery(head.AccountId, Math.Min(Chunk, left), head.Start, head.End, NewestFirst: false, after), ct);
            foreach (var entry in entries)
            {
                sums.Add(entry);
                file.Add(StatementMovement.Of(entry, _zone));
            }

            left = entries.Count == 0
                ? throw new InvalidDataException($"Entries of account {head.AccountId} are missing.")
                : left - entries.Count;
            after = entries[^1].Position;
            if (left > 0)
            {
                yield return Taken();
            }
        }

        if (sums.Total with { Before = closed.Before } != closed)
        {
            throw new InvalidDataException($"The entries of account {head.AccountId} and its closed days have different sums.");
        }

        file.Finish();
        yield return Taken();

        ReadOnlyMemory<byte> Taken()
        {
            var bytes = buffer.ToArray();
            buffer.SetLength(0);
            return bytes;
        }
    }

    private async Task<Result<StatementFile>> ExportAsync(
        Account account, StatementPeriod period, IStatementWriter writer, StatementSums? known, CancellationToken ct)
    {
        var key = new DocumentKey(Statement.IdOf(account.Id, period), NameOf(writer.Format));
        var isFinal = period.To <= FinalUntil;
        if (isFinal && await documents.FindAsync(key, ct) is { } kept)
        {
            return FileOf(account, period, writer, kept, isKept: true);
        }

        var read = await ReadAsync(account, period, ct, known);
        if (!read.IsSuccess)
        {
            return read.Error;
        }

        if (read.Value.Movements.Length > writer.MaxMovements)
        {
            return new StatementTooLongError(writer.MaxMovements, $"A {writer.Extension.ToUpperInvariant()} file");
        }

        var content = await WriteAsync(writer, read.Value, ct);
        var document = isFinal
            ? await documents.KeepAsync(key, content, time.GetUtcNow(), ct)
            : KeptDocument.Of(content, time.GetUtcNow());
        return FileOf(account, period, writer, document, isFinal);
    }

    /// <summary>A format's name in addresses and in the keys of kept files.</summary>
    public static string NameOf(StatementFormat format) => format.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();

    private static StatementFile FileOf(
        Account account, StatementPeriod period, IStatementWriter writer, KeptDocument document, bool isKept) =>
        new(
            FileNameOf(account, period, writer, isKept),
            writer.ContentType,
            document.Content,
            document.Hash,
            isKept);

    private static string FileNameOf(Account account, StatementPeriod period, IStatementWriter writer, bool isKept) =>
        $"statement-{account.Number.Digits[^4..]}-{period.Key}{(isKept ? "" : "-provisional")}.{writer.Extension}";

    private async Task<Result<Account>> OwnedAsync(Actor actor, string accountId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(BankRoles.Customer) ? await accounts.GetAsync(actor, accountId, ct) : new NotFoundError("account");
    }

    // The sums of a period that was checked may be known.
    private async Task<Result<Statement>> ReadAsync(
        Account account, StatementPeriod period, CancellationToken ct, StatementSums? known = null)
    {
        var key = new DocumentKey(Statement.IdOf(account.Id, period), DataName);
        var isFinal = period.To <= FinalUntil;
        if (isFinal && await documents.FindAsync(key, ct) is { } kept)
        {
            return StatementData.Read(kept.Content.Span);
        }

        if (known is null)
        {
            var days = SumAsync(account, period, ct);
            var refusal = StatementRules.Check(await DaysOfAsync(account, ct), period, Today);
            known = await days;
            if (refusal is not null)
            {
                return refusal;
            }
        }

        var made = await MakeAsync(account, period, known, isFinal, ct);
        if (!made.IsSuccess || !isFinal)
        {
            return made;
        }

        // Read back what is kept: somebody else may have been first, with another name of the account.
        var first = await documents.KeepAsync(key, StatementData.Write(made.Value), time.GetUtcNow(), ct);
        return StatementData.Read(first.Content.Span);
    }

    // An account can have entries from before it was opened here: an import brings them.
    private async Task<StatementAccount> DaysOfAsync(Account account, CancellationToken ct)
    {
        var opened = rules.DayOf(account.OpenedAt);
        var oldest = account.Sequence == 0
            ? []
            : await ledger.ReadEntriesAsync(new EntryQuery(account.Id, 1, NewestFirst: false), ct);
        var first = oldest is [var entry, ..] && rules.DayOf(entry.PostedAt) is var day && day < opened ? day : opened;
        var today = Today;
        var last = account.ClosedAt is { } closed && rules.DayOf(closed) is var end && end < today ? end : today;
        return new StatementAccount(account, first, last < first ? first : last, FinalUntil);
    }

    private async Task<Result<Statement>> MakeAsync(
        Account account, StatementPeriod period, StatementSums closed, bool isFinal, CancellationToken ct)
    {
        if (closed.Count > MaxMovements)
        {
            return new StatementTooLongError(MaxMovements, "A statement");
        }

        var (start, end) = (rules.StartOf(period.From), rules.StartOf(period.To.AddDays(1)));
        var naming = directory.FindNameAsync(account.OwnerId, ct);

        var sums = new Sums(closed.Opening, closed.Before);
        var movements = ImmutableArray.CreateBuilder<StatementMovement>();
        for (var after = default(EntryPosition?); ;)
        {
            var entries = await ledger.ReadEntriesAsync(new EntryQuery(account.Id, Chunk, start, end, NewestFirst: false, after), ct);
            foreach (var entry in entries)
            {
                sums.Add(entry);
                movements.Add(StatementMovement.Of(entry, _zone));
            }

            if (entries.Count < Chunk)
            {
                break;
            }

            after = entries[^1].Position;
        }

        var read = sums.Total with { Before = closed.Before };
        return isFinal && read != closed
            ? throw new InvalidDataException($"The entries of account {account.Id} and its closed days have different sums.")
            : StatementOf(account, period, isFinal, await naming, read, movements.DrainToImmutable());
    }

    private async Task<StatementSums> SumAsync(Account account, StatementPeriod period, CancellationToken ct) =>
        StatementSums.Of(await accountDays.ReadAsync(account, period.From, ct), period);

    private Statement StatementOf(
        Account account,
        StatementPeriod period,
        bool isFinal,
        string? holder,
        StatementSums sums,
        ImmutableArray<StatementMovement> movements)
    {
        var (start, end) = (rules.StartOf(period.From), rules.StartOf(period.To.AddDays(1)));
        return new Statement
        {
            Id = Statement.IdOf(account.Id, period),
            AccountId = account.Id,
            Number = account.Number,
            Type = account.Type,
            AccountName = account.DisplayName,
            Holder = holder ?? "",
            Bank = new StatementBank(options.BankName, options.Address, options.Contact, options.BankId),
            Period = period,
            Start = TimeZoneInfo.ConvertTime(start, _zone),
            End = TimeZoneInfo.ConvertTime(end, _zone),
            AsOf = TimeZoneInfo.ConvertTime(isFinal ? end : time.GetUtcNow(), _zone),
            IsProvisional = !isFinal,
            Opening = sums.Opening,
            Closing = sums.Closing,
            TotalIn = sums.TotalIn,
            TotalOut = sums.TotalOut,
            Interest = sums.Interest,
            Fees = sums.Fees,
            CountIn = sums.CountIn,
            CountOut = sums.CountOut,
            Movements = movements,
        };
    }

    private async Task<byte[]> WriteAsync(IStatementWriter writer, Statement statement, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            return await Task.Run(() => writer.Write(statement), ct);
        }
        finally
        {
            _writing.Release();
        }
    }

    // Adds entries up and holds that none is missing: numbers without a gap, and each balance the one before and the amount.
    private sealed class Sums(Money opening, long sequence)
    {
        private readonly Money _opening = opening;
        private long _sequence = sequence;

        public StatementSums Total => new(_opening, Balance, In, Out, Interest, Fees, CountIn, CountOut, 0);

        public Money Balance { get; private set; } = opening;

        public Money In { get; private set; } = Money.Zero(opening.Currency);

        public Money Out { get; private set; } = Money.Zero(opening.Currency);

        public Money Interest { get; private set; } = Money.Zero(opening.Currency);

        public Money Fees { get; private set; } = Money.Zero(opening.Currency);

        public int CountIn { get; private set; }

        public int CountOut { get; private set; }

        public void Add(Entry entry)
        {
            Balance += entry.Amount;
            if (entry.Sequence != ++_sequence || entry.BalanceAfter != Balance)
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"Entry {entry.Sequence} of account {entry.AccountId} does not follow the one before it."));
            }

            if (entry.Amount.IsNegative)
            {
                Out -= entry.Amount;
                CountOut++;
            }
            else
            {
                In += entry.Amount;
                CountIn++;
            }

            if (StatementKinds.Interest.Contains(entry.Kind))
            {
                Interest += entry.Amount;
            }
            else if (StatementKinds.Fees.Contains(entry.Kind))
            {
                Fees -= entry.Amount;
            }
        }
    }
}
