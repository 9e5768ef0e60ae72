using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>The empty cookie collection of a request without cookies.</summary>
internal sealed class NoCookies : IRequestCookieCollection
{
    internal static NoCookies Instance { get; } = new();

    public int Count => 0;

    public ICollection<string> Keys => [];

    public string? this[string key] => null;

    public bool ContainsKey(string key) => false;

    public bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
    {
        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Enumerable.Empty<KeyValuePair<string, string>>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
