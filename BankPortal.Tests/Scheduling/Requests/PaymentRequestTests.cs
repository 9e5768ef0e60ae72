using BankPortal.Core.Common.Events;
using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Scheduling.Requests;

namespace BankPortal.Tests.Scheduling.Requests;

[UnitTest]
public sealed class PaymentRequestTests
{
    private readonly RequestBank _bank = new();

    [Fact]
    public async Task Accept_OpenRequest_PaysAndTellsBoth()
    {
        var (anns, bens) = await _bank.AccountsAsync();
        var request = await _bank.AskAsync(anns, bens, 40);

        var waiting = Assert.Single((await _bank.Service.ListAsync(_bank.Ben)).Waiting);
        Assert.Equal(("Ann Archer", "Dinner", anns.Number), (waiting.Request.AskerName, waiting.Request.Text, waiting.Request.ToNumber));
        Assert.True(Assert.Single((await _bank.Service.ListAsync(_bank.Ann)).Mine).IsMine);

        var paid = (await _bank.Service.AcceptAsync(_bank.Ben, request.Id, bens.Id, false)).Value;
        Assert.Equal(40, (await _bank.Bank.FindAsync(anns)).Balance.Amount);
        Assert.Equal(460, (await _bank.Bank.FindAsync(bens)).Balance.Amount);
        var view = (await _bank.Service.GetAsync(_bank.Ann, request.Id)).Value;
        Assert.Equal((PaymentRequestState.Accepted, paid.Id), (view.State, view.Request.TransferId));
        Assert.Equal(["payment-requested to ben", "payment-request-accepted to ann"], _bank.Kinds.Order(StringComparer.Ordinal).Reverse());
        var told = _bank.Events.All.Single(happened => happened.Kind == BankEventKinds.PaymentRequestAccepted);
        Assert.Equal((paid.Reference, "40", "Ben Baker"), (told.Facts["reference"], told.Facts["amount"], told.Facts["payer"]));
        Assert.Empty((await _bank.Service.ListAsync(_bank.Ben)).Waiting);
        Assert.Single((await _bank.Service.ListAsync(_bank.Ben)).Past);
    }

    [Fact]
    public async Task Accept_ManyTimesAtOnceOnTwoNodesFromTwoAccounts_PaysOnce()
    {
        var (anns, bens) = await _bank.AccountsAsync();
        var second = await _bank.Bank.OpenAsync(_bank.Ben, 500);
        var request = await _bank.AskAsync(anns, bens, 40);
        var nodes = new[] { _bank.Service, _bank.NewNode() };

        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() =>
            nodes[i % 2].AcceptAsync(_bank.Ben, request.Id, i % 3 == 0 ? second.Id : bens.Id, duplicateConfirmed: true))));

        Assert.All(all, paid => Assert.True(paid.IsSuccess, paid.Error?.ToString()));
        Assert.Single(all.Select(paid => paid.Value.Id).Distinct());
        Assert.Equal(40, (await _bank.Bank.FindAsync(anns)).Balance.Amount);
        Assert.Single(_bank.Events.All, happened => happened.Kind == BankEventKinds.PaymentRequestAccepted);
        Assert.Equal(PaymentRequestState.Accepted, (await _bank.Store.FindAsync("ben", request.Id))!.State);
    }

    [Fact]
    public async Task Accept_FirstPayment_NeedsAConfirmationOfThatPayment()
    {
        _bank.Bank.ConfirmationStore.AsksForCodes = true;
        var (anns, bens) = await _bank.AccountsAsync();
        var request = await _bank.AskAsync(anns, bens, 40);
        var refused = Assert.IsType<PaymentNotConfirmedError>(
            (await _bank.Service.AcceptAsync(_bank.Ben, request.Id, bens.Id, false)).Error);
        Assert.Equal((40m, "Ann Archer"), (refused.Payment.Amount.Amount, refused.Payment.PayeeName));
        Assert.Equal(anns.Number.Grouped, refused.Payment.PayeeNumber);
        await _bank.ConfirmAsync(refused.Payment with { Key = "another-request" });
        Assert.False((await _bank.Service.AcceptAsync(_bank.Ben, request.Id, bens.Id, false)).IsSuccess);
        Assert.Equal(PaymentRequestState.Open, (await _bank.Service.GetAsync(_bank.Ben, request.Id)).Value.State);

        await _bank.ConfirmAsync(refused.Payment);
        Assert.True((await _bank.Service.AcceptAsync(_bank.Ben, request.Id, bens.Id, false)).IsSuccess);
    }

    [Fact]
    public async Task Accept_ProcessEndsBeforeItIsNoted_IsNotedLaterAndNeverPaidAgain()
    {
        var (anns, bens) = await _bank.AccountsAsync();
        var request = await _bank.AskAsync(anns, bens, 40);
        _bank.Store.BeforeWrite = _ => throw new TimeoutException("gone");
        await Assert.ThrowsAsync<TimeoutException>(() => _bank.Service.AcceptAsync(_bank.Ben, request.Id, bens.Id, false));
        _bank.Store.BeforeWrite = null;

        // Neither side can close what was paid.
        Assert.Equal(
            new RequestClosedError(PaymentRequestState.Accepted), (await _bank.Service.WithdrawAsync(_bank.Ann, request.Id)).Error);
        Assert.Equal(PaymentRequestState.Accepted, (await _bank.Service.GetAsync(_bank.Ben, request.Id)).Value.State);
        Assert.True((await _bank.Service.AcceptAsync(_bank.Ben, request.Id, bens.Id, false)).IsSuccess);
        Assert.Equal(40, (await _bank.Bank.FindAsync(anns)).Balance.Amount);
    }

    [Fact]
    public async Task Accept_NotEnoughMoney_LeavesItOpen()
    {
        var (anns, bens) = await _bank.AccountsAsync(10);
        var request = await _bank.AskAsync(anns, bens, 40);
        Assert.IsType<InsufficientFundsError>((await _bank.Service.AcceptAsync(_bank.Ben, request.Id, bens.Id, false)).Error);
        await _bank.Bank.PostAsync(bens, 100);
        Assert.True((await _bank.Service.AcceptAsync(_bank.Ben, request.Id, bens.Id, false)).IsSuccess);
    }

    [Fact]
    public async Task Close_DeclinedWithdrawnOrExpired_CannotBePaid()
    {
        var (anns, bens) = await _bank.AccountsAsync();
        var declined = await _bank.AskAsync(anns, bens, 1);
        var withdrawn = await _bank.AskAsync(anns, bens, 2);
        var expired = (await _bank.Service.AskAsync(_bank.Ann, _bank.Ask(anns, bens, 3, days: 0))).Value;
        Assert.True((await _bank.Service.DeclineAsync(_bank.Ben, declined.Id)).IsSuccess);
        Assert.True((await _bank.Service.DeclineAsync(_bank.Ben, declined.Id)).IsSuccess);
        Assert.True((await _bank.Service.WithdrawAsync(_bank.Ann, withdrawn.Id)).IsSuccess);
        Assert.IsType<RequestClosedError>((await _bank.Service.WithdrawAsync(_bank.Ann, declined.Id)).Error);
        _bank.Bank.Time.Advance(TimeSpan.FromDays(1));
        foreach (var (request, state) in new[]
        {
            (declined, PaymentRequestState.Declined), (withdrawn, PaymentRequestState.Withdrawn), (expired, PaymentRequestState.Expired),
        })
        {
            Assert.Equal(
                new RequestClosedError(state), (await _bank.Service.AcceptAsync(_bank.Ben, request.Id, bens.Id, false)).Error);
            Assert.Equal(state, (await _bank.Service.GetAsync(_bank.Ann, request.Id)).Value.State);
        }

        Assert.Equal(500, (await _bank.Bank.FindAsync(bens)).Balance.Amount);
        Assert.Single(_bank.Kinds, kind => kind == "payment-request-declined to ann");
    }

    [Fact]
    public async Task Commands_OfSomebodyElse_FindNothing()
    {
        var (anns, bens) = await _bank.AccountsAsync();
        var request = await _bank.AskAsync(anns, bens, 40);
        var cat = _bank.Bank.Customer("cat", "Cat Cole");
        var cats = await _bank.Bank.OpenAsync(cat, 500);
        foreach (var actor in new[] { cat, new Actor("ben", [BankRoles.Analyst]) })
        {
            Assert.IsType<NotFoundError>((await _bank.Service.GetAsync(actor, request.Id)).Error);
            Assert.IsType<NotFoundError>((await _bank.Service.AcceptAsync(actor, request.Id, cats.Id, false)).Error);
            Assert.IsType<NotFoundError>((await _bank.Service.DeclineAsync(actor, request.Id)).Error);
            Assert.IsType<NotFoundError>((await _bank.Service.WithdrawAsync(actor, request.Id)).Error);
            Assert.IsType<NotFoundError>((await _bank.Service.BlockAsync(actor, request.Id)).Error);
        }

        // Each side can do its own part only, and pays from its own accounts only.
        Assert.IsType<NotFoundError>((await _bank.Service.AcceptAsync(_bank.Ann, request.Id, anns.Id, false)).Error);
        Assert.IsType<NotFoundError>((await _bank.Service.DeclineAsync(_bank.Ann, request.Id)).Error);
        Assert.IsType<NotFoundError>((await _bank.Service.WithdrawAsync(_bank.Ben, request.Id)).Error);
        Assert.IsType<NotFoundError>((await _bank.Service.AcceptAsync(_bank.Ben, request.Id, cats.Id, false)).Error);
        Assert.IsType<NotFoundError>((await _bank.Service.AskAsync(_bank.Ann, _bank.Ask(cats, bens, 1))).Error);
        foreach (var id in new[] { "", "x", "../" + request.Id, DerivedId.Random() })
        {
            Assert.IsType<NotFoundError>((await _bank.Service.GetAsync(_bank.Ben, id)).Error);
        }
    }

    [Fact]
    public async Task Ask_WrongInput_IsRefusedAtItsField()
    {
        var (anns, bens) = await _bank.AccountsAsync();
        foreach (var (ask, field) in new[]
        {
            (_bank.Ask(anns, bens, 0), "amount"),
            (_bank.Ask(anns, bens, -5), "amount"),
            (_bank.Ask(anns, bens, 10_001), "amount"),
            (_bank.Ask(anns, bens, 1) with { Amount = Money.Of(1, Currency.Eur) }, "amount"),
            (_bank.Ask(anns, bens, 1) with { Text = new string('x', 141) }, "text"),
            (_bank.Ask(anns, bens, 1, days: -1), "until"),
            (_bank.Ask(anns, bens, 1, days: 61), "until"),
            (_bank.Ask(anns, anns, 1), "number"),
            (_bank.Ask(anns, bens, 1) with { From = new TransferTarget.Someone("1234", "Ben Baker") }, "number"),
            (_bank.Ask(anns, bens, 1) with { From = new TransferTarget.Someone(bens.Number.Digits, " ") }, "name"),
        })
        {
            Assert.Equal(field, (await _bank.Service.AskAsync(_bank.Ann, ask)).Error?.Field);
        }

        var wrongName = _bank.Ask(anns, bens, 1, "Tax Office");
        Assert.IsType<Core.Ledger.Payees.PayeeNameDiffersError>((await _bank.Service.AskAsync(_bank.Ann, wrongName)).Error);
        Assert.Empty((await _bank.Service.ListAsync(_bank.Ben)).Waiting);
        var asked = (await _bank.Service.AskAsync(_bank.Ann, wrongName with { IsNameConfirmed = true })).Value;

        // The asker sees the name they typed, never the one the bank has.
        Assert.Equal("Tax Office", (await _bank.Service.GetAsync(_bank.Ann, asked.Id)).Value.Request.PayerName);
        Assert.IsType<NotAllowedError>((await _bank.Service.AskAsync(new Actor("ann", [BankRoles.Analyst]), wrongName)).Error);
    }

    [Fact]
    public async Task Ask_SameFormAgain_MakesOneRequestAndOneEvent()
    {
        var (anns, bens) = await _bank.AccountsAsync();
        var ask = _bank.Ask(anns, bens, 40);
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => _bank.Service.AskAsync(_bank.Ann, ask))));
        Assert.All(all, asked => Assert.True(asked.IsSuccess));
        Assert.Single((await _bank.Service.ListAsync(_bank.Ben)).Waiting);
        Assert.Single(_bank.Events.All);
    }

    [Fact]
    public async Task Ask_TooMany_IsRefusedAlsoWhenSentTogether()
    {
        var (anns, bens) = await _bank.AccountsAsync();
        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            var ask = _bank.Ask(anns, bens, i + 1);
            var result = await _bank.Service.AskAsync(_bank.Ann, ask);
            while (result.Error is BusyError)
            {
                result = await _bank.Service.AskAsync(_bank.Ann, ask);
            }

            return result;
        })));
        Assert.Equal(_bank.Options.MaxOpenRequestsToOne, all.Count(asked => asked.IsSuccess));
        Assert.All(all.Where(asked => !asked.IsSuccess), asked => Assert.IsType<TooManyRequestsToPersonError>(asked.Error));

        // Declined ones make room for new ones, but not without end.
        var refusal = default(Error);
        for (var i = 0; i < 30 && refusal is null; i++)
        {
            foreach (var view in (await _bank.Service.ListAsync(_bank.Ben)).Waiting)
            {
                await _bank.Service.DeclineAsync(_bank.Ben, view.Request.Id);
            }

            refusal = (await _bank.Service.AskAsync(_bank.Ann, _bank.Ask(anns, bens, 5))).Error;
        }

        Assert.IsType<TooManyRequestsTodayError>(refusal);
        Assert.Equal(_bank.Options.MaxRequestsPerDay, (await _bank.Store.ReadAsync("ann")).Requests.Length);
        _bank.Bank.Time.Advance(TimeSpan.FromDays(1));
        Assert.True((await _bank.Service.AskAsync(_bank.Ann, _bank.Ask(anns, bens, 5))).IsSuccess);
    }

    [Fact]
    public async Task Block_ClosesWhatIsOpenAndKeepsLaterOnesAwayWithoutTellingTheAsker()
    {
        var (anns, bens) = await _bank.AccountsAsync();
        var first = await _bank.AskAsync(anns, bens, 1);
        var second = await _bank.AskAsync(anns, bens, 2);
        Assert.True((await _bank.Service.BlockAsync(_bank.Ben, first.Id)).IsSuccess);
        Assert.Empty((await _bank.Service.ListAsync(_bank.Ben)).Waiting);
        Assert.Equal(PaymentRequestState.Declined, (await _bank.Service.GetAsync(_bank.Ann, second.Id)).Value.State);
        Assert.Equal("Ann Archer", Assert.Single((await _bank.Service.ListAsync(_bank.Ben)).Blocked).Name);

        var events = _bank.Events.All.Count();
        var silent = await _bank.AskAsync(anns, bens, 3);
        Assert.Equal(PaymentRequestState.Open, (await _bank.Service.GetAsync(_bank.Ann, silent.Id)).Value.State);
        Assert.Empty((await _bank.Service.ListAsync(_bank.Ben)).Waiting);
        Assert.IsType<NotFoundError>((await _bank.Service.GetAsync(_bank.Ben, silent.Id)).Error);
        Assert.IsType<NotFoundError>((await _bank.Service.AcceptAsync(_bank.Ben, silent.Id, bens.Id, false)).Error);
        Assert.Equal(events, _bank.Events.All.Count());
        Assert.True((await _bank.Service.WithdrawAsync(_bank.Ann, silent.Id)).IsSuccess);

        Assert.True((await _bank.Service.UnblockAsync(_bank.Ben, "ann")).IsSuccess);
        await _bank.AskAsync(anns, bens, 4);
        Assert.Equal(4, Assert.Single((await _bank.Service.ListAsync(_bank.Ben)).Waiting).Request.Amount.Amount);
    }
}
