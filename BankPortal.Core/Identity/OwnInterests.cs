namespace BankPortal.Core.Identity;

/// <summary>Whose affairs count as a member of staff's own: their own, and those of the people related to them. Immutable.</summary>
public sealed class OwnInterests
{
    private readonly string? _userId;
    private readonly ImmutableDictionary<string, RelationKind> _related;

    internal OwnInterests(string? userId, IEnumerable<RelatedPerson> related)
    {
        _userId = userId;
        _related = related.ToImmutableDictionary(person => person.UserId, person => person.Kind, StringComparer.Ordinal);
    }

    /// <summary>Nobody's affairs: the bank itself has no interests of its own.</summary>
    public static OwnInterests None { get; } = new(null, []);

    /// <summary>Returns the first conflict with the people involved, the person's own first; <see langword="null"/> when there is
    /// none.</summary>
    public ConflictOfInterestError? ConflictWith(IEnumerable<Involved> involved)
    {
        ArgumentNullException.ThrowIfNull(involved);
        ConflictOfInterestError? byRelation = null;
        foreach (var person in involved)
        {
            if (person.UserId is not { } id || _userId is null)
            {
                continue;
            }

            if (string.Equals(id, _userId, StringComparison.Ordinal))
            {
                return new ConflictOfInterestError(person.As, null);
            }

            if (byRelation is null && _related.TryGetValue(id, out var kind))
            {
                byRelation = new ConflictOfInterestError(person.As, kind);
            }
        }

        return byRelation;
    }
}
