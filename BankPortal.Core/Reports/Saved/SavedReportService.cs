using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports.Saved;

/// <summary>Saves, shares and deletes reports. Thread-safe.</summary>
public sealed class SavedReportService(
    ISavedReportStore store, ReportService reports, IStaffDirectory staff, TimeProvider time)
{
    /// <summary>How many reports a person may have.</summary>
    public const int MostPerPerson = 100;

    /// <summary>The roles that reports can be shared with.</summary>
    public static ImmutableArray<string> Roles { get; } = [BankRoles.Manager, BankRoles.Compliance];

    /// <summary>Lists the person's own reports and those shared with them, by title.</summary>
    public async Task<Result<SavedReportList>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!ReportRules.MayRead(actor))
        {
            return new NotAllowedError();
        }

        var all = (await store.ListAsync(ct)).Where(report => report.IsFor(actor) && MayOpen(actor, report))
            .OrderBy(report => report.Title, StringComparer.CurrentCultureIgnoreCase)
            .ToList();
        return new SavedReportList(
            [.. all.Where(report => report.OwnerId == actor.UserId)],
            [.. all.Where(report => report.OwnerId != actor.UserId)],
            await ColleaguesAsync(ct));
    }

    /// <summary>Reads a report.</summary>
    /// <returns>The report; or <see cref="NotFoundError"/>, also when it is not shared, or <see cref="ReportDeletedError"/>.</returns>
    public async Task<Result<SavedReport>> FindAsync(Actor actor, string id, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return !ReportRules.MayRead(actor) ? new NotAllowedError()
            : !DerivedId.IsWellFormed(id)
                || await store.FindAsync(id, ct) is not { } report
                || !report.IsFor(actor)
                || !MayOpen(actor, report)
                ? new NotFoundError("report")
            : report.DeletedAt is not null ? new ReportDeletedError(report.Title)
            : report;
    }

    /// <summary>Reads who reports can be shared with.</summary>
    public async Task<ImmutableArray<StaffMember>> ColleaguesAsync(CancellationToken ct = default) =>
        [.. (await staff.ListAsync(Roles, ct)).OrderBy(member => member.Name, StringComparer.CurrentCultureIgnoreCase)];

    /// <summary>Saves a new report.</summary>
    /// <param name="actor">The person.</param>
    /// <param name="change">What to save.</param>
    /// <param name="ct">Cancels the write.</param>
    public async Task<Result<SavedReport>> AddAsync(Actor actor, SavedReportChange change, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (await CheckAsync(actor, change, ct) is { } problem)
        {
            return problem;
        }

        if ((await store.ListAsync(ct)).Count(report => report.OwnerId == actor.UserId) >= MostPerPerson)
        {
            return new InvalidInputError("title", "You have 100 reports. Delete one that you no longer need.");
        }

        var now = time.GetUtcNow();
        var added = Apply(
            new SavedReport
            {
                Id = DerivedId.Random(),
                OwnerId = actor.UserId,
                Title = "",
                Definition = "",
                CreatedAt = now,
                ChangedAt = now,
                Version = 1,
            },
            change);
        return await store.TryWriteAsync(added, ct) ? added : new ReportChangedError();
    }

    /// <summary>Changes a report of one's own.</summary>
    /// <param name="actor">The person.</param>
    /// <param name="id">The report.</param>
    /// <param name="version">The version that was on screen.</param>
    /// <param name="change">What it becomes.</param>
    /// <param name="ct">Cancels the write.</param>
    public async Task<Result<SavedReport>> ChangeAsync(
        Actor actor, string id, long version, SavedReportChange change, CancellationToken ct = default)
    {
        var found = await FindAsync(actor, id, ct);
        if (!found.IsSuccess)
        {
            return found;
        }

        if (found.Value.OwnerId != actor.UserId)
        {
            return new NotAllowedError();
        }

        if (await CheckAsync(actor, change, ct) is { } problem)
        {
            return problem;
        }

        var next = Apply(found.Value, change) with { Version = version + 1, ChangedAt = time.GetUtcNow() };
        return await store.TryWriteAsync(next, ct) ? next : new ReportChangedError();
    }

    /// <summary>Deletes a report of one's own. Links to it say that it was deleted.</summary>
    public async Task<Result<SavedReport>> DeleteAsync(Actor actor, string id, long version, CancellationToken ct = default)
    {
        var found = await FindAsync(actor, id, ct);
        if (!found.IsSuccess)
        {
            return found;
        }

        if (found.Value.OwnerId != actor.UserId)
        {
            return new NotAllowedError();
        }

        var now = time.GetUtcNow();
        var deleted = found.Value with
        {
            DeletedAt = now,
            ChangedAt = now,
            Schedule = ReportSchedule.Never,
            Version = version + 1,
        };
        return await store.TryWriteAsync(deleted, ct) ? deleted : new ReportChangedError();
    }

    private static bool MayOpen(Actor actor, SavedReport report) =>
        ReportRules.MayRead(actor, ReportAddress.Read(report.Definition).Definition.Subject);

    private static SavedReport Apply(SavedReport report, SavedReportChange change) => report with
    {
        Title = change.Title.Trim(),
        Definition = change.Definition.ToString(),
        Roles = change.Roles.ToImmutableSortedSet(StringComparer.Ordinal),
        People = change.People.ToImmutableSortedSet(StringComparer.Ordinal),
        Schedule = change.Schedule,
    };

    private async Task<Error?> CheckAsync(Actor actor, SavedReportChange change, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (!ReportRules.MayRead(actor))
        {
            return new NotAllowedError();
        }

        if (reports.Check(actor, change.Definition) is [var problem, ..])
        {
            return problem;
        }

        var title = change.Title.Trim();
        if (title.Length == 0)
        {
            return new InvalidInputError("title", "Give the report a title.");
        }

        if (title.Length > SavedReport.MaxTitle || title.Any(char.IsControl))
        {
            return new InvalidInputError("title", "A title has at most 80 characters, on one line.");
        }

        if (change.Roles.Except(Roles, StringComparer.Ordinal).Any())
        {
            return new InvalidInputError("roles", "Reports can be shared with managers and compliance officers.");
        }

        if (change.Definition.Subject == ReportSubject.SignIns && change.Roles.Contains(BankRoles.Manager, StringComparer.Ordinal))
        {
            return new InvalidInputError("roles", "Managers have no reports about sign-ins.");
        }

        var people = change.People.Where(person => person != actor.UserId).ToList();
        if (people.Count > 0)
        {
            var known = (await staff.ListAsync(Roles, ct)).Select(member => member.UserId).ToHashSet(StringComparer.Ordinal);
            if (people.Exists(person => !known.Contains(person)))
            {
                return new InvalidInputError("people", "This person has no access to reports.");
            }
        }

        return null;
    }
}

/// <summary>What a saved report becomes.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Definition">Its definition.</param>
/// <param name="Roles">The roles that it is shared with.</param>
/// <param name="People">The user ids of the people that it is shared with.</param>
/// <param name="Schedule">When it is delivered.</param>
public sealed record SavedReportChange(
    string Title,
    ReportDefinition Definition,
    IReadOnlyCollection<string> Roles,
    IReadOnlyCollection<string> People,
    ReportSchedule Schedule);

/// <summary>The saved reports of a person.</summary>
/// <param name="Own">Their own.</param>
/// <param name="Shared">Those that others share with them.</param>
/// <param name="Colleagues">Who uses reports, for names.</param>
public sealed record SavedReportList(
    ImmutableArray<SavedReport> Own, ImmutableArray<SavedReport> Shared, ImmutableArray<StaffMember> Colleagues);
