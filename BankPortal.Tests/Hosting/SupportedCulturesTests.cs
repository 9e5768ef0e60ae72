using BankPortal.Web.Hosting.Culture;

namespace BankPortal.Tests.Hosting;

[UnitTest]
public sealed class SupportedCulturesTests
{
    [Theory]
    [InlineData("de-DE", "de-DE"), InlineData("de", "de-DE"), InlineData("de-LU", "de-DE")]
    [InlineData("DE-at", "de-AT"), InlineData("en-SG", "en-US"), InlineData("no", "nb-NO"), InlineData("tlh", null)]
    [InlineData("*", null), InlineData("", null), InlineData("e", null)]
    public void Nearest_LanguageOfABrowser_IsTheSupportedOneNextToIt(string requested, string? expected) =>
        Assert.Equal(expected, SupportedCultures.Nearest(requested));

    [Fact]
    public void Validate_SeveralErrors_ReportsThemAll()
    {
        var result = new ShellOptionsValidator().Validate(null, new ShellOptions
        {
            TimeZone = "Mars/Olympus",
            DefaultCulture = "xx-XX",
            AllowedOrigins = ["https://ok.example", "https://path.example/x", "word"],
        });

        Assert.Equal(4, Assert.IsType<ValidateOptionsResult>(result, exactMatch: false).Failures!.Count());
    }

    [Fact]
    public void Validate_Defaults_Pass() => Assert.True(new ShellOptionsValidator().Validate(null, new ShellOptions()).Succeeded);
}
