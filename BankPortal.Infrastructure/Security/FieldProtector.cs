using System.Collections.Concurrent;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Infrastructure.Security;

/// <summary>Encrypts fields with ASP.NET Core Data Protection. A thread-safe singleton.</summary>
/// <param name="provider">The key ring.</param>
public sealed class FieldProtector(IDataProtectionProvider provider) : IFieldProtector
{
    private const string Root = "BankPortal.Field.v1";
    private readonly ConcurrentDictionary<string, IDataProtector> _protectors = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Protect(string purpose, string plain)
    {
        ArgumentNullException.ThrowIfNull(plain);
        return For(purpose).Protect(plain);
    }

    /// <inheritdoc/>
    public string Unprotect(string purpose, string protectedText)
    {
        ArgumentNullException.ThrowIfNull(protectedText);
        return For(purpose).Unprotect(protectedText);
    }

    /// <inheritdoc/>
    public byte[] ProtectBytes(string purpose, byte[] plain)
    {
        ArgumentNullException.ThrowIfNull(plain);
        return For(purpose).Protect(plain);
    }

    /// <inheritdoc/>
    public byte[] UnprotectBytes(string purpose, byte[] protectedBytes)
    {
        ArgumentNullException.ThrowIfNull(protectedBytes);
        return For(purpose).Unprotect(protectedBytes);
    }

    private IDataProtector For(string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        return _protectors.GetOrAdd(purpose, static (name, from) => from.CreateProtector(Root, name), provider);
    }
}
