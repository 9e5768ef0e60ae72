namespace BankPortal.Web.Components.Pages;

/// <summary>What a page read on the server for the first response, on its way to the circuit.</summary>
/// <param name="Content">What was read.</param>
/// <param name="Watch">Follows changes since before it was read.</param>
internal sealed record HandOver(object Content, ChangeWatch Watch)
{
    /// <summary>When it was read; <see langword="null"/> for just now.</summary>
    public DateTimeOffset? ReadAt { get; init; }
}
