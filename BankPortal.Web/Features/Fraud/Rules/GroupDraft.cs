namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>A group of conditions while it is being edited.</summary>
public sealed class GroupDraft : ConditionDraft
{
    /// <summary>Whether one of the parts is enough; otherwise all are needed.</summary>
    public bool IsAny { get; set; }

    /// <summary>The parts.</summary>
    public List<ConditionDraft> Parts { get; init; } = [];

    /// <summary>Whether it wraps a single comparison only so that more can be added.</summary>
    public bool IsFrame { get; init; }

    /// <summary>The group at the top of a rule.</summary>
    public static GroupDraft Top(RiskCondition condition) =>
        Of(condition) as GroupDraft ?? new GroupDraft { IsFrame = true, Parts = [Of(condition)] };

    /// <inheritdoc/>
    public override RiskCondition Read()
    {
        Error = Parts.Count == 0 ? "Add at least one condition." : null;
        var parts = Parts.Select(part => part.Read()).ToList();
        return IsFrame && parts.Count == 1 ? parts[0]
            : IsAny ? new RiskCondition.Any([.. parts])
            : new RiskCondition.All([.. parts]);
    }

    /// <inheritdoc/>
    public override IEnumerable<ConditionDraft> Everything() => Parts.SelectMany(part => part.Everything()).Prepend(this);

    /// <inheritdoc/>
    public override ConditionDraft Copy() =>
        new GroupDraft
        {
            Key = Key,
            IsAny = IsAny,
            IsFrame = IsFrame,
            Parts = [.. Parts.Select(part => part.Copy())],
        };
}
