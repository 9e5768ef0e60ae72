namespace BankPortal.Web.Components.Pages;

/// <summary>
/// The idempotency key of one form, kept in the page's address (<c>?op=…</c>): a double click, the back button and a reload
/// after a lost connection all carry the same key, and so have one effect. A visit without a key is given a fresh one.
/// </summary>
public sealed class FormKey(NavigationManager navigation)
{
    private readonly string _page = new Uri(navigation.Uri).AbsolutePath;
    private string? _pending;

    /// <summary>The name of the parameter.</summary>
    public const string Parameter = "op";

    /// <summary>The key; empty before the first <see cref="Follow"/>.</summary>
    public string Value { get; private set; } = "";

    /// <summary>Names what was typed into this form, for the browser to keep it over a reload.</summary>
    public string DraftName => $"{Path.Trim('/')}:{Value}";

    private string Path => new Uri(navigation.Uri).AbsolutePath;

    /// <summary>
    /// Takes the key out of the address, or puts a fresh one there, replacing the step in the browser's history; the first response
    /// is a redirect then. Done by the circuit, before it has taken over the links of the page, it would load the page a second time.
    /// </summary>
    public void Follow(string? inAddress)
    {
        // When the person leaves, the page gets the next page's address before it goes.
        if (Path != _page)
        {
            return;
        }

        if (Guid.TryParse(inAddress, out var given))
        {
            Value = given.ToString("N");
            _pending = null;
            return;
        }

        // The page may get its old address once more before the new one arrives.
        if (_pending is null)
        {
            _pending = Value = Guid.NewGuid().ToString("N");
            navigation.NavigateTo(navigation.GetUriWithQueryParameter(Parameter, Value), replace: true);
        }
    }

    /// <summary>Goes to a fresh form of the same kind, which gets a key of its own.</summary>
    public void StartAnother() => navigation.NavigateTo(Path);
}
