using BankPortal.Infrastructure.Common;

namespace BankPortal.Web.Features.Demo;

/// <summary>Whether there are demo data. Configuration section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Demo";

    /// <summary>Whether Development has demo people and their data. Other environments never have.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// How many days of history the demo customers without a sign-in have; 0 for none of them. It is loaded in the background while the
    /// portal is open.
    /// </summary>
    public int HistoryDays { get; set; } = 730;
}

/// <summary>Checks <see cref="DemoOptions"/>.</summary>
internal sealed class DemoOptionsValidator : IOptionsValidator<DemoOptions>
{
    public void Check(DemoOptions options, OptionsErrors errors)
    {
        errors.RequireRange(options.HistoryDays, 0, 1_095, nameof(options.HistoryDays));
    }
}
