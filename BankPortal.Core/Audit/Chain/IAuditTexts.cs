namespace BankPortal.Core.Audit.Chain;

/// <summary>Reads the encrypted texts of rows. Implementations are thread-safe.</summary>
public interface IAuditTexts
{
    /// <summary>The texts of a row by attribute; without those that cannot be decrypted.</summary>
    ImmutableSortedDictionary<string, string> Read(AuditRow row);
}
