using BankPortal.Infrastructure.Common;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Checks <see cref="SignInOptions"/>.</summary>
internal sealed class SignInOptionsValidator(IHostEnvironment environment) : IOptionsValidator<SignInOptions>
{
    public void Check(SignInOptions options, OptionsErrors errors)
    {
        const string Address = nameof(SignInOptions.PublicUrl);
        switch (options.PublicUrl)
        {
            case null:
                errors.Require(
                    environment.IsDevelopment(),
                    Address,
                    "must be given outside Development (the address people reach the portal by, such as https://bank.example)");
                break;
            case { IsAbsoluteUri: true, Scheme: "https" or "http", Query: "", Fragment: "" } url:
                errors.Require(
                    environment.IsDevelopment() || url.Scheme == "https" || url.IsLoopback,
                    Address,
                    "must start with https:// outside Development");
                break;
            default:
                errors.Add(Address, "must be an address such as https://bank.example");
                break;
        }

        errors.Require(
            options.PasskeyDomain is not { } domain
                || (options.PublicUrl is { IsAbsoluteUri: true } portal && PasskeyOrigin.Covers(domain, portal)),
            nameof(SignInOptions.PasskeyDomain),
            $"must be the host of {Address} or a parent domain of it");
        errors.RequireRange(options.FormsPerMinute, 1, 1_000_000, nameof(options.FormsPerMinute));
        errors.RequireRange(options.AdvicePerMinute, 1, 1_000_000, nameof(options.AdvicePerMinute));
        errors.RequireRange(options.NeutralAnswerTime, TimeSpan.Zero, TimeSpan.FromSeconds(10), nameof(options.NeutralAnswerTime));
        errors.RequireRange(options.MessagesPerWindow, 1, 1000, nameof(options.MessagesPerWindow));
        errors.RequireRange(options.MessageWindow, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(options.MessageWindow));
    }
}
