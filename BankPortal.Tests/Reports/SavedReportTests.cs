using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Definitions;
using BankPortal.Core.Reports.Saved;

namespace BankPortal.Tests.Reports;

/// <summary>Saving, sharing and deleting reports.</summary>
[UnitTest]
public sealed class SavedReportTests
{
    private static readonly Actor OtherManager = StaffActors.Fresh("max", BankRoles.Manager);

    private readonly ReportWorld _world = new(new DateTimeOffset(2026, 5, 4, 15, 0, 0, TimeSpan.Zero), "UTC");

    public SavedReportTests()
    {
        _world.Staff.Add("mia", "Mia Mann", BankRoles.Manager);
        _world.Staff.Add("max", "Max Muster", BankRoles.Manager);
        _world.Staff.Add("cora", "Cora Code", BankRoles.Compliance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_ReportThatIsNotShared_IsNotFoundByOthers()
    {
        var saved = await SaveAsync(Change());

        Assert.IsType<NotFoundError>((await _world.Saved.FindAsync(OtherManager, saved.Id, Ct)).Error);
        Assert.Empty((await _world.Saved.ListAsync(OtherManager, Ct)).Value.Shared);
        Assert.Equal(saved.Id, Assert.Single((await _world.Saved.ListAsync(ReportWorld.Manager, Ct)).Value.Own).Id);
    }

    [Fact]
    public async Task Find_ReportSharedWithARoleOrAPerson_IsFoundByThose()
    {
        var forRole = await SaveAsync(Change(roles: [BankRoles.Manager]));
        var forPerson = await SaveAsync(Change(people: ["cora"]));

        Assert.True((await _world.Saved.FindAsync(OtherManager, forRole.Id, Ct)).IsSuccess);
        Assert.IsType<NotFoundError>((await _world.Saved.FindAsync(ReportWorld.Compliance, forRole.Id, Ct)).Error);
        Assert.True((await _world.Saved.FindAsync(ReportWorld.Compliance, forPerson.Id, Ct)).IsSuccess);
        Assert.IsType<NotFoundError>((await _world.Saved.FindAsync(OtherManager, forPerson.Id, Ct)).Error);
    }

    [Fact]
    public async Task Change_BySomebodyItIsSharedWith_IsRefused()
    {
        var saved = await SaveAsync(Change(roles: [BankRoles.Manager]));

        Assert.IsType<NotAllowedError>((await _world.Saved.ChangeAsync(OtherManager, saved.Id, saved.Version, Change(), Ct)).Error);
        Assert.IsType<NotAllowedError>((await _world.Saved.DeleteAsync(OtherManager, saved.Id, saved.Version, Ct)).Error);
    }

    [Fact]
    public async Task Change_InTwoTabs_TheSecondIsRefused()
    {
        var saved = await SaveAsync(Change());
        Assert.True((await _world.Saved.ChangeAsync(ReportWorld.Manager, saved.Id, saved.Version, Change("One"), Ct)).IsSuccess);

        var second = await _world.Saved.ChangeAsync(ReportWorld.Manager, saved.Id, saved.Version, Change("Two"), Ct);

        Assert.IsType<ReportChangedError>(second.Error);
        Assert.Equal("One", (await _world.Saved.FindAsync(ReportWorld.Manager, saved.Id, Ct)).Value.Title);
    }

    [Fact]
    public async Task Find_DeletedReport_SaysSoToThoseWhoHadIt()
    {
        var saved = await SaveAsync(Change("Growth", roles: [BankRoles.Manager]));
        await _world.Saved.DeleteAsync(ReportWorld.Manager, saved.Id, saved.Version, Ct);

        var gone = await _world.Saved.FindAsync(OtherManager, saved.Id, Ct);

        Assert.Contains("Growth", Assert.IsType<ReportDeletedError>(gone.Error).Message, StringComparison.Ordinal);
        Assert.IsType<NotFoundError>((await _world.Saved.FindAsync(ReportWorld.Compliance, saved.Id, Ct)).Error);
        Assert.Empty((await _world.Saved.ListAsync(ReportWorld.Manager, Ct)).Value.Own);
    }

    [Fact]
    public async Task Save_WhatCannotBe_IsRefusedNextToItsField()
    {
        Assert.Equal("title", await FieldAsync(Change(" ")));
        Assert.Equal("title", await FieldAsync(Change(new string('x', 81))));
        Assert.Equal("roles", await FieldAsync(Change(roles: [BankRoles.Customer])));
        Assert.Equal("people", await FieldAsync(Change(people: ["eve"])));
        Assert.Equal("measure", await FieldAsync(Change() with { Definition = new ReportDefinition { Measures = [] } }));
        var signIns = Change(roles: [BankRoles.Manager]) with { Definition = new ReportDefinition { Subject = ReportSubject.SignIns } };
        Assert.Equal("roles", (await _world.Saved.AddAsync(ReportWorld.Compliance, signIns, Ct)).Error!.Field);

        async Task<string?> FieldAsync(SavedReportChange change) =>
            (await _world.Saved.AddAsync(ReportWorld.Manager, change, Ct)).Error!.Field;
    }

    [Fact]
    public async Task List_ReportOfASubjectTheRoleMayNotRead_IsLeftOut()
    {
        var shared = await _world.Saved.AddAsync(
            ReportWorld.Compliance,
            new SavedReportChange("Sign-ins", new ReportDefinition { Subject = ReportSubject.SignIns }, [], ["max"], ReportSchedule.Never),
            Ct);

        Assert.Empty((await _world.Saved.ListAsync(OtherManager, Ct)).Value.Shared);
        Assert.IsType<NotFoundError>((await _world.Saved.FindAsync(OtherManager, shared.Value.Id, Ct)).Error);
    }

    private static SavedReportChange Change(string title = "Report", string[]? roles = null, string[]? people = null) => new(
        title, new ReportDefinition { By = [ReportDimension.Month] }, roles ?? [], people ?? [], ReportSchedule.Never);

    private async Task<SavedReport> SaveAsync(SavedReportChange change) =>
        (await _world.Saved.AddAsync(ReportWorld.Manager, change, Ct)).Value;
}
