namespace BankPortal.Web.Components.Formatting;

public sealed partial class MoneyInput
{
    /// <summary>What has been typed so far.</summary>
    [Parameter, EditorRequired] public MoneyEntry Entry { get; set; } = MoneyEntry.Empty;

    [Parameter] public EventCallback<MoneyEntry> EntryChanged { get; set; }

    /// <summary>The currency of the account the amount is for.</summary>
    [Parameter, EditorRequired] public Currency Currency { get; set; }

    /// <summary>The context of the field around it.</summary>
    [Parameter] public FieldContext? Field { get; set; }

    [Parameter] public bool Disabled { get; set; }

    [Parameter] public string? Name { get; set; }

    private string Placeholder => MoneyText.Display(Money.Zero(Currency));

    protected override void OnParametersSet()
    {
        // A change of account may change the currency under a text that was right.
        if (Entry.Text.Length > 0 && Entry.Value is { } value && value.Currency != Currency)
        {
            Entry = Entry.Error is null ? MoneyEntry.Typing(Entry.Text, Currency) : MoneyEntry.Checked(Entry.Text, Currency);
        }
    }

    private Task OnInputAsync(string? text) => SetAsync(
        Entry.Error is null
            ? MoneyEntry.Typing(text ?? "", Currency)
            : MoneyEntry.Checked(text ?? "", Currency));

    private Task OnChangeAsync(ChangeEventArgs e)
    {
        var text = e.Value as string ?? "";
        return SetAsync(text.Length == 0 ? MoneyEntry.Empty : MoneyEntry.Checked(text, Currency).Tidied());
    }

    private Task SetAsync(MoneyEntry entry)
    {
        Entry = entry;
        return EntryChanged.InvokeAsync(entry);
    }
}
