namespace BankPortal.Tests.Identity.Security;

[UnitTest]
public sealed class ConflictsOfInterestTests
{
    private static readonly Actor Fay = new("fay", [BankRoles.Analyst]);

    private readonly InMemoryRelatedPersons _related = new();

    [Theory]
    [InlineData(InvolvedAs.Party, "You pay or receive this money. A colleague has to decide on it.")]
    [InlineData(InvolvedAs.Initiator, "You asked for this transaction. A colleague has to decide on it.")]
    [InlineData(InvolvedAs.Owner, "You own this account. A colleague has to decide on it.")]
    [InlineData(InvolvedAs.Subject, "You are the person this is about. A colleague has to decide on it.")]
    [InlineData(InvolvedAs.Maker, "You made this. A colleague has to decide on it.")]
    public async Task FindAsync_TheActor_IsRefusedWithTheReason(InvolvedAs involvedAs, string message)
    {
        var conflict = await new ConflictsOfInterest(_related).FindAsync(Fay, [new("ann", InvolvedAs.Party), new("fay", involvedAs)]);

        Assert.Equal(new ConflictOfInterestError(involvedAs, null), conflict);
        Assert.Equal(message, conflict!.Message);
        Assert.Equal(conflict, ConflictsOfInterest.OfSelf(Fay, [new("fay", involvedAs)]));
    }

    [Theory]
    [InlineData(RelationKind.Household, "Somebody of your household pays or receives this money. A colleague has to decide on it.")]
    [InlineData(RelationKind.Employer, "An employer of yours pays or receives this money. A colleague has to decide on it.")]
    [InlineData(RelationKind.OwnSignIn, "You, with another sign-in, pay or receive this money. A colleague has to decide on it.")]
    public async Task FindAsync_SomebodyRelated_CountsAsTheActor(RelationKind kind, string message)
    {
        _related.Relate("fay", "ann", kind);

        var conflict = await new ConflictsOfInterest(_related).FindAsync(Fay, [new("ann", InvolvedAs.Party)]);

        Assert.Equal(message, conflict!.Message);
    }

    [Fact]
    public async Task FindAsync_DeclaredByTheOther_CountsToo()
    {
        _related.Relate("otto", "fay");

        Assert.NotNull(await new ConflictsOfInterest(_related).FindAsync(Fay, [new("otto", InvolvedAs.Maker)]));
    }

    [Fact]
    public async Task FindAsync_BothInvolved_NamesTheActorFirst()
    {
        _related.Relate("fay", "ann");

        var conflict = await new ConflictsOfInterest(_related)
            .FindAsync(Fay, [new("ann", InvolvedAs.Party), new("fay", InvolvedAs.Initiator)]);

        Assert.Equal(new ConflictOfInterestError(InvolvedAs.Initiator, null), conflict);
    }

    [Fact]
    public async Task FindAsync_Strangers_IsNoConflictAndOneRead()
    {
        _related.Relate("fay", "zoe");
        _related.Relate("ann", "ben");

        Assert.Null(await new ConflictsOfInterest(_related)
            .FindAsync(Fay, [new("ann", InvolvedAs.Party), new(null, InvolvedAs.Party), new("ben", InvolvedAs.Initiator)]));
        Assert.Equal(1, _related.Reads);
    }

    [Fact]
    public async Task FindAsync_TheBankItself_HasNoInterestsAndReadsNothing()
    {
        Involved[] itself = [new(Actor.SystemUserId, InvolvedAs.Initiator)];

        Assert.Null(await new ConflictsOfInterest(_related).FindAsync(Actor.System, itself));
        Assert.Null(ConflictsOfInterest.OfSelf(Actor.System, itself));
        Assert.Equal(0, _related.Reads);
    }

    [Fact]
    public void Effective_StaffWhoAreCustomersToo_HaveNoCustomersRights()
    {
        Assert.Equal([BankRoles.Admin], BankRoles.Effective([BankRoles.Customer, BankRoles.Admin, "something else"]));
        Assert.Equal([BankRoles.Customer], BankRoles.Effective([BankRoles.Customer]));
        Assert.Empty(BankRoles.Effective([]));
    }
}
