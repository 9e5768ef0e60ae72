namespace BankPortal.Tests.Accounts;

[UnitTest]
public sealed class RelatedPersonServiceTests
{
    private const string Why = "Moved out";

    private readonly InMemoryBank _bank = new();
    private readonly FakeStaffDirectory _staff = new();
    private readonly RelatedPersonService _service;

    public RelatedPersonServiceTests()
    {
        _service = new RelatedPersonService(
            _bank.Related,
            _bank.Store,
            _bank.Directory,
            _staff,
            _bank.Audit.NewTrail(_bank.Time),
            _bank.Conflicts,
            _bank.StepUp,
            _bank.Time);
        foreach (var (id, name, role) in new[] { ("fay", "Fay Analyst", BankRoles.Analyst), ("adam", "Adam Admin", BankRoles.Admin) })
        {
            _staff.Add(id, name, role);
            _bank.Directory.Names[id] = name;
        }
    }

    private static Actor Fay => StaffActors.Fresh("fay", BankRoles.Analyst);

    private static Actor Adam => StaffActors.Fresh("adam", BankRoles.Admin);

    [Fact]
    public async Task Declare_TheOwnerOfAnAccount_CountsFromThenOnAndIsRecorded()
    {
        var anns = await _bank.OpenAsync(_bank.Customer("ann", "Ann Archer"), 10);

        var declared = (await _service.DeclareAsync(Fay, $" {anns.Number.Grouped} ", RelationKind.Household)).Value;

        Assert.Equal(("ann", RelationKind.Household, "fay"), (declared.UserId, declared.Kind, declared.DeclaredById));
        var line = Assert.Single((await _service.ListOwnAsync(Fay)).Value);
        Assert.Equal(("Ann Archer", declared), (line.Name, line.Person));
        Assert.IsType<ConflictOfInterestError>((await _bank.Accounts.FreezeAsync(Fay, anns.Id, Why)).Error);
        var record = _bank.Audit.Records[0];
        Assert.Equal(("related.declare", "fay", AuditOutcome.Done), (record.Action, record.ActorId, record.Outcome));
        Assert.Equal(AuditSubject.Customer("ann"), record.Subject);
    }

    [Fact]
    public async Task Check_TheOwnerOfAnAccount_NamesThePersonAndStoresNothing()
    {
        var anns = await _bank.OpenAsync(_bank.Customer("ann", "Ann Archer"), 10);

        var line = (await _service.CheckAsync(Fay, anns.Number.Digits, RelationKind.Employer)).Value;

        Assert.Equal(("Ann Archer", "ann", RelationKind.Employer), (line.Name, line.Person.UserId, line.Person.Kind));
        Assert.IsType<NotAllowedError>((await _service.CheckAsync(Actor.Customer("ann"), anns.Number.Digits, RelationKind.Employer)).Error);
        Assert.Equal("number", (await _service.CheckAsync(Fay, "12", RelationKind.Employer)).Error!.Field);
        Assert.Empty((await _service.ListOwnAsync(Fay)).Value);
        Assert.Empty(_bank.Audit.Records);
    }

    [Fact]
    public async Task Declare_WhatIsWrong_IsSaidAtItsField()
    {
        var anns = await _bank.OpenAsync(_bank.Customer("ann", "Ann Archer"), 10);

        Assert.IsType<NotAllowedError>((await _service.DeclareAsync(Actor.Customer("ann"), "1", RelationKind.Household)).Error);
        Assert.Equal("number", (await _service.DeclareAsync(Fay, "12", RelationKind.Household)).Error!.Field);
        Assert.Equal(
            "This account number does not exist as written. Check each digit.",
            (await _service.DeclareAsync(Fay, "1234567890", RelationKind.Household)).Error!.Message);
        Assert.Equal(
            "number", (await _service.DeclareAsync(Fay, AccountNumber.Random().Digits, RelationKind.Household)).Error!.Field);
        Assert.Equal("kind", (await _service.DeclareAsync(Fay, anns.Number.Digits, null)).Error!.Field);
        Assert.Equal("kind", (await _service.DeclareAsync(Fay, anns.Number.Digits, (RelationKind)9)).Error!.Field);
        Assert.Equal(
            "number",
            (await _service.DeclareAsync(StaffActors.Fresh("ann", BankRoles.Analyst), anns.Number.Digits, RelationKind.OwnSignIn))
                .Error!.Field);
        Assert.Empty((await _service.ListOwnAsync(Fay)).Value);
        Assert.Empty(_bank.Audit.Records);
    }

    [Fact]
    public async Task Declare_MoreThanAreKept_IsRefused()
    {
        for (var i = 0; i < RelatedPersonService.MaxPerPerson; i++)
        {
            _bank.Related.Relate("fay", $"u{i}");
        }

        var anns = await _bank.OpenAsync(_bank.Customer("ann", "Ann Archer"), 10);

        Assert.IsType<TooManyRelatedError>((await _service.DeclareAsync(Fay, anns.Number.Digits, RelationKind.Household)).Error);
    }

    [Fact]
    public async Task Remove_ByAnAdministrator_TakesItBackForBoth()
    {
        _bank.Related.Relate("fay", "ann");

        Assert.True((await _service.RemoveAsync(Adam, "fay", "ann", Why)).IsSuccess);

        Assert.Empty(await _bank.Related.FindAsync("fay"));
        Assert.Empty(await _bank.Related.FindAsync("ann"));
        Assert.Equal(("related.remove", Why), (_bank.Audit.Records[0].Action, _bank.Audit.Records[0].Reason));
    }

    [Fact]
    public async Task Remove_ByAnybodyElse_IsRefused()
    {
        _bank.Related.Relate("fay", "ann");
        _bank.Related.Relate("adam", "ben");
        var stale = Adam with { SecondFactorAt = _bank.Time.GetUtcNow().AddHours(-1) };

        Assert.IsType<NotAllowedError>((await _service.RemoveAsync(Fay, "fay", "ann", Why)).Error);
        Assert.IsType<ConflictOfInterestError>((await _service.RemoveAsync(Adam, "adam", "ben", Why)).Error);
        Assert.IsType<SecondFactorStaleError>((await _service.RemoveAsync(stale, "fay", "ann", Why)).Error);
        Assert.IsType<NotFoundError>((await _service.RemoveAsync(Adam, "fay", "zoe", Why)).Error);
        Assert.Equal("reason", (await _service.RemoveAsync(Adam, "fay", "ann", " ")).Error!.Field);
        Assert.Single(await _bank.Related.FindAsync("fay"));
        Assert.Single(await _bank.Related.FindAsync("adam"));
    }

    [Fact]
    public async Task ListAll_ForAdministrators_HasEverybodysAndWhatTheyMayNotRemove()
    {
        _bank.Customer("ann", "Ann Archer");
        _bank.Related.Relate("fay", "ann");
        _bank.Related.Relate("adam", "ben", RelationKind.Employer);

        Assert.IsType<NotAllowedError>((await _service.ListAllAsync(Fay)).Error);
        Assert.IsType<NotAllowedError>((await _service.ListOwnAsync(Actor.Customer("ann"))).Error);
        Assert.Equal(
            [("Adam Admin", null, true), ("Fay Analyst", "Ann Archer", false)],
            (await _service.ListAllAsync(Adam)).Value.Select(line => (line.StaffName, line.Name, line.Conflict is not null)));
    }
}
