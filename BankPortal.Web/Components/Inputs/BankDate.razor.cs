using MudBlazor;

namespace BankPortal.Web.Components.Inputs;

public sealed partial class BankDate : BankInput
{
    private MudDatePicker? _picker;
    private string? _error;

    /// <summary>The day; <see langword="null"/> while none is chosen.</summary>
    [Parameter] public DateOnly? Value { get; set; }

    [Parameter] public EventCallback<DateOnly?> ValueChanged { get; set; }

    /// <summary>The earliest day that can be chosen.</summary>
    [Parameter] public DateOnly? Min { get; set; }

    /// <summary>The latest day that can be chosen.</summary>
    [Parameter] public DateOnly? Max { get; set; }

    private static string Format => CultureInfo.CurrentCulture.DateTimeFormat.ShortDatePattern;

    private Task ChangeAsync(DateTime? date)
    {
        Value = date is { } day ? DateOnly.FromDateTime(day) : null;
        _error = Value is null && !string.IsNullOrWhiteSpace(_picker?.Text) ? $"Enter a date like {Example}." : null;
        return ValueChanged.InvokeAsync(Value);
    }

    private static string Example => new DateOnly(2026, 3, 31).ToString("d", CultureInfo.CurrentCulture);
}
