using BankPortal.Web.Hosting.Commands;

namespace BankPortal.Tests.Hosting.Commands;

[UnitTest]
public sealed class ProgressLineTests
{
    [Theory]
    [InlineData(0, 12_043L, 0, "Importing [..............................]   0 %  0 of 12,043  0/s")]
    [InlineData(3_000, 12_000L, 10, "Importing [#######.......................]  25 %  3,000 of 12,000  300/s  0:30 left")]
    [InlineData(1, 100_000L, 1, "Importing [..............................]   0 %  1 of 100,000  1/s  27:46:39 left")]
    [InlineData(12_000, 12_000L, 60, "Importing [##############################] 100 %  12,000 of 12,000  200/s")]
    [InlineData(13_000, 12_000L, 60, "Importing [##############################] 100 %  13,000 of 12,000  217/s")]
    [InlineData(5_000, null, 2, "Importing 5,000  2,500/s")]
    [InlineData(0, 0L, 2, "Importing 0  0/s")]
    public void Text_SomewhereOnTheWay_ShowsShareRateAndTimeLeft(long done, long? total, int seconds, string expected) =>
        Assert.Equal(expected, ProgressLine.Text("Importing", done, total, TimeSpan.FromSeconds(seconds)));
}
