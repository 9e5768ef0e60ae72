namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>Reads a calendar day as a form or an address gives it, and says in a sentence why it is none.</summary>
public static class PaymentDay
{
    /// <summary>Reads a day such as <c>2027-02-28</c>.</summary>
    /// <param name="text">The text; may be <see langword="null"/>.</param>
    /// <returns>The day; or <see cref="InvalidInputError"/> for <paramref name="field"/>, which names the last day of the month when the
    /// month is too short.</returns>
    /// <param name="field">The field the day is for.</param>
    public static Result<DateOnly> Parse(string? text, string field)
    {
        var parts = (text ?? "").Trim().Split('-');
        if (parts is not [{ Length: 4 }, { Length: 2 }, { Length: 2 }]
            || !Read(parts[0], out var year) || !Read(parts[1], out var month) || !Read(parts[2], out var day)
            || year < 1 || day < 1 || day > 31 || month < 1 || month > 12)
        {
            return new InvalidInputError(field, "Enter a day that is in the calendar.");
        }

        var days = DateTime.DaysInMonth(year, month);
        return day <= days ? new DateOnly(year, month, day) : new InvalidInputError(field, string.Create(
            CultureInfo.InvariantCulture,
            $"{new DateOnly(year, month, 1):MMMM yyyy} has only {days} days. Choose the {days}th to pay on the last day."));
    }

    private static bool Read(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
