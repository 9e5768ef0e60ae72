using BankPortal.Core.Audit;
using BankPortal.Core.Reports.Cubes;
using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports;

/// <summary>
/// Lists the transfers behind a figure, page by page, from the feed index. Managers see references and masked account numbers; compliance
/// officers see numbers and names, and that they looked is recorded. Thread-safe.
/// </summary>
public sealed class ReportDrillDown(
    ReportRows rows, ReportService reports, ICustomerDirectory customers, IAuditTrail audit, LedgerRules rules)
{
    /// <summary>How many rows a page has.</summary>
    public const int PageSize = 50;

    /// <summary>The most rows that are looked through for one page.</summary>
    public const int MostRead = 5_000;

    /// <summary>The name in the audit trail of reading people behind figures.</summary>
    public const string AuditAction = "report.rows";

    /// <summary>Reads a page.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="definition">What to list: subject, filters and period count, break-downs do not.</param>
    /// <param name="after">Where the page begins, from the page before; <see langword="null"/> for the first.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The page; or <see cref="NotAllowedError"/>, or what is contradictory.</returns>
    public async Task<Result<ReportRowPage>> ReadAsync(
        Actor actor, ReportDefinition definition, string? after, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(definition);
        if (!ReportRules.MayRead(actor, definition.Subject) || !ReportVocabulary.HasRows(definition.Subject))
        {
            return new NotAllowedError();
        }

        var plain = definition with { By = [], Pivot = null, Measures = [ReportMeasure.Count], Comparison = ReportComparison.None };
        if (reports.Check(actor, plain) is [var problem, ..])
        {
            return problem;
        }

        if (!TryParse(after, out var place))
        {
            return new InvalidInputError("after", "This page does not exist. Begin with the first.");
        }

        if (ReportRules.MaySeePeople(actor))
        {
            // Recorded before anything is shown.
            await audit.RecordAsync(actor, AuditAction, AuditSubject.Report("rows"), null, plain.ToString(), ct);
        }

        return await ForAsync(actor, await FindAsync(plain, place, ct), ct);
    }

    /// <summary>Reads all rows, for a file, up to a number.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="definition">What to list.</param>
    /// <param name="most">The most rows.</param>
    /// <param name="ct">Cancels the read.</param>
    public async Task<Result<IAsyncEnumerable<ReportRowLine>>> ListAsync(
        Actor actor, ReportDefinition definition, int most, CancellationToken ct = default)
    {
        // The first page says whether it is allowed, and records it.
        var first = await ReadAsync(actor, definition, null, ct);
        return first.IsSuccess ? Result<IAsyncEnumerable<ReportRowLine>>.From(AllAsync(first.Value)) : first.Error;

        async IAsyncEnumerable<ReportRowLine> AllAsync(ReportRowPage page)
        {
            var given = 0;
            while (true)
            {
                foreach (var row in page.Rows)
                {
                    yield return row;
                    if (++given == most)
                    {
                        yield break;
                    }
                }

                if (page.Next is not { } next || !TryParse(next, out var place))
                {
                    yield break;
                }

                var found = await FindAsync(
                    definition with { By = [], Pivot = null, Comparison = ReportComparison.None }, place, ct);
                page = await ForAsync(actor, found, ct);
            }
        }
    }

    private static bool TryParse(string? text, out (DateTimeOffset At, int Skip)? place)
    {
        place = null;
        if (text is null)
        {
            return true;
        }

        if (text.Split('.') is [var ticks, var skip]
            && long.TryParse(ticks, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at)
            && at >= 0
            && at <= DateTimeOffset.MaxValue.Ticks
            && int.TryParse(skip, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            place = (new DateTimeOffset(at, TimeSpan.Zero), number);
            return true;
        }

        return false;
    }

    private async Task<ReportRowPage> FindAsync(
        ReportDefinition definition, (DateTimeOffset At, int Skip)? place, CancellationToken ct)
    {
        var cube = CubeSpec.Special(definition);
        var (from, to) = definition.Period.Resolve(reports.Today);
        var before = rules.StartOf(to.AddDays(1));
        var start = place?.At ?? rules.StartOf(from);
        var skip = place?.Skip ?? 0;
        var found = ImmutableArray.CreateBuilder<ReportRowLine>(PageSize);
        var (read, at, same) = (0, start, 0);
        await foreach (var row in rows.ReadAsync(start, before, ct).WithCancellation(ct))
        {
            // Rows of the same moment are counted, so that the next page begins after the last one of this.
            var settled = ReportRows.SettledAt(row.Transfer);
            if (settled != at)
            {
                (at, same) = (settled, 0);
            }

            same++;
            if (at == start && same <= skip)
            {
                continue;
            }

            read++;
            if (row.IsOf(definition.Subject)
                && row.Transfer.Amount.Currency == definition.Currency
                && Passes(definition, cube, row))
            {
                found.Add(ReportRowLine.Of(row));
            }

            if (found.Count == PageSize || read == MostRead)
            {
                var next = string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:x}.{same}");
                return new ReportRowPage(found.ToImmutable(), next, found.Count < PageSize ? at : null);
            }
        }

        return new ReportRowPage(found.ToImmutable(), null, null);
    }

    private static bool Passes(ReportDefinition definition, CubeSpec cube, ReportRow row) =>
        ReportEngine.Passes(definition, cube, [.. cube.Dimensions.Select(dimension => row.ValueOf(dimension))]);

    // What the reader may see of the rows.
    private async Task<ReportRowPage> ForAsync(Actor actor, ReportRowPage page, CancellationToken ct)
    {
        if (!ReportRules.MaySeePeople(actor))
        {
            return page with { Rows = [.. page.Rows.Select(row => row with { OwnerId = null })] };
        }

        var names = await customers.FindNamesAsync(
            [.. page.Rows.Select(row => row.OwnerId).OfType<string>().Distinct(StringComparer.Ordinal)], ct);
        return page with
        {
            Rows = [.. page.Rows.Select(row => row with
            {
                Account = row.Number.Grouped,
                Name = row.OwnerId is { } owner ? names.GetValueOrDefault(owner) : null,
            })],
        };
    }
}

/// <summary>A page of the rows behind a figure.</summary>
/// <param name="Rows">The rows, in the order in which they were settled.</param>
/// <param name="Next">Where the next page begins; <see langword="null"/> on the last.</param>
/// <param name="LookedTo">Up to when was looked, if the page is not full; <see langword="null"/> otherwise.</param>
public sealed record ReportRowPage(ImmutableArray<ReportRowLine> Rows, string? Next, DateTimeOffset? LookedTo);

/// <summary>One row behind a figure.</summary>
/// <param name="TransferId">The transfer.</param>
/// <param name="Reference">Its reference.</param>
/// <param name="At">When it was settled.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Status">What became of it.</param>
/// <param name="IsIn">Whether money came in.</param>
/// <param name="Amount">Its amount.</param>
/// <param name="Account">The account number, masked for managers.</param>
/// <param name="OwnerId">The customer; <see langword="null"/> for managers.</param>
/// <param name="Name">The customer's name; <see langword="null"/> for managers.</param>
public sealed record ReportRowLine(
    string TransferId,
    string Reference,
    DateTimeOffset At,
    TransferKind Kind,
    TransferStatus Status,
    bool IsIn,
    Money Amount,
    string Account,
    string? OwnerId,
    string? Name)
{
    /// <summary>The line of a row.</summary>
    internal static ReportRowLine Of(ReportRow row) => new(
        row.Transfer.Id,
        row.Transfer.Reference,
        ReportRows.SettledAt(row.Transfer),
        row.Transfer.Kind,
        row.Transfer.Status,
        row.IsIn,
        row.Transfer.Amount,
        row.Account.Number.Masked,
        row.Account.OwnerId,
        null)
    {
        Number = row.Account.Number,
    };

    /// <summary>The whole number, for those who may see it.</summary>
    internal AccountNumber Number { get; init; }
}
