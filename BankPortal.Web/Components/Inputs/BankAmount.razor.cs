using MudBlazor;

namespace BankPortal.Web.Components.Inputs;

public sealed partial class BankAmount : BankInput
{
    /// <summary>What has been typed so far.</summary>
    [Parameter, EditorRequired] public MoneyEntry Entry { get; set; } = MoneyEntry.Empty;

    [Parameter] public EventCallback<MoneyEntry> EntryChanged { get; set; }

    /// <summary>The currency of the amount.</summary>
    [Parameter, EditorRequired] public Currency Currency { get; set; }

    // The name is a keyword of C#, which a markup attribute cannot hold.
    private static InputMode Decimal => InputMode.@decimal;

    private Task TypeAsync(string? text) =>
        SetAsync(Entry.Error is null ? MoneyEntry.Typing(text ?? "", Currency) : MoneyEntry.Checked(text ?? "", Currency));

    private Task LeaveAsync() =>
        SetAsync(string.IsNullOrEmpty(Entry.Text) ? MoneyEntry.Empty : MoneyEntry.Checked(Entry.Text, Currency).Tidied());

    private Task SetAsync(MoneyEntry entry)
    {
        Entry = entry;
        return EntryChanged.InvokeAsync(entry);
    }
}
