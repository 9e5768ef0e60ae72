using BankPortal.Infrastructure.Identity.Sessions;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>How open tabs watch their sessions; section <c>Sessions</c>. How long sessions live is set elsewhere, with sign-in.</summary>
public sealed class SessionWatchOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>How long before the idle end the countdown appears.</summary>
    public TimeSpan IdleWarning { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long before the absolute end a notice appears.</summary>
    public TimeSpan EndWarning { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often this node looks at the clock for its open tabs.</summary>
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often this node reads the sessions of its open tabs, to learn what was done on other nodes.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often this node compares the security stamps of the people with open tabs.</summary>
    public TimeSpan StampPoll { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How old a check of the session may be when a command relies on it.</summary>
    public TimeSpan ActorFreshness { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a proof of the second factor counts for sensitive actions.</summary>
    public TimeSpan SecondFactorFresh { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often at most a tab reports what the person does.</summary>
    public TimeSpan ReportEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The shortest time between two writes of the last activity during constant use. A pause is written at once.</summary>
    public TimeSpan StoreEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Finds all errors in the options.</summary>
    internal sealed class Validator(IOptions<SessionStoreOptions> limits) : IValidateOptions<SessionWatchOptions>
    {
        public ValidateOptionsResult Validate(string? name, SessionWatchOptions options)
        {
            var mistakes = new List<string>();
            Within(nameof(IdleWarning), options.IdleWarning, TimeSpan.Zero, TimeSpan.FromMinutes(10));
            Within(nameof(EndWarning), options.EndWarning, TimeSpan.Zero, TimeSpan.FromHours(1));
            Within(nameof(Tick), options.Tick, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(5));
            Within(nameof(Poll), options.Poll, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(30));
            Within(nameof(StampPoll), options.StampPoll, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
            Within(nameof(ActorFreshness), options.ActorFreshness, TimeSpan.Zero, TimeSpan.FromSeconds(10));
            Within(nameof(SecondFactorFresh), options.SecondFactorFresh, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
            Within(nameof(ReportEvery), options.ReportEvery, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
            Within(nameof(StoreEvery), options.StoreEvery, TimeSpan.Zero, TimeSpan.FromMinutes(1));
            foreach (var (role, idle, absolute) in new[]
            {
                ("Customer", limits.Value.CustomerIdle, limits.Value.CustomerAbsolute), ("Staff", limits.Value.StaffIdle, limits.Value.StaffAbsolute),
            })
            {
                // A warning as long as the limit would never go away.
                Less(nameof(IdleWarning), options.IdleWarning, role + "Idle", idle);
                Less(nameof(ReportEvery), options.ReportEvery, role + "Idle", idle);
                Less(nameof(EndWarning), options.EndWarning, role + "Absolute", absolute);
            }

            return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);

            void Less(string field, TimeSpan value, string limit, TimeSpan most)
            {
                if (value >= most)
                {
                    mistakes.Add($"{Section}:{field} must be less than {Section}:{limit}.");
                }
            }

            void Within(string field, TimeSpan value, TimeSpan least, TimeSpan most)
            {
                if (value < least || value > most)
                {
                    mistakes.Add($"{Section}:{field} must be from {least} to {most}.");
                }
            }
        }
    }
}
