namespace BankPortal.Web.Components.Formatting;

/// <summary>
/// The time zone of the person looking at the page. The browser tells it by the cookie <c>tz</c>; until it is known,
/// times are shown in the bank's own zone. One instance per request and per circuit.
/// </summary>
public sealed class UserTimeZone(IOptions<ShellOptions> options)
{
    public const string Cookie = "tz";

    /// <summary>Set beside <see cref="Cookie"/> when the person chose the zone: then the browser's own is not written over it.</summary>
    public const string OwnCookie = "tz-own";

    private TimeZoneInfo? _zone;

    /// <summary>Raised when the zone becomes known or changes, so that times on screen can be shown anew.</summary>
    public event EventHandler? Changed;

    /// <summary>The zone in use.</summary>
    public TimeZoneInfo Zone => _zone ??= TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>Whether the browser has sent its zone (otherwise <see cref="Zone"/> is the bank's).</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Takes the zone the browser named. Anything that is not a time zone is ignored.</summary>
    public void Set(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            return;
        }

        var changed = _zone is null || !_zone.Equals(zone) || !IsKnown;
        _zone = zone;
        IsKnown = true;
        if (changed)
        {
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>The instant as a clock on the person's wall shows it.</summary>
    public DateTimeOffset ToLocal(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>
    /// The instant at which the person's calendar day begins; a day whose midnight does not exist begins at its first existing
    /// moment.
    /// </summary>
    public DateTimeOffset StartOfDay(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        // Of two midnights (clocks put back over midnight) the day begins with the first, which has the larger offset.
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>The zone as text for a tooltip, such as "Europe/Berlin, UTC+01:00".</summary>
    public string Describe(DateTimeOffset instant)
    {
        if (Zone.Id == TimeZoneInfo.Utc.Id)
        {
            return Zone.Id;
        }

        var offset = Zone.GetUtcOffset(instant);
        var sign = offset < TimeSpan.Zero ? "−" : "+";
        return FormattableString.Invariant($"{Zone.Id}, UTC{sign}{offset.Duration():hh\\:mm}");
    }
}
