using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Definitions;
using BankPortal.Core.Reports.Saved;
using BankPortal.Web.Features.Reports;

namespace BankPortal.Tests.Reports;

/// <summary>The pages of reports: the builder and what is around it.</summary>
public sealed class ReportPagesTests : BankPageContext
{
    public ReportPagesTests()
    {
        Staff.Add("mia", "Mia Mann", BankRoles.Manager);
        Staff.Add("cora", "Cora Code", BankRoles.Compliance);
        SignInStaff("mia", "Mia Mann", BankRoles.Manager);
    }

    [Fact]
    public async Task Builder_Choices_AreInTheAddressAndShownAtOnce()
    {
        var account = await Reports.OpenAsync("ann");
        await Reports.Bank.PostAsync(account, 25);
        Navigation.NavigateTo("/reports/build?subject=transactions&measure=count");
        var page = Render<ReportBuilderPage>();
        page.WaitForAssertion(() => Assert.Contains("Number of transactions", page.Markup, StringComparison.Ordinal));

        page.FindAll("select")[1].Change("kind");

        page.WaitForAssertion(() =>
        {
            Assert.Contains("by=kind", Navigation.Uri, StringComparison.Ordinal);
            Assert.Contains("Payment", page.Find(".report-table").TextContent, StringComparison.Ordinal);
        });
        page.FindAll("button.chip").Single(button => button.TextContent == "Amount").Click();
        page.WaitForAssertion(() =>
        {
            Assert.Contains("measure=count,sum", Navigation.Uri, StringComparison.Ordinal);
            Assert.Contains("$25.00", page.Find(".report-table").TextContent, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Builder_Contradiction_IsExplainedNextToItsField()
    {
        Navigation.NavigateTo("/reports/build?subject=deposits&measure=sum&by=hour");

        var page = Render<ReportBuilderPage>();

        page.WaitForAssertion(() =>
        {
            var field = page.FindAll(".field-invalid").Single();
            Assert.Contains("Break down by", field.TextContent, StringComparison.Ordinal);
            Assert.Contains("have no hour", field.TextContent, StringComparison.Ordinal);
            Assert.Empty(page.FindAll(".report-table"));
        });
    }

    [Fact]
    public void Builder_AnotherSubject_DropsWhatItDoesNotHave()
    {
        Navigation.NavigateTo("/reports/build?subject=transactions&measure=median&by=month,hour&kind=Salary");
        var page = Render<ReportBuilderPage>();
        page.WaitForElement("select");

        page.FindAll("select")[0].Change("customers");

        page.WaitForAssertion(() => Assert.EndsWith(
            "/reports/build?subject=customers&measure=count&by=month&period=last-12-months", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public void Builder_SubjectOfAnotherRole_IsRefused()
    {
        Navigation.NavigateTo("/reports/build?subject=sign-ins&measure=count");

        var page = Render<ReportBuilderPage>();

        page.WaitForAssertion(() => Assert.Contains("Your role has no reports about sign-ins.", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("sign-ins", page.FindAll("option").Select(option => option.GetAttribute("value")));
    }

    [Fact]
    public void Builder_WhatCellsCannotAnswer_IsOfferedInTheBackground()
    {
        Navigation.NavigateTo("/reports/build?subject=transactions&measure=distinct&by=month");
        var page = Render<ReportBuilderPage>();

        page.WaitForElement("button.btn-primary");
        page.FindAll("button.btn-primary").First(button => button.TextContent.Contains("background", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.Contains("/reports/runs/", Navigation.Uri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Builder_SavedAndShared_IsListedForBoth()
    {
        Navigation.NavigateTo("/reports/build?subject=transactions&measure=count&by=kind");
        var page = Render<ReportBuilderPage>();
        page.WaitForElement("#save-title");

        page.Find("form[aria-labelledby=save-title] input.input").Input("Kinds");
        page.FindAll("label.save-check").Single(label => label.TextContent.Contains("Cora", StringComparison.Ordinal))
            .QuerySelector("input")!.Change(true);
        await page.Find("form[aria-labelledby=save-title]").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("/reports/saved/", Navigation.Uri, StringComparison.Ordinal));
        var list = await Reports.Saved.ListAsync(ReportWorld.Compliance, TestContext.Current.CancellationToken);
        var saved = Assert.Single(list.Value.Shared);
        Assert.Equal("Kinds", saved.Title);
        Assert.Equal("subject=transactions&measure=count&by=kind&period=last-12-months", saved.Definition);
    }

    [Fact]
    public async Task Builder_SavedWithoutATitle_SaysSoNextToTheField()
    {
        Navigation.NavigateTo("/reports/build?subject=transactions&measure=count");
        var page = Render<ReportBuilderPage>();
        page.WaitForElement("#save-title");

        await page.Find("form[aria-labelledby=save-title]").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains(
            "Give the report a title.", page.Find("form[aria-labelledby=save-title] .field-invalid").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Saved_DeletedReport_SaysSo()
    {
        var ct = TestContext.Current.CancellationToken;
        var saved = (await Reports.Saved.AddAsync(
            ReportWorld.Manager, new SavedReportChange("Growth", new ReportDefinition(), [], [], ReportSchedule.Never), ct)).Value;
        await Reports.Saved.DeleteAsync(ReportWorld.Manager, saved.Id, saved.Version, ct);

        var page = Render<SavedReportPage>(parameters => parameters.Add(one => one.Id, saved.Id));

        page.WaitForAssertion(() => Assert.Contains("was deleted by its owner", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_BehindACell_AreLinkedAndMasked()
    {
        var account = await Reports.OpenAsync("ann");
        await Reports.Bank.PostAsync(account, 25);
        Navigation.NavigateTo("/reports/build?subject=transactions&measure=count&by=kind&pivot=direction&period=today");
        var builder = Render<ReportBuilderPage>();
        builder.WaitForElement("a.report-cell");
        var link = builder.Find("a.report-cell").GetAttribute("href")!;
        Assert.Contains("kind=Payment", link, StringComparison.Ordinal);
        Assert.Contains("direction=In", link, StringComparison.Ordinal);
        Navigation.NavigateTo(link);

        var page = Render<ReportRowsPage>();

        page.WaitForAssertion(() =>
        {
            Assert.Contains(account.Number.Masked, page.Markup, StringComparison.Ordinal);
            Assert.DoesNotContain(account.Number.Grouped, page.Markup, StringComparison.Ordinal);
            Assert.DoesNotContain(">ann<", page.Markup, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Shipped_EveryReport_IsShown()
    {
        foreach (var report in ShippedReports.All)
        {
            var page = Render<ShippedReportPage>(parameters => parameters.Add(one => one.Name, report.Name));
            page.WaitForAssertion(() => Assert.Equal(report.Sections.Length, page.FindAll("section.card").Count));
        }
    }

    [Fact]
    public void Shipped_UnknownName_SaysSo()
    {
        var page = Render<ShippedReportPage>(parameters => parameters.Add(one => one.Name, "unicorns"));

        page.WaitForAssertion(() => Assert.Contains("There is no such report", page.Markup, StringComparison.Ordinal));
    }
}
