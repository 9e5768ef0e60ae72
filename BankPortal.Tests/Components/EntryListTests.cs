using BankPortal.Web.Components.Transactions;

namespace BankPortal.Tests.Components;

/// <summary>Entries as a table.</summary>
public sealed class EntryListTests : BankPageContext
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"&";

    [Fact]
    public async Task Rows_TextOfPeople_IsShownAsText()
    {
        var account = await Bank.OpenAsync(Ann, 100, nickname: Hostile);
        await Bank.PostAsync(account, -5, Hostile, TransferKind.Purchase);

        var list = Render<EntryList>(parameters => parameters
            .Add(p => p.Lines, Lines())
            .Add(p => p.Label, "Entries")
            .Add(p => p.ShowAccount, true));

        Assert.Empty(list.FindAll("img"));
        Assert.Equal(Hostile, list.Find("tbody .entry-link").TextContent);
        Assert.StartsWith(Hostile, list.Find("tbody .entry-account").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_NewEntry_AreDrawnAgainAndOtherwiseNot()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        var list = Render<EntryList>(parameters => parameters.Add(p => p.Lines, Lines()).Add(p => p.Label, "Entries"));
        var drawn = list.RenderCount;

        list.Render(parameters => parameters.Add(p => p.Lines, Lines()).Add(p => p.Label, "Entries"));
        Assert.Equal(drawn, list.RenderCount);

        await Bank.PostAsync(account, -5, "Groceries", TransferKind.Purchase);
        list.Render(parameters => parameters.Add(p => p.Lines, Lines()).Add(p => p.Label, "Entries"));
        Assert.Equal(["Groceries", "Payment"], list.FindAll(".entry-link").Select(link => link.TextContent));
    }

    [Fact]
    public async Task Times_ZoneBecomesKnown_AreShownInIt()
    {
        await Bank.OpenAsync(Ann, 100);
        var list = Render<EntryList>(parameters => parameters.Add(p => p.Lines, Lines()).Add(p => p.Label, "Entries"));
        Assert.DoesNotContain("Asia/Tokyo", list.Find("time").GetAttribute("title"));

        await list.InvokeAsync(() => Services.GetRequiredService<UserTimeZone>().Set("Asia/Tokyo"));

        list.WaitForAssertion(() => Assert.Contains("Asia/Tokyo", list.Find("time").GetAttribute("title")));
    }

    // Read again each time, as a page does.
    private ImmutableArray<HistoryLine> Lines() =>
        Services.GetRequiredService<HistoryService>().SearchAsync(Ann, HistoryFilter.All, null, 25).GetAwaiter().GetResult().Value.Lines;
}
