namespace BankPortal.Web.Components.Inputs;

public sealed partial class BankAutocomplete<TValue> : BankInput
{
    /// <summary>What is chosen.</summary>
    [Parameter] public TValue? Value { get; set; }

    [Parameter] public EventCallback<TValue?> ValueChanged { get; set; }

    /// <summary>What can be chosen.</summary>
    [Parameter, EditorRequired] public IEnumerable<TValue> Items { get; set; } = [];

    /// <summary>The text of a choice, which is searched.</summary>
    [Parameter, EditorRequired] public Func<TValue, string> Text { get; set; } = value => value?.ToString() ?? "";

    private string TextOf(TValue? value) => value is null ? "" : Text(value);

    // With the text of the choice itself in the field, everything is offered.
    private Task<IEnumerable<TValue>> SearchAsync(string? text, CancellationToken ct)
    {
        var search = new SearchText(text ?? "");
        return Task.FromResult(text == TextOf(Value) ? Items : Items.Where(item => search.Matches(Text(item))));
    }
}
