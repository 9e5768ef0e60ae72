using BankPortal.Core.Identity.Confirmations;

namespace BankPortal.Tests.Identity.Confirmations;

[UnitTest]
public sealed class PaymentConfirmationTests
{
    private readonly InMemoryBank _bank = new();
    private readonly Actor _ann;
    private readonly Actor _ben;

    public PaymentConfirmationTests()
    {
        _bank.ConfirmationStore.AsksForCodes = true;
        _ann = _bank.Customer("ann", "Ann Archer") with { SessionId = "session-1" };
        _ben = _bank.Customer("ben", "Ben Baker");
    }

    [Theory]
    [InlineData(true, 1, true)]
    [InlineData(false, 999, false)]
    [InlineData(false, 1_000, true)]
    public async Task Send_FirstOrLarge_NeedsAConfirmationAlthoughTheSecondFactorIsFresh(bool isFirst, decimal amount, bool isNeeded)
    {
        var (mine, bens) = await AccountsAsync(paidBefore: !isFirst);
        var before = _bank.ConfirmationStore.Calls;
        var review = await ReviewAsync(mine, bens, amount);

        Assert.Equal(isNeeded, await _bank.Transfers.NeedsConfirmationAsync(_ann, review));
        var sent = await _bank.Transfers.SendAsync(_ann, review, false);
        Assert.Equal(!isNeeded, sent.IsSuccess);
        Assert.Equal(isNeeded, sent.Error is PaymentNotConfirmedError { IsTooOld: false });
        if (!isNeeded)
        {
            Assert.Equal(before, _bank.ConfirmationStore.Calls);
        }
    }

    [Fact]
    public async Task Send_OwnAccountOrByTheBank_NeedsNone()
    {
        var (mine, _) = await AccountsAsync(paidBefore: false);
        var savings = await _bank.OpenAsync(_ann, 0, AccountType.Savings);
        var request = new TransferRequest(
            _bank.NextKey(), mine.Id, new TransferTarget.OwnAccount(savings.Id), Money.Of(4_000, Currency.Usd), null);
        var review = (await _bank.Transfers.ReviewAsync(_ann, request)).Value;
        Assert.Null(_bank.Transfers.ToConfirm(_ann, review));
        Assert.True((await _bank.Transfers.SendAsync(_ann, review, false)).IsSuccess);
        Assert.False(_bank.Transfers.MustBeConfirmed(Actor.System, false, true, Money.Of(4_000, Currency.Usd)));
        Assert.Equal(0, _bank.ConfirmationStore.Calls);
    }

    [Fact]
    public async Task Send_Confirmed_PaysOnceAndARepeatShowsTheSameWithoutACode()
    {
        var (mine, bens) = await AccountsAsync(paidBefore: false);
        var review = await ReviewAsync(mine, bens, 120);
        await ConfirmAsync(_ann, _bank.Transfers.ToConfirm(_ann, review)!);

        Assert.False(await _bank.Transfers.NeedsConfirmationAsync(_ann, review));
        var first = (await _bank.Transfers.SendAsync(_ann, review, false)).Value;
        Assert.Equal(first, (await _bank.Transfers.SendAsync(_ann, review, false)).Value);
        _bank.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(first, (await _bank.Transfers.SendAsync(_ann, review, false)).Value);
        Assert.Equal(120, (await _bank.FindAsync(bens)).Balance.Amount);
    }

    [Fact]
    public async Task Send_RefusedAfterTheConfirmationWasUsed_CanBeTriedAgainWithoutAnother()
    {
        var (mine, bens) = await AccountsAsync(paidBefore: false);
        var review = await ReviewAsync(mine, bens, 120);
        await ConfirmAsync(_ann, _bank.Transfers.ToConfirm(_ann, review)!);
        await _bank.ChangeAsync(mine, account => account with { Status = AccountStatus.Frozen });
        Assert.IsType<DebitAccountFrozenError>((await _bank.Transfers.SendAsync(_ann, review, false)).Error);
        await _bank.ChangeAsync(mine, account => account with { Status = AccountStatus.Active });

        Assert.False(await _bank.Transfers.NeedsConfirmationAsync(_ann, review));
        Assert.True((await _bank.Transfers.SendAsync(_ann, review, false)).IsSuccess);
    }

    [Fact]
    public async Task Send_ConfirmedForSomethingElse_IsRefused()
    {
        var (mine, bens) = await AccountsAsync(paidBefore: false);
        var other = await _bank.OpenAsync(_bank.Customer("cat", "Cat Cole"));
        var second = await _bank.OpenAsync(_ann, 500);
        var review = await ReviewAsync(mine, bens, 120);
        var payment = _bank.Transfers.ToConfirm(_ann, review)!;
        foreach (var different in new[]
        {
            payment with { Amount = Money.Of(119, Currency.Usd) },
            payment with { Amount = Money.Of(120, Currency.Eur) },
            payment with { ToAccountId = other.Id },
            payment with { FromAccountId = second.Id },
            payment with { Key = "another-form" },
            payment with { Purpose = ConfirmationPurpose.StandingOrder },
            payment with { Terms = "Weekly" },
        })
        {
            await ConfirmAsync(_ann, different);
            Assert.IsType<PaymentNotConfirmedError>((await _bank.Transfers.SendAsync(_ann, review, false)).Error);
        }

        Assert.Equal(0, (await _bank.FindAsync(bens)).Balance.MinorUnits);
    }

    [Fact]
    public async Task Send_ConfirmedInAnotherSessionOrByAnotherPerson_IsRefused()
    {
        var (mine, bens) = await AccountsAsync(paidBefore: false);
        var review = await ReviewAsync(mine, bens, 120);
        var payment = _bank.Transfers.ToConfirm(_ann, review)!;
        await ConfirmAsync(_ann with { SessionId = "session-2" }, payment);
        await ConfirmAsync(_ben, payment);

        Assert.IsType<PaymentNotConfirmedError>((await _bank.Transfers.SendAsync(_ann, review, false)).Error);
        Assert.IsType<NotAllowedError>((await _bank.Transfers.SendAsync(_ben, review, false)).Error);
    }

    [Fact]
    public async Task Send_ConfirmedTooLongAgo_SaysSo()
    {
        var (mine, bens) = await AccountsAsync(paidBefore: false);
        var review = await ReviewAsync(mine, bens, 120);
        var payment = _bank.Transfers.ToConfirm(_ann, review)!;
        await ConfirmAsync(_ann, payment);
        _bank.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.True(await _bank.Transfers.NeedsConfirmationAsync(_ann, review));
        Assert.True(Assert.IsType<PaymentNotConfirmedError>((await _bank.Transfers.SendAsync(_ann, review, false)).Error).IsTooOld);
        await ConfirmAsync(_ann, payment);
        Assert.True((await _bank.Transfers.SendAsync(_ann, review, false)).IsSuccess);
    }

    [Fact]
    public async Task Confirm_OverUsedOrOfSomebodyElse_IsRefused()
    {
        var (mine, bens) = await AccountsAsync(paidBefore: false);
        var payment = _bank.Transfers.ToConfirm(_ann, await ReviewAsync(mine, bens, 120))!;
        var asked = await _bank.Confirmations.AskAsync(_ann, payment);
        foreach (var (user, session) in new[] { ("ben", "session-1"), ("ann", "session-2") })
        {
            Assert.Null(await _bank.Confirmations.FindOpenAsync(user, session, asked.Id));
            Assert.IsType<ConfirmationClosedError>(
                (await _bank.Confirmations.ConfirmAsync(user, session, asked.Id, ConfirmationFactor.Passkey)).Error);
        }

        foreach (var id in new[] { null, "", "../" + asked.Id, DerivedId.Random() })
        {
            Assert.Null(await _bank.Confirmations.FindOpenAsync("ann", "session-1", id));
        }

        Assert.Equal(asked, await _bank.Confirmations.FindOpenAsync("ann", "session-1", asked.Id));
        _bank.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(await _bank.Confirmations.FindOpenAsync("ann", "session-1", asked.Id));
        Assert.IsType<ConfirmationClosedError>(
            (await _bank.Confirmations.ConfirmAsync("ann", "session-1", asked.Id, ConfirmationFactor.Authenticator)).Error);

        await ConfirmAsync(_ann, payment);
        Assert.True((await _bank.Confirmations.UseAsync(_ann, payment, "first")).IsSuccess);
        Assert.IsType<PaymentNotConfirmedError>((await _bank.Confirmations.UseAsync(_ann, payment, "second")).Error);
        Assert.IsType<ConfirmationClosedError>(
            (await _bank.Confirmations.ConfirmAsync("ann", "session-1", asked.Id, ConfirmationFactor.Authenticator)).Error);
    }

    private async Task<(Account Mine, Account Bens)> AccountsAsync(bool paidBefore)
    {
        var (mine, bens) = (await _bank.OpenAsync(_ann, 9_000), await _bank.OpenAsync(_ben));
        if (paidBefore)
        {
            await _bank.Payees.RememberAsync(
                "ann", new Payee(bens.Id, bens.Number, "Ben Baker", _bank.Time.GetUtcNow(), _bank.Time.GetUtcNow()));
        }

        return (mine, bens);
    }

    private async Task<TransferReview> ReviewAsync(Account from, Account to, decimal amount) => (await _bank.Transfers.ReviewAsync(
        _ann,
        new TransferRequest(
            _bank.NextKey(),
            from.Id,
            new TransferTarget.Someone(to.Number.Digits, "Ben Baker"),
            Money.Of(amount, Currency.Usd),
            null))).Value;

    private async Task ConfirmAsync(Actor actor, PaymentToConfirm payment)
    {
        var asked = await _bank.Confirmations.AskAsync(actor, payment);
        Assert.True((await _bank.Confirmations.ConfirmAsync(
            asked.UserId, asked.SessionId, asked.Id, ConfirmationFactor.Authenticator)).IsSuccess);
    }
}
