namespace BankPortal.Tests.Accounts;

/// <summary>Closing an account as of a moment in the past, which only the bank itself may.</summary>
[UnitTest]
public sealed class AccountClosingForTests
{
    private readonly InMemoryBank _bank = new();

    [Fact]
    public async Task CloseFor_NotTheBankItself_IsRefused()
    {
        var owner = _bank.Customer("ann", "Ann Example");
        var account = await _bank.OpenAsync(owner);

        Assert.IsType<NotAllowedError>((await _bank.Accounts.CloseForAsync(owner, account.Id, _bank.Time.GetUtcNow())).Error);
        Assert.Equal(AccountStatus.Active, (await _bank.FindAsync(account)).Status);
    }

    [Fact]
    public async Task CloseFor_WithMoneyOrLaterEntries_IsRefused()
    {
        var account = await _bank.OpenAsync(_bank.Customer("ann", "Ann Example"), 20);
        var now = _bank.Time.GetUtcNow();
        Assert.IsType<BalanceNotZeroError>((await _bank.Accounts.CloseForAsync(Actor.System, account.Id, now)).Error);
        await _bank.PostAsync(account, -20);

        Assert.IsType<InvalidInputError>((await _bank.Accounts.CloseForAsync(Actor.System, account.Id, now.AddDays(-1))).Error);
        Assert.Equal(AccountStatus.Active, (await _bank.FindAsync(account)).Status);
    }

    [Fact]
    public async Task CloseFor_EmptyAccount_IsClosedAsOfThatMomentOnce()
    {
        var account = await _bank.OpenAsync(_bank.Customer("ann", "Ann Example"));
        var moment = account.OpenedAt.AddMinutes(5);

        var first = await _bank.Accounts.CloseForAsync(Actor.System, account.Id, moment);
        var again = await _bank.Accounts.CloseForAsync(Actor.System, account.Id, moment.AddDays(1));

        Assert.Equal((AccountStatus.Closed, moment), (first.Value.Status, first.Value.ClosedAt));
        Assert.Equal(moment, again.Value.ClosedAt);
    }
}
