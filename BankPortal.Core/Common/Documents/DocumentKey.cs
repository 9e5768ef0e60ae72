namespace BankPortal.Core.Common.Documents;

/// <summary>The key of a kept document.</summary>
/// <param name="Id">What it is about, such as the id of a statement.</param>
/// <param name="Name">Which document of that, such as <c>data</c> or <c>pdf</c>; small letters, digits and hyphens.</param>
public readonly record struct DocumentKey(string Id, string Name);
