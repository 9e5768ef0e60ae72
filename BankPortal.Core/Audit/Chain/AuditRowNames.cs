namespace BankPortal.Core.Audit.Chain;

/// <summary>What the chain knows of the rows it covers.</summary>
public static class AuditRowNames
{
    /// <summary>The attribute in which a row names its link.</summary>
    public const string Link = "link";

    /// <summary>The moment in a row's key; <see langword="null"/> when the key has none.</summary>
    public static DateTimeOffset? TimeOf(AuditRowKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return DateTimeOffset.TryParse(
            key.Record.Split('#')[0],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at)
            ? at
            : null;
    }
}
