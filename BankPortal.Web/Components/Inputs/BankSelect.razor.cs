namespace BankPortal.Web.Components.Inputs;

public sealed partial class BankSelect<TValue> : BankInput
{
    /// <summary>What is chosen.</summary>
    [Parameter] public TValue? Value { get; set; }

    [Parameter] public EventCallback<TValue?> ValueChanged { get; set; }

    /// <summary>What can be chosen.</summary>
    [Parameter, EditorRequired] public IEnumerable<TValue> Items { get; set; } = [];

    /// <summary>The text of a choice.</summary>
    [Parameter, EditorRequired] public Func<TValue, string> Text { get; set; } = value => value?.ToString() ?? "";

    private string TextOf(TValue? value) => value is null ? "" : Text(value);
}
