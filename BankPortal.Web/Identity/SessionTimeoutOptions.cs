using System.ComponentModel.DataAnnotations;
using BankPortal.Core.Identity;

namespace BankPortal.Web.Identity;

/// <summary>How long sessions live and how often they are looked after. Section <c>Sessions</c>.</summary>
public sealed class SessionTimeoutOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>The longest a customer may do nothing.</summary>
    public TimeSpan CustomerIdle { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest a customer's session lasts.</summary>
    public TimeSpan CustomerAbsolute { get; set; } = TimeSpan.FromHours(2);

    /// <summary>The longest someone of the bank may do nothing.</summary>
    public TimeSpan StaffIdle { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The longest a session of someone of the bank lasts.</summary>
    public TimeSpan StaffAbsolute { get; set; } = TimeSpan.FromHours(10);

    /// <summary>How long before the idle end the countdown appears.</summary>
    public TimeSpan IdleWarning { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long before the absolute end a notice appears.</summary>
    public TimeSpan AbsoluteWarning { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often this node looks at the clock for its open tabs.</summary>
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often this node reads the sessions of its open tabs, to learn what happened on other nodes.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often this node compares the security stamps of the people with open tabs.</summary>
    public TimeSpan StampPoll { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How old a check of a session may be when a command relies on it.</summary>
    public TimeSpan ActorFreshness { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a proof of the second factor counts for sensitive acts.</summary>
    public TimeSpan SecondFactorFresh { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The limits for customers.</summary>
    public SessionLimits Customer => new(CustomerIdle, CustomerAbsolute, IdleWarning, AbsoluteWarning);

    /// <summary>The limits for people of the bank.</summary>
    public SessionLimits Staff => new(StaffIdle, StaffAbsolute, IdleWarning, AbsoluteWarning);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, value) in new (string, TimeSpan)[]
        {
            (nameof(CustomerIdle), CustomerIdle), (nameof(CustomerAbsolute), CustomerAbsolute), (nameof(StaffIdle), StaffIdle),
            (nameof(StaffAbsolute), StaffAbsolute), (nameof(IdleWarning), IdleWarning), (nameof(AbsoluteWarning), AbsoluteWarning),
            (nameof(Tick), Tick), (nameof(Poll), Poll), (nameof(StampPoll), StampPoll), (nameof(SecondFactorFresh), SecondFactorFresh),
        })
        {
            if (value <= TimeSpan.Zero)
            {
                yield return new ValidationResult($"{Section}:{name} must be more than zero.", [name]);
            }
        }

        foreach (var (role, idle, absolute) in new[] { ("Customer", CustomerIdle, CustomerAbsolute), ("Staff", StaffIdle, StaffAbsolute) })
        {
            if (idle >= absolute)
            {
                yield return new ValidationResult($"{Section}:{role}Idle must be less than {Section}:{role}Absolute.", [role + "Idle"]);
            }

            if (IdleWarning >= idle)
            {
                yield return new ValidationResult($"{Section}:IdleWarning must be less than {Section}:{role}Idle.", [nameof(IdleWarning)]);
            }

            if (AbsoluteWarning >= absolute)
            {
                yield return new ValidationResult($"{Section}:AbsoluteWarning must be less than {Section}:{role}Absolute.", [nameof(AbsoluteWarning)]);
            }
        }

        if (StampPoll > TimeSpan.FromMinutes(1))
        {
            yield return new ValidationResult($"{Section}:StampPoll must be a minute at most.", [nameof(StampPoll)]);
        }

        if (ActorFreshness < TimeSpan.Zero || ActorFreshness > TimeSpan.FromSeconds(10))
        {
            yield return new ValidationResult($"{Section}:ActorFreshness must be between zero and ten seconds.", [nameof(ActorFreshness)]);
        }
    }
}
