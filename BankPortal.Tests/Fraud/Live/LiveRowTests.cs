using BankPortal.Web.Features.Fraud.Live;

namespace BankPortal.Tests.Fraud.Live;

/// <summary>The cells of the live list, which are written as text.</summary>
[UnitTest]
public sealed class LiveRowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly RulesInForce _rules = new();

    [Fact]
    public void Of_TextThatLooksLikeMarkup_IsEncoded()
    {
        var transfer = SampleTransfers.Make(1, Noon) with { DebitLabel = "<script>alert(1)</script>", CreditLabel = "\" onclick=\"x" };

        var cells = LiveRow.Of(transfer, _rules, TimeZoneInfo.Utc).Value;

        Assert.DoesNotContain("<script>", cells, StringComparison.Ordinal);
        Assert.DoesNotContain("\" onclick", cells, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", cells, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ReadersOfOneKind_ShareTheTextAndOthersGetTheirOwn()
    {
        var transfer = SampleTransfers.Make(1, Noon);

        var first = LiveRow.Of(transfer, _rules, TimeZoneInfo.Utc).Value;
        var again = LiveRow.Of(transfer, _rules, TimeZoneInfo.Utc).Value;
        var elsewhere = LiveRow.Of(transfer, _rules, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")).Value;

        Assert.Same(first, again);
        Assert.Contains(Noon.ToString("T", CultureInfo.CurrentCulture), WebUtility.HtmlDecode(first), StringComparison.Ordinal);
        Assert.Contains(
            Noon.AddHours(9).ToString("T", CultureInfo.CurrentCulture),
            WebUtility.HtmlDecode(elsewhere),
            StringComparison.Ordinal
        );
    }
}
