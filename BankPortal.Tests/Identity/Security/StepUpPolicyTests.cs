namespace BankPortal.Tests.Identity.Security;

[UnitTest]
public sealed class StepUpPolicyTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(0, true)]
    [InlineData(299, true)]
    [InlineData(300, false)]
    public void Check_SecondsSinceProof_DecidesByFreshness(int seconds, bool fresh)
    {
        var actor = Actor.Customer("u1") with { SecondFactorAt = _time.GetUtcNow() };
        _time.Advance(TimeSpan.FromSeconds(seconds));

        var result = new StepUpPolicy(_time, TimeSpan.FromMinutes(5)).Check(actor);

        Assert.Equal(fresh, result.IsSuccess);
        Assert.Equal(fresh, result.Error is not SecondFactorStaleError);
    }

    [Fact]
    public void Check_NeverProven_Refuses() =>
        Assert.IsType<SecondFactorStaleError>(new StepUpPolicy(_time, TimeSpan.FromMinutes(5)).Check(Actor.Customer("u1")).Error);

    [Fact]
    public void Check_TheBankItself_Passes() =>
        Assert.True(new StepUpPolicy(_time, TimeSpan.FromMinutes(5)).Check(Actor.System).IsSuccess);
}
