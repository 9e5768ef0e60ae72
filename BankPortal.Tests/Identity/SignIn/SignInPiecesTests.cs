using IdentityOptions = Microsoft.AspNetCore.Identity.IdentityOptions;

namespace BankPortal.Tests.Identity.SignIn;

[UnitTest]
public sealed class SignInPiecesTests
{
    [Theory]
    [InlineData("123456", "123456"), InlineData(" 123 456 ", "123456"), InlineData("123-456", "123456")]
    [InlineData("12345", null), InlineData("1234567", null), InlineData("12345a", null), InlineData("１２３４５６", null)]
    [InlineData(null, null)]
    public void Clean_CodeAsTyped_GivesSixDigitsOrNothing(string? typed, string? expected) =>
        Assert.Equal(expected, LoginCode.Clean(typed));

    [Theory]
    [InlineData("ada@example.org", true), InlineData(" o'hara+bank@mail.example.co.uk ", true)]
    [InlineData("ada@bücher.example", true), InlineData("ada@localhost", false), InlineData("ada", false)]
    [InlineData("Ada <ada@example.org>", false), InlineData("ada@example.org,eve@example.org", false)]
    [InlineData("ada@-example.org", false), InlineData("ada@example..org", false), InlineData("ada@[127.0.0.1]", false)]
    [InlineData("", false)]
    public void TryNormalize_EmailAsTyped_TellsWhetherItIsOne(string typed, bool expected)
    {
        Assert.Equal(expected, EmailInput.TryNormalize(typed, out var email));
        if (expected)
        {
            Assert.Equal(typed.Trim(), email);
        }
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9"), InlineData("::ffff:203.0.113.9", "203.0.113.9")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010DB800010002"), InlineData("2001:db8:1:2:ffff::1", "20010DB800010002")]
    public void Key_OfAnAddress_JoinsWhatBelongsToOneLine(string address, string expected) =>
        Assert.Equal(expected, SignInRateLimit.Key(IPAddress.Parse(address)));

    [Theory]
    [InlineData(1800, "30 minutes"), InlineData(3600, "one hour"), InlineData(86400, "24 hours")]
    [InlineData(5400, "90 minutes"), InlineData(90, "90 seconds")]
    public void Duration_OfSeconds_ReadsLikeASentence(int seconds, string expected) =>
        Assert.Equal(expected, SignInText.Duration(TimeSpan.FromSeconds(seconds)));

    private static IdentityOptions Lockout => new() { Lockout = { DefaultLockoutTimeSpan = TimeSpan.FromMinutes(30) } };

    [Fact]
    public void Refused_OtherRulesConfigured_SaysThem()
    {
        var words = new SignInText(
            Options.Create(new BankIdentityOptions()),
            Options.Create(new IdentityOptions
            {
                Lockout = { MaxFailedAccessAttempts = 3, DefaultLockoutTimeSpan = TimeSpan.FromHours(1) },
            })
        );

        Assert.Contains("After three wrong tries signing in is locked for one hour.", words.Refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("customer", null, "/account/dashboard"), InlineData("analyst", null, "/staff")]
    [InlineData("customer,admin", null, "/staff"), InlineData("analyst", "/fraud/live", "/fraud/live")]
    [InlineData("customer", "/", "/account/dashboard"), InlineData("customer", "/AUTH/login", "/account/dashboard")]
    [InlineData("customer", "//evil.example", "/account/dashboard")]
    public void After_SigningIn_LeadsBackOrHome(string roles, string? returnUrl, string expected) =>
        Assert.Equal(expected, HomePage.After(roles.Split(','), returnUrl));

    [Fact]
    public void TryTake_MoreThanTheWindowAllows_WaitsForTheWindow()
    {
        var clock = new ManualTime(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var throttle = new AccountMessageThrottle(Options.Create(new SignInOptions()), Options.Create(Lockout), clock);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(throttle.TryTake(AccountMessageKind.PasswordForgotten, "ada"));
        }

        Assert.False(throttle.TryTake(AccountMessageKind.PasswordForgotten, "ada"));
        Assert.True(throttle.TryTake(AccountMessageKind.PasswordForgotten, "bob"));
        Assert.True(throttle.TryTake(AccountMessageKind.Registration, "ada"));
        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.True(throttle.TryTake(AccountMessageKind.PasswordForgotten, "ada"));
    }

    [Fact]
    public void TryTake_ALock_IsNotifiedOnceWhileItLasts()
    {
        var clock = new ManualTime(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var throttle = new AccountMessageThrottle(Options.Create(new SignInOptions()), Options.Create(Lockout), clock);

        Assert.True(throttle.TryTake(AccountMessageKind.Locked, "ada"));
        clock.Advance(TimeSpan.FromMinutes(29));
        Assert.False(throttle.TryTake(AccountMessageKind.Locked, "ada"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(throttle.TryTake(AccountMessageKind.Locked, "ada"));
    }

    [Fact]
    public void Enqueue_MoreThanFits_DropsAndSaysSo()
    {
        var log = new ListLogger<AccountMessageQueue>();
        var queue = new AccountMessageQueue(log);
        for (var i = 0; i < 2001; i++)
        {
            queue.Enqueue(new AccountMessageRequest(AccountMessageKind.Registration, "ada@example.org", "https://bank.example"));
        }

        Assert.Single(log.Lines);
    }

    [Theory]
    [InlineData(BankRoles.Customer, false, "/account/dashboard")]
    [InlineData(BankRoles.Admin, false, "/identity/authenticator"), InlineData(BankRoles.Admin, true, "/staff")]
    public void NextFor_StaffWithoutASecondFactor_LeadsToSettingItUp(string role, bool enrolled, string expected)
    {
        var user = new BankUser { TwoFactorEnabled = enrolled };
        user.Roles.Add(role);

        Assert.Equal(expected, SecondFactorSetup.NextFor(user, returnUrl: null));
    }
}
