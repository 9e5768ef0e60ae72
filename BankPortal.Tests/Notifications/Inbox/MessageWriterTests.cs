using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications;

namespace BankPortal.Tests.Notifications.Inbox;

/// <summary>The text of every message.</summary>
[UnitTest]
public sealed partial class MessageWriterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);
    private static readonly StaffMember Officer = new("officer", "Olga", [BankRoles.Compliance]);

    private readonly MessageWriter _writer = new(new MessageRules());

    public static TheoryData<string> Kinds => [.. typeof(BankEventKinds).GetFields()
        .Select(name => (string)name.GetRawConstantValue()!)
        .Where(kind => kind is not (BankEventKinds.LedgerCommitted or BankEventKinds.StandingOrderExecuted))];

    [Theory, MemberData(nameof(Kinds))]
    public void Write_EveryKind_IsPlainTextForThePerson(string kind)
    {
        var happened = BankEvent.Of(
            "id", kind, "ann", Now,
            ("amount", "1234.5"), ("currency", "USD"), ("payee", "Bob"), ("asker", "Bob"), ("payer", "Bob"), ("name", "Bob"), ("day", "2026-12-01"), ("reason", "no funds"),
            ("period", "November 2026"), ("category", "Food"), ("spent", "1300"), ("percent", "80"), ("month", "2026-11"), ("report", "Growth"), ("roles", "customer"),
            ("channel", "text message"), ("address", "•••678"),
            ("title", "A passkey was added"), ("text", "A passkey was added to your account."),
            ("link", "//elsewhere.example"));

        var message = Assert.Single(MessageWriter.Write(happened, account: null));

        Assert.Equal(("ann", "id", Now), (message.PersonId, message.Id, message.At));
        Assert.NotEmpty(message.Title);
        Assert.EndsWith(".", message.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch(FullNumber(), message.Text);
        Assert.True(message.Link is null || (message.Link[0] == '/' && message.Link[1] != '/'));
    }

    [Theory]
    [InlineData(BankEventKinds.PaymentRequested, "request", "/requests/R-1")]
    [InlineData(BankEventKinds.PaymentRequestAccepted, "request", "/requests/R-1")]
    [InlineData(BankEventKinds.PaymentRequestDeclined, "request", "/requests/R-1")]
    [InlineData(BankEventKinds.StandingOrderFailed, "order", "/standing-orders/R-1")]
    [InlineData(BankEventKinds.StandingOrderPaused, "order", "/standing-orders/R-1")]
    public void Write_AboutOneRequestOrOrder_LeadsToIt(string kind, string fact, string expected)
    {
        var happened = BankEvent.Of(
            "id", kind, "ann", Now,
            ("amount", "1234.5"), ("currency", "USD"), ("payee", "Bob"), ("asker", "Bob"), ("payer", "Bob"), ("day", "2026-12-01"),
            ("reason", "no funds"), (fact, "R-1"));

        Assert.Equal(expected, Assert.Single(MessageWriter.Write(happened, account: null)).Link);
    }

    [Fact]
    public void Write_AFactIsMissing_IsAFormatException() =>
        Assert.Throws<FormatException>(() => MessageWriter.Write(BankEvent.Of("id", BankEventKinds.PaymentRequested, "ann", Now), null).ToList());

    [Fact]
    public void Write_AKindNobodyKnows_IsAFormatException() =>
        Assert.Throws<FormatException>(() => MessageWriter.Write(BankEvent.Of("id", "later-invention", "ann", Now), null).ToList());

    [Fact]
    public void Write_AStandingOrderWasCarriedOut_LeavesItToTheLedgersMessage() =>
        Assert.Empty(MessageWriter.Write(BankEvent.Of("id", BankEventKinds.StandingOrderExecuted, "ann", Now), null));

    [Fact]
    public void Write_APostedTransfer_TellsBothPeople()
    {
        var transfer = Transfer(50);

        var messages = _writer.Write(new LedgerFacts(transfer.Id, "Posted", false, 15_000, 5_000, 0), transfer, Accounts(), []).ToList();

        Assert.Equal(["alice", "bob"], messages.Select(message => message.PersonId));
        Assert.Contains("50.00 USD", messages[0].Text, StringComparison.Ordinal);
        Assert.All(messages, message => Assert.Equal(transfer.Reference, message.Reference));
    }

    [Theory]
    [InlineData(9_999, true)]
    [InlineData(10_000, false)]
    [InlineData(4_000, true)]
    public void Write_TheBalanceFallsBelow100_TellsTheOwnerOnce(long after, bool told)
    {
        var transfer = Transfer(60.01m);

        var messages = _writer.Write(new LedgerFacts(transfer.Id, "Posted", false, after, null, 0), transfer, Accounts(), []);

        Assert.Equal(told, messages.Any(message => message.Title == "Low balance"));
    }

    [Fact]
    public void Write_TheBalanceWasBelowBefore_SaysNothingAgain()
    {
        var transfer = Transfer(10);

        var messages = _writer.Write(new LedgerFacts(transfer.Id, "Posted", false, 8_000, null, 0), transfer, Accounts(), []);

        Assert.DoesNotContain(messages, message => message.Title == "Low balance");
    }

    [Theory]
    [InlineData("Held")]
    [InlineData("Rejected")]
    [InlineData("Blocked")]
    public void Write_ATransferIsStopped_TellsCustomersNothingAboutSuspicion(string status)
    {
        var transfer = Transfer(50);

        var messages = _writer.Write(new LedgerFacts(transfer.Id, status, status == "Rejected", null, null, 9), transfer, Accounts(), []).ToList();

        Assert.DoesNotContain(messages, message => message.PersonId == "bob");
        Assert.All(messages, message => Assert.DoesNotMatch(Suspicion(), message.Title + message.Text));
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(6, 2)]
    public void Write_FiveOfHighValueInADay_TellsCompliance(int count, int messages)
    {
        var transfer = Transfer(10_000);

        var ofStaff = _writer.Write(new LedgerFacts(transfer.Id, "Posted", false, null, null, count), transfer, Accounts(), [Officer])
            .Where(message => message.PersonId == "officer").ToList();

        Assert.Equal(messages, ofStaff.Count);
        Assert.All(ofStaff, message => Assert.Equal(MessageTopic.Work, message.Topic));
    }

    private static Transfer Transfer(decimal amount) => SampleTransfers.Make(1, Now, amount);

    private static ImmutableDictionary<string, Account> Accounts() => ImmutableDictionary<string, Account>.Empty;

    [GeneratedRegex(@"\d{10}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FullNumber();

    [GeneratedRegex("fraud|suspic|risk|analyst|compliance|laundering", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suspicion();
}
