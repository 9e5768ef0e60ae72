namespace BankPortal.Web.Components.Inputs;

/// <summary>
/// The base of the library's fields in staff forms. Label, hint and error are those of <see cref="FormField"/>, tied to the input.
/// Customers' money forms do not use them: there each field would cost a multiple in every open tab.
/// </summary>
public abstract class BankInput : ComponentBase
{
    /// <summary>The name of the field for people.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>One sentence of help.</summary>
    [Parameter] public string? Hint { get; set; }

    /// <summary>The error of the value; null when there is none.</summary>
    [Parameter] public string? Error { get; set; }

    /// <summary>Marks the field as one that may be left empty.</summary>
    [Parameter] public bool Optional { get; set; }

    [Parameter] public bool Disabled { get; set; }

    /// <summary>The id of the input; one is made if none is given.</summary>
    [Parameter] public string? Id { get; set; }

    /// <summary>The name of the input, by which drafts are kept.</summary>
    [Parameter] public string? Name { get; set; }

    /// <summary>What the browser may fill in; nothing by default, since staff type of other people.</summary>
    [Parameter] public string Autocomplete { get; set; } = "off";

    /// <summary>Whether the field has the focus when its dialog opens.</summary>
    [Parameter] public bool AutoFocus { get; set; }

    [Parameter] public string? Class { get; set; }

    /// <summary>The attributes of the input element.</summary>
    protected Dictionary<string, object?> Attributes(FieldContext field)
    {
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal) { ["autocomplete"] = Autocomplete };
        foreach (var (name, value) in field.Attributes)
        {
            attributes[name] = value;
        }

        if (Name is not null)
        {
            attributes["name"] = Name;
        }

        if (AutoFocus)
        {
            attributes["autofocus"] = true;
        }

        return attributes;
    }
}
