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
    public void Validate_SeveralErrors_NamesThemAll()
    {
        var errors = ErrorsIn(new ShellOptions
        {
            TimeZone = "Mars/Olympus",
            DefaultCulture = "xx-XX",
            AllowedOrigins = ["https://ok.example", "https://path.example/x", "word"],
        });

        Assert.Equal(
            ["Shell:TimeZone", "Shell:DefaultCulture", "Shell:AllowedOrigins:1", "Shell:AllowedOrigins:2"],
            errors.Select(error => error.Split(' ')[0]));
    }

    [Fact]
    public void Validate_Defaults_Pass() => Assert.Empty(ErrorsIn(new ShellOptions()));

    private static IReadOnlyList<string> ErrorsIn(ShellOptions options)
    {
        var errors = new OptionsErrors(ShellOptions.Section);
        new ShellOptionsValidator().Check(options, errors);
        return errors.All;
    }
}
