using MudBlazor;

namespace BankPortal.Web.Components.Inputs;

public sealed partial class BankTextField : BankInput
{
    /// <summary>The text; never <see langword="null"/> when it is changed.</summary>
    [Parameter] public string? Value { get; set; }

    [Parameter] public EventCallback<string?> ValueChanged { get; set; }

    /// <summary>How many lines the field shows; more than one makes it a text area.</summary>
    [Parameter] public int Lines { get; set; } = 1;

    /// <summary>The most characters that can be typed.</summary>
    [Parameter] public int MaxLength { get; set; } = 200;

    /// <summary>Which keyboard a phone shows.</summary>
    [Parameter] public InputMode InputMode { get; set; } = InputMode.text;

    [Parameter] public InputType InputType { get; set; } = InputType.Text;
}
