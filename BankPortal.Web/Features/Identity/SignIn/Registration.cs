using System.Diagnostics;
using BankPortal.Web.Features.Identity.Messages;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>
/// Registers customers in two steps: the form, which answers the same whether or not the address has an account, and the link
/// in the message, which needs the chosen password. The person becomes a customer with an account only after the second
/// step, so nobody can register in somebody else's name.
/// </summary>
public sealed partial class Registration(
    UserManager<BankUser> users,
    AccountService accounts,
    AccountMessageQueue messages,
    NeutralAnswer neutral,
    TimeProvider time,
    ILogger<Registration> logger)
{
    /// <summary>
    /// Accepts a registration form. On success the page asks the person to look into the mailbox. It does the same for an
    /// address that already has an account; the owner of that account gets a message that says so.
    /// </summary>
    /// <returns>The errors in the form; empty when it was accepted.</returns>
    public async Task<FieldErrors> RegisterAsync(RegistrationForm form, string site, CancellationToken ct = default)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var errors = form.Check();
        if (errors.Any)
        {
            return errors;
        }

        EmailInput.TryNormalize(form.Email, out var email);
        PersonName.TryNormalize(form.FullName, out var name);
        PhoneInput.TryNormalize(form.Phone, out var phone);

        var user = new BankUser { UserName = email, Email = email, FullName = name, PhoneNumber = phone, CreatedAt = time.GetUtcNow() };
        user.Roles.Add(BankRoles.Customer);
        var created = await users.CreateAsync(user, form.Password!);
        if (created.Succeeded)
        {
            Registered(logger, user.Id);
        }
        else if (!IsTaken(created))
        {
            Explain(created, errors);
            return errors;
        }

        messages.Enqueue(new AccountMessageRequest(AccountMessageKind.Registration, email, site));
        await neutral.WaitAsync(startedAt, ct);
        return errors;
    }

    /// <summary>
    /// Makes sure that a customer has the account that comes with registration. Called when a registration is completed
    /// and at every sign-in, so that a crash in between, or a busy store, costs nothing: the next sign-in opens it.
    /// </summary>
    public async Task EnsureAccountAsync(BankUser user, CancellationToken ct = default)
    {
        if (!user.Roles.Contains(BankRoles.Customer))
        {
            return;
        }

        try
        {
            var opened = await accounts.EnsureFirstAccountAsync(user.Id, ct);
            if (!opened.IsSuccess)
            {
                FirstAccountRefused(logger, user.Id, opened.Error.Code);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Signing in must not depend on it.
            FirstAccountFailed(logger, user.Id, exception);
        }
    }

    private static bool IsTaken(IdentityResult result) =>
        result.Errors.Any(error =>
            error.Code is nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName)
        );

    private static void Explain(IdentityResult result, FieldErrors errors)
    {
        foreach (var error in result.Errors)
        {
            var field = error.Code switch
            {
                _ when error.Code.StartsWith("Password", StringComparison.Ordinal) => nameof(RegistrationForm.Password),
                nameof(IdentityErrorDescriber.InvalidEmail) or nameof(IdentityErrorDescriber.InvalidUserName) => nameof(
                    RegistrationForm.Email
                ),
                _ => "",
            };
            errors.Add(field, error.Description);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} registered")]
    private static partial void Registered(ILogger logger, string userId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The first account of user {UserId} was not opened ({Code}); the next sign-in tries again")]
    private static partial void FirstAccountRefused(ILogger logger, string userId, string code);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The first account of user {UserId} could not be opened; the next sign-in tries again")]
    private static partial void FirstAccountFailed(ILogger logger, string userId, Exception exception);
}
