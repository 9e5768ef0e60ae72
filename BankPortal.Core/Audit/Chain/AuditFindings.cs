namespace BankPortal.Core.Audit.Chain;

/// <summary>Collects what a verification counts and finds. Not thread-safe.</summary>
internal sealed class AuditFindings
{
    private const int MostKept = 100;

    private readonly ImmutableArray<AuditFinding>.Builder _findings = ImmutableArray.CreateBuilder<AuditFinding>();
    private long _count;

    public long Links { get; set; }

    public long Rows { get; set; }

    public int Anchors { get; set; }

    public long Older { get; set; }

    public void Add(AuditFault kind, string where)
    {
        _count++;
        if (_findings.Count < MostKept)
        {
            _findings.Add(new AuditFinding(kind, where));
        }
    }

    public AuditVerification Result() => new(Links, Rows, Anchors, Older, _count, _findings.ToImmutable());
}
