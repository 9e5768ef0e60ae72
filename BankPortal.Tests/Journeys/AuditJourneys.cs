using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Audit.Chain;
using BankPortal.Infrastructure.Audit;

namespace BankPortal.Tests.Journeys;

/// <summary>A compliance officer reads, verifies and exports the audit log, and sees that somebody has changed it.</summary>
public sealed class AuditJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_ChangedBehindThePortal_IsFoundOnThePageAndInAnExport()
    {
        await using var own = JourneyPortal.With();
        await WalkAsync(own, async journey =>
        {
            var trail = own.Services.GetRequiredService<IAuditTrail>();
            var subject = AuditSubject.Account("ACCOUNT-OF-THE-TEST");
            await trail.RecordAsync(new Actor("ann", [BankRoles.Analyst]), "account.view", subject, "Asked by telephone", ct: Ct);
            var staff = await own.CreateAsync("Katherine Johnson", authenticator: true, role: BankRoles.Compliance);
            var officer = await journey.OpenBrowserAsync("Katherine");
            await officer.GivePasswordAsync(staff);
            await officer.GiveCodeAsync(await staff.Authenticator!.NextCodeAsync(Ct));
            await officer.FollowMenuAsync("Audit log");
            await officer.SeesAsync("Asked by telephone");
            await officer.FillAsync("Action begins with", "customer.");
            await officer.PressAsync("Show");
            await officer.SeesAsync("Nothing matches on this day");
            await officer.FollowAsync("Sign-ins and access");
            await Expect(officer.Main.Locator("tbody tr").Filter(new() { HasText = "Sign in" }).First).ToContainTextAsync("Succeeded");

            await officer.PressAsync("Verify");
            await officer.SeesAsync("Nothing is wrong.");
            await officer.SettlesAsync();
            await Accessibility.AssertNoViolationsAsync(officer.Page);
            Assert.True((await AuditFileCheck.VerifyAsync(new MemoryStream(await ExportAsync(officer)), Ct)).Result.IsClean);

            await ChangeAsync(own, subject);

            await officer.PressAsync("Verify");
            await officer.SeesAsync("Found: 1 fault");
            await officer.SeesAsync("A row was changed: Account#ACCOUNT-OF-THE-TEST");
            await officer.SettlesAsync();
            await Accessibility.AssertNoViolationsAsync(officer.Page);
            var check = await AuditFileCheck.VerifyAsync(new MemoryStream(await ExportAsync(officer)), Ct);
            Assert.Equal([AuditFault.RowChanged], check.Result.Findings.Select(finding => finding.Kind));

            await officer.FollowAsync("Staff actions");
            await Expect(officer.Main.Locator("tbody tr").Filter(new() { HasText = "audit.export" })).ToHaveCountAsync(2);
            await Expect(officer.Main.Locator("tbody tr").Filter(new() { HasText = "audit.verify" })).ToHaveCountAsync(2);
        });
    }

    private static async Task<byte[]> ExportAsync(Visitor officer)
    {
        var download = await officer.Page.RunAndWaitForDownloadAsync(
            () => officer.Main.GetByRole(AriaRole.Link, new() { Name = "Export", Exact = true }).ClickAsync());
        return await File.ReadAllBytesAsync(await download.PathAsync(), Ct);
    }

    private static async Task ChangeAsync(JourneyPortal portal, AuditSubject subject)
    {
        var database = portal.Services.GetRequiredService<DynamoDatabase>();
        var table = database.TableName(AuditTables.Records);
        var rows = await database.Client.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = "subject = :subject",
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":subject"] = Attr.S($"{subject.Kind}#{subject.Id}") },
            },
            Ct);
        var row = Assert.Single(rows.Items);
        row["actor_id"] = Attr.S("somebody-else");
        await database.Client.PutItemAsync(table, row, Ct);
    }
}
