namespace BankPortal.Core.Reports.Saved;

/// <summary>A report that somebody named, to open it again, share it or have it delivered. Immutable.</summary>
public sealed record SavedReport
{
    /// <summary>The longest title.</summary>
    public const int MaxTitle = 80;

    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The person who made it, and alone may change it.</summary>
    public required string OwnerId { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The definition, as in addresses.</summary>
    public required string Definition { get; init; }

    /// <summary>The roles that it is shared with.</summary>
    public ImmutableSortedSet<string> Roles { get; init; } = [];

    /// <summary>The user ids of the people that it is shared with.</summary>
    public ImmutableSortedSet<string> People { get; init; } = [];

    /// <summary>When it is made and delivered.</summary>
    public ReportSchedule Schedule { get; init; }

    /// <summary>When it was saved first.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was changed last.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it was deleted; <see langword="null"/> while it is there.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The number of writes; the optimistic lock.</summary>
    public long Version { get; init; }

    /// <summary>Whether the person may open it; whether the role has reports about its subject is asked apart.</summary>
    public bool IsFor(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return OwnerId == actor.UserId || People.Contains(actor.UserId) || Roles.Overlaps(actor.Roles);
    }

    /// <summary>Whether it is due on a day.</summary>
    public bool IsDueOn(DateOnly day) => DeletedAt is null && Schedule switch
    {
        ReportSchedule.Daily => true,
        ReportSchedule.Weekly => day.DayOfWeek == DayOfWeek.Monday,
        ReportSchedule.Monthly => day.Day == 1,
        _ => false,
    };
}

/// <summary>When a saved report is made and delivered. Stored by name: members may be added, never renamed.</summary>
public enum ReportSchedule
{
    /// <summary>Only when somebody opens it.</summary>
    Never,

    /// <summary>Every morning.</summary>
    Daily,

    /// <summary>On Monday mornings.</summary>
    Weekly,

    /// <summary>On the first morning of a month.</summary>
    Monthly,
}
