using System.Security.Cryptography;
using BankPortal.Core.Audit.Chain;

namespace BankPortal.Infrastructure.Audit.Chain;

/// <summary>Decrypts the texts of rows for exports. Thread-safe.</summary>
public sealed class AuditTexts(IFieldProtector protector) : IAuditTexts
{
    // Security events and staff actions name their details alike; the attribute "kind" tells them apart.
    private static readonly ImmutableArray<(string Field, string Purpose)> Staff =
        [("reason", AuditItems.ReasonPurpose), ("detail", AuditItems.DetailPurpose)];

    private static readonly ImmutableArray<(string Field, string Purpose)> Security =
        [("client", DynamoSecurityEventStore.ClientPurpose), ("detail", DynamoSecurityEventStore.DetailPurpose)];

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, string> Read(AuditRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (field, purpose) in row.Find("kind") is null ? Staff : Security)
        {
            if (row.Find(field) is { } hidden)
            {
                try
                {
                    texts[field] = protector.Unprotect(purpose, hidden).Replace(DynamoSecurityEventStore.Separator, ' ');
                }
                catch (CryptographicException)
                {
                    // Altered, or its key was destroyed: the stored form is in the export all the same.
                }
            }
        }

        return texts.ToImmutable();
    }
}
