namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>A condition while it is being edited: what was typed stays, whether it is valid or not.</summary>
public abstract class ConditionDraft
{
    /// <summary>How deep groups may be nested, so that a comparison still fits in.</summary>
    public const int MaxDepth = 3;

    /// <summary>Identifies it while it is on screen.</summary>
    public Guid Key { get; init; } = Guid.NewGuid();

    /// <summary>The error to show at the field; <see langword="null"/> if there is none.</summary>
    public string? Error { get; protected set; }

    /// <summary>A condition to be edited.</summary>
    public static ConditionDraft Of(RiskCondition condition) => condition switch
    {
        RiskCondition.All all => new GroupDraft { Parts = [.. all.Parts.Select(Of)] },
        RiskCondition.Any any => new GroupDraft { IsAny = true, Parts = [.. any.Parts.Select(Of)] },
        RiskCondition.Compare compare => CompareDraft.Of(compare),
        _ => throw new ArgumentException("A condition of an unknown kind.", nameof(condition)),
    };

    /// <summary>The condition; a value that cannot be read counts as zero, and <see cref="Error"/> is set.</summary>
    public abstract RiskCondition Read();

    /// <summary>This and everything in it.</summary>
    public abstract IEnumerable<ConditionDraft> Everything();

    /// <summary>An independent copy.</summary>
    public abstract ConditionDraft Copy();
}
