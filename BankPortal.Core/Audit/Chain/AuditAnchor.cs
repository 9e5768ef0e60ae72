namespace BankPortal.Core.Audit.Chain;

/// <summary>
/// The signed heads of all chains at one moment, made once a day and linked to the one of the day before. Whoever has kept an anchor
/// outside the database can prove that nothing up to it was changed, links included.
/// </summary>
/// <param name="Day">The day (UTC) it closes; one a day.</param>
/// <param name="At">When it was made.</param>
/// <param name="Previous">The hash of the anchor before; <see cref="AuditHash.None"/> for the first.</param>
/// <param name="Heads">The last link of each chain that has one, by chain.</param>
/// <param name="Signature">The signature of <see cref="AuditHash.Text(AuditAnchor)"/>, Base64.</param>
public sealed record AuditAnchor(
    DateOnly Day, DateTimeOffset At, string Previous, ImmutableArray<AuditHead> Heads, string Signature)
{
    /// <summary>The head of a chain; <see langword="null"/> when the chain had no link yet.</summary>
    public AuditHead? HeadOf(int shard) => Heads.FirstOrDefault(head => head.Shard == shard);
}

/// <summary>The last link of a chain.</summary>
/// <param name="Shard">The chain.</param>
/// <param name="Number">The link's number.</param>
/// <param name="Hash">The link's hash.</param>
public sealed record AuditHead(int Shard, long Number, string Hash);
