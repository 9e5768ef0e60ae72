using BankPortal.Infrastructure.Common;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The rules for <see cref="SignInOptions"/>.</summary>
internal sealed class SignInOptionsRules(IHostEnvironment environment) : IOptionsRules<SignInOptions>
{
    public void Check(SignInOptions options, OptionsErrors mistakes)
    {
        const string Address = nameof(SignInOptions.PublicUrl);
        switch (options.PublicUrl)
        {
            case null:
                mistakes.Require(environment.IsDevelopment(), Address, "must be given outside Development (the address people reach the portal by, such as https://bank.example)");
                break;
            case { IsAbsoluteUri: true, Scheme: "https" or "http", Query: "", Fragment: "" } url:
                mistakes.Require(environment.IsDevelopment() || url.Scheme == "https" || url.IsLoopback, Address, "must start with https:// outside Development");
                break;
            default:
                mistakes.Add(Address, "must be an address such as https://bank.example");
                break;
        }

        mistakes.RequireRange(options.FormsPerMinute, 1, 1_000_000, nameof(options.FormsPerMinute));
        mistakes.RequireRange(options.NeutralAnswerTime, TimeSpan.Zero, TimeSpan.FromSeconds(10), nameof(options.NeutralAnswerTime));
        mistakes.RequireRange(options.MessagesPerWindow, 1, 1000, nameof(options.MessagesPerWindow));
        mistakes.RequireRange(options.MessageWindow, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), nameof(options.MessageWindow));
    }
}
