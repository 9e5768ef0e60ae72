namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>What is wrong with the fields of a form, by the field's name. Not thread-safe.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, string> _messages = new(StringComparer.Ordinal);

    /// <summary>Whether any field has an error.</summary>
    public bool Any => _messages.Count > 0;

    /// <summary>The message of a field; <see langword="null"/> where nothing is wrong, and to take a message away.</summary>
    public string? this[string field]
    {
        get => _messages.GetValueOrDefault(field);
        set
        {
            if (value is null)
            {
                _messages.Remove(field);
            }
            else
            {
                _messages[field] = value;
            }
        }
    }

    /// <summary>Forgets all messages.</summary>
    public void Clear() => _messages.Clear();
}
