namespace BankPortal.Web.Components.Formatting;

/// <summary>An amount being typed: the text as it stands, the amount if the text is one, and what to say if it is not.</summary>
/// <param name="Text">What the field holds.</param>
/// <param name="Value">The amount; null while the text is not one.</param>
/// <param name="Error">The sentence to show next to the field; null while there is nothing to show.</param>
public sealed record MoneyEntry(string Text, Money? Value, string? Error)
{
    /// <summary>Nothing typed, no error shown.</summary>
    public static MoneyEntry Empty { get; } = new("", null, null);

    /// <summary>An amount given by the program, such as "the whole balance".</summary>
    public static MoneyEntry Of(Money value) => new(MoneyText.Display(value), value, null);

    /// <summary>The text while it is being typed: read, but not yet complained about.</summary>
    public static MoneyEntry Typing(string text, Currency currency) =>
        MoneyText.Parse(text, currency) is { IsSuccess: true } parsed ? new(text, parsed.Value, null) : new(text, null, null);

    /// <summary>The text when the field is left or the form sent: read, and complained about if it is not an amount above zero.</summary>
    public static MoneyEntry Checked(string text, Currency currency)
    {
        var parsed = MoneyText.Parse(text, currency);
        return parsed switch
        {
            { IsSuccess: false } => new(text, null, parsed.Error.Message),
            { Value.IsZero: true } => new(text, null, "Enter an amount above zero."),
            _ => new(text, parsed.Value, null),
        };
    }

    /// <summary>Checks again, for the moment the form is sent.</summary>
    public MoneyEntry Check(Currency currency) => Checked(Text, currency);

    /// <summary>The same with a business rule's sentence beside it, such as "More than your available balance".</summary>
    public MoneyEntry Refused(string sentence) => this with { Error = sentence };

    /// <summary>
    /// The same with the text in its full form ("1,234.5" becomes "1,234.50"); a text that is not an amount stays as typed.
    /// </summary>
    public MoneyEntry Tidied() => Value is { } value && Error is null ? this with { Text = MoneyText.Display(value) } : this;
}
