namespace BankPortal.Infrastructure.Common;

/// <summary>A section of the configuration that the portal reads; each is registered with its options.</summary>
/// <param name="Name">The section's name.</param>
public sealed record OptionsSection(string Name);
