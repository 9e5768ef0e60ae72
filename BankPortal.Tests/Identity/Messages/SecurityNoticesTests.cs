using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications;

namespace BankPortal.Tests.Identity.Messages;

/// <summary>What becomes of a notice about sign-in or credentials that cannot be sent at once.</summary>
[UnitTest]
public sealed class SecurityNoticesTests
{
    private readonly InMemoryEvents _events = new();
    private readonly Sender _sender = new();

    private static BankUser User => new() { Id = "ann", Email = "ann@example.org", FullName = "Ann Archer" };

    [Fact]
    public async Task Notify_TheSenderTakesIt_TellsInThePortalWhatNothingElseTellsOf()
    {
        await NewNotices().NotifyAsync(User, SecurityNotice.PasskeyAdded, "https://bank.example");
        await NewNotices().NotifyAsync(User, SecurityNotice.PasswordChanged, "https://bank.example");

        Assert.Equal(["A passkey was added", "Your password was changed"], _sender.Sent.Select(sent => sent.Subject));
        var raised = Assert.Single(_events.All);
        Assert.Equal(("A passkey was added", "1", ""), (raised.Facts["title"], raised.Facts["sent"], raised.Facts["told"]));
    }

    [Fact]
    public async Task Notify_TheSenderFails_IsKeptAsAnEventWithoutLinks()
    {
        _sender.Fails = true;

        await NewNotices().NotifyAsync(User, SecurityNotice.PasskeyAdded, "https://bank.example");

        var kept = Assert.Single(_events.All);
        Assert.Equal((BankEventKinds.SecurityNotice, "ann"), (kept.Kind, kept.PersonId));
        Assert.Equal("A passkey was added", kept.Facts["title"]);
        Assert.StartsWith("A passkey was added to your account.", kept.Facts["text"], StringComparison.Ordinal);
        Assert.DoesNotContain("https://", kept.Facts["text"], StringComparison.Ordinal);
        Assert.Equal(("", "", ""), (kept.Facts["address"], kept.Facts["told"], kept.Facts["sent"]));
    }

    [Fact]
    public async Task Notify_AFormerAddressFails_KeepsThatAddressAndIsToldInThePortalAlready()
    {
        _sender.Fails = true;

        await NewNotices().NotifyAsync(User, SecurityNotice.EmailChanged, "https://bank.example", to: "old@example.org");

        var kept = Assert.Single(_events.All);
        Assert.Equal(("old@example.org", "1"), (kept.Facts["address"], kept.Facts["told"]));
    }

    [Theory]
    [InlineData(SecurityNotice.PasswordChanged, 0)]
    [InlineData(SecurityNotice.AuthenticatorOff, 0)]
    [InlineData(SecurityNotice.RecoveryCodesRenewed, 1)]
    [InlineData(SecurityNotice.PasskeyRefused, 1)]
    public async Task Notify_NoSenderIsConfigured_RaisesWhatNothingElseTellsOf(SecurityNotice notice, int raised)
    {
        _sender.CanSend = false;

        await NewNotices().NotifyAsync(User, notice, "https://bank.example");

        Assert.Equal(raised, _events.All.Count());
        Assert.Empty(_sender.Sent);
    }

    [Fact]
    public async Task Notify_TheDatabaseFailsToo_DoesNotThrow()
    {
        _sender.Fails = true;
        var notices = new SecurityNotices(_sender, TimeProvider.System, NullLogger<SecurityNotices>.Instance, new NoEvents());

        await notices.NotifyAsync(User, SecurityNotice.PasswordChanged, "https://bank.example");
    }

    private SecurityNotices NewNotices() => new(_sender, TimeProvider.System, NullLogger<SecurityNotices>.Instance, _events);

    private sealed class Sender : INotificationSender
    {
        public bool CanSend { get; set; } = true;

        public bool Fails { get; set; }

        public List<Notification> Sent { get; } = [];

        public Task SendAsync(Notification notification, CancellationToken ct = default)
        {
            if (Fails)
            {
                throw new TimeoutException("down");
            }

            Sent.Add(notification);
            return Task.CompletedTask;
        }
    }

    private sealed class NoEvents : IBankEvents
    {
        public Task RaiseAsync(BankEvent happened, CancellationToken ct) => throw new TimeoutException("down");
    }
}
