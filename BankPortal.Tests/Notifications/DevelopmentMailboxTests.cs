using BankPortal.Core.Notifications;

namespace BankPortal.Tests.Notifications;

[UnitTest]
public sealed class DevelopmentMailboxTests
{
    private readonly DevelopmentMailbox _mailbox = new(TimeProvider.System);

    [Fact]
    public async Task SendAsync_SameIdTwice_KeepsOne()
    {
        await _mailbox.SendAsync(Message("a"), TestContext.Current.CancellationToken);
        await _mailbox.SendAsync(Message("a"), TestContext.Current.CancellationToken);

        Assert.Single(_mailbox.Messages);
    }

    [Fact]
    public async Task SendAsync_OverCapacity_DropsTheOldest()
    {
        for (var i = 0; i <= DevelopmentMailbox.Capacity; i++)
        {
            await _mailbox.SendAsync(Message($"{i}"), TestContext.Current.CancellationToken);
        }

        Assert.Equal(DevelopmentMailbox.Capacity, _mailbox.Messages.Count);
        Assert.Equal($"{DevelopmentMailbox.Capacity}", _mailbox.Messages[0].Notification.Id);
        Assert.DoesNotContain(_mailbox.Messages, message => message.Notification.Id == "0");
    }

    [Fact]
    public async Task For_AnotherCaseOfTheAddress_FindsTheMessages()
    {
        await _mailbox.SendAsync(Message("a", "ada@example.org"), TestContext.Current.CancellationToken);
        await _mailbox.SendAsync(Message("b", "bob@example.org"), TestContext.Current.CancellationToken);

        Assert.Equal("a", Assert.Single(_mailbox.For("Ada@Example.org")).Notification.Id);
    }

    private static Notification Message(string id, string to = "ada@example.org") =>
        new(id, NotificationKind.Account, UserId: null, to, "Subject", "Body");
}
