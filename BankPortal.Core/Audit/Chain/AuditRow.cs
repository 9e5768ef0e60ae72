namespace BankPortal.Core.Audit.Chain;

/// <summary>A row of the audit log as it is stored, texts encrypted. The chain covers all its attributes, whatever they mean.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Fields">Its attributes, the key's included, in ordinal order of their names.</param>
public sealed record AuditRow(AuditRowKey Key, ImmutableArray<AuditField> Fields)
{
    /// <summary>The value of an attribute; <see langword="null"/> when the row does not have it.</summary>
    public string? Find(string name) => Fields.FirstOrDefault(field => field.Name == name)?.Text;
}

/// <summary>The key of a row of the audit log.</summary>
/// <param name="Subject">The partition: what the row is about.</param>
/// <param name="Record">The place in the partition: when, and a random id.</param>
public sealed record AuditRowKey(string Subject, string Record);

/// <summary>An attribute of a row.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type: <c>S</c> text, <c>N</c> number, <c>BOOL</c>.</param>
/// <param name="Text">Its value as text.</param>
public sealed record AuditField(string Name, string Type, string Text);
