namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>Checks <see cref="SessionOptions"/>.</summary>
internal sealed class SessionOptionsValidator : IOptionsValidator<SessionOptions>
{
    // A session that outlives a working day would survive a forgotten sign-out.
    private static readonly TimeSpan LongestSession = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestSession = TimeSpan.FromSeconds(1);

    // Shorter intervals would only load the store and the processor.
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(10);

    public void Check(SessionOptions options, OptionsErrors errors)
    {
        errors.RequireRange(options.CustomerAbsolute, ShortestSession, LongestSession, nameof(options.CustomerAbsolute));
        errors.RequireRange(options.StaffAbsolute, ShortestSession, LongestSession, nameof(options.StaffAbsolute));
        CheckIdle(options.CustomerIdle, nameof(options.CustomerIdle), options.CustomerAbsolute, nameof(options.CustomerAbsolute), errors);
        CheckIdle(options.StaffIdle, nameof(options.StaffIdle), options.StaffAbsolute, nameof(options.StaffAbsolute), errors);

        errors.RequireRange(options.TouchInterval, ShortestInterval, TimeSpan.FromMinutes(5), nameof(options.TouchInterval));
        errors.RequireRange(options.Tick, ShortestInterval, TimeSpan.FromSeconds(5), nameof(options.Tick));
        errors.RequireRange(options.Poll, ShortestInterval, TimeSpan.FromSeconds(30), nameof(options.Poll));
        errors.RequireRange(options.StampPoll, ShortestInterval, TimeSpan.FromMinutes(1), nameof(options.StampPoll));
        errors.RequireRange(options.ActorFreshness, TimeSpan.Zero, TimeSpan.FromSeconds(10), nameof(options.ActorFreshness));
        errors.RequireRange(options.SecondFactorFresh, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.SecondFactorFresh));
        errors.RequireRange(options.StoreEvery, TimeSpan.Zero, TimeSpan.FromMinutes(1), nameof(options.StoreEvery));

        // A warning as long as the limit would never go away.
        CheckBelow(options.IdleWarning, TimeSpan.Zero, TimeSpan.FromMinutes(10), nameof(options.IdleWarning), IdleLimits(options), errors);
        CheckBelow(
            options.ReportEvery, ShortestInterval, TimeSpan.FromMinutes(1), nameof(options.ReportEvery), IdleLimits(options), errors);
        CheckBelow(options.EndWarning, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(options.EndWarning), AbsoluteLimits(options), errors);
    }

    private static (string Name, TimeSpan Value)[] IdleLimits(SessionOptions options) =>
        [(nameof(options.CustomerIdle), options.CustomerIdle), (nameof(options.StaffIdle), options.StaffIdle)];

    private static (string Name, TimeSpan Value)[] AbsoluteLimits(SessionOptions options) =>
        [(nameof(options.CustomerAbsolute), options.CustomerAbsolute), (nameof(options.StaffAbsolute), options.StaffAbsolute)];

    private static void CheckIdle(TimeSpan idle, string setting, TimeSpan absolute, string absoluteSetting, OptionsErrors errors) =>
        errors.Require(
            idle >= ShortestSession && idle <= absolute,
            setting,
            $"must be between {ShortestSession} and {absoluteSetting} ({absolute}), but is {idle}");

    private static void CheckBelow(
        TimeSpan value, TimeSpan least, TimeSpan most, string setting, (string Name, TimeSpan Value)[] limits, OptionsErrors errors)
    {
        var tooShort = limits.Where(limit => value >= limit.Value).Select(limit => $"{limit.Name} ({limit.Value})").ToList();
        if (value < least || value > most)
        {
            errors.RequireRange(value, least, most, setting);
        }
        else if (tooShort.Count > 0)
        {
            errors.Add(setting, $"must be less than {string.Join(" and ", tooShort)}, but is {value}");
        }
    }
}
