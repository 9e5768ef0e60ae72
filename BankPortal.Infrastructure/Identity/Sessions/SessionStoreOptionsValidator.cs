namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>Finds every mistake in <see cref="SessionStoreOptions"/> at once.</summary>
internal sealed class SessionStoreOptionsValidator : IValidateOptions<SessionStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, SessionStoreOptions options)
    {
        var errors = new List<string>();
        Check("Customer", options.CustomerIdle, options.CustomerAbsolute);
        Check("Staff", options.StaffIdle, options.StaffAbsolute);
        if (options.TouchInterval <= TimeSpan.Zero || options.TouchInterval > TimeSpan.FromMinutes(5))
        {
            errors.Add($"{SessionStoreOptions.Section}:TouchInterval must be more than zero and at most five minutes.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Check(string role, TimeSpan idle, TimeSpan absolute)
        {
            if (idle < TimeSpan.FromSeconds(1) || absolute > TimeSpan.FromDays(1) || idle > absolute)
            {
                errors.Add($"{SessionStoreOptions.Section}:{role}Idle must be at least a second and at most {role}Absolute, which must be at most a day.");
            }
        }
    }
}
