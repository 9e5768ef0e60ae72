namespace BankPortal.Tests.Ledger.History;

[UnitTest]
public sealed class SavedFilterServiceTests
{
    private readonly InMemoryNotes _store = new();
    private readonly SavedFilterService _service;
    private readonly Actor _ann = Actor.Customer("ann");

    public SavedFilterServiceTests() => _service = new SavedFilterService(_store);

    [Fact]
    public async Task Save_RenameReplaceAndRemove_KeepOneFilter()
    {
        var saved = Assert.Single((await _service.SaveAsync(_ann, null, "  Eating\tout ", "?category=dining")).Value.All);
        Assert.Equal(("Eating out", "?category=dining"), (saved.Name, saved.Query));

        Assert.True((await _service.SaveAsync(_ann, saved.Id, "Restaurants", saved.Query)).IsSuccess);
        var changed = Assert.Single((await _service.SaveAsync(_ann, saved.Id, "Restaurants", "?q=noodle%20house")).Value.All);
        Assert.Equal((saved.Id, "Restaurants", "?q=noodle%20house"), (changed.Id, changed.Name, changed.Query));

        Assert.Empty((await _service.RemoveAsync(_ann, saved.Id)).Value.All);
        Assert.True((await _service.RemoveAsync(_ann, saved.Id)).IsSuccess);
    }

    [Theory]
    [InlineData("", "?q=a")]
    [InlineData("\u202E\u0000 ", "?q=a")]
    [InlineData("12345678901234567890123456789012345678901", "?q=a")]
    [InlineData("Good", "")]
    [InlineData("Good", "?")]
    [InlineData("Good", "https://evil.example")]
    [InlineData("Good", "?q=<script>")]
    [InlineData("RENT", "?q=a")]
    public async Task Save_NameOrFilterThatCannotBe_IsRefusedAtTheName(string name, string query)
    {
        Assert.True((await _service.SaveAsync(_ann, null, "Rent", "?q=rent")).IsSuccess);

        Assert.Equal("name", (await _service.SaveAsync(_ann, null, name, query)).Error!.Field);
        Assert.Single((await _service.ReadAsync(_ann)).Value.All);
    }

    [Fact]
    public async Task Save_MoreThanThirty_IsRefused()
    {
        for (var i = 0; i < SavedFilters.Most; i++)
        {
            Assert.True((await _service.SaveAsync(_ann, null, $"Filter {i}", "?q=a")).IsSuccess);
        }

        Assert.Contains("30 filters", (await _service.SaveAsync(_ann, null, "One more", "?q=a")).Error!.Message, StringComparison.Ordinal);
        var first = (await _service.ReadAsync(_ann)).Value.All[0];
        Assert.True((await _service.SaveAsync(_ann, first.Id, "Changed", "?q=a")).IsSuccess);
    }

    [Fact]
    public async Task Save_SomebodyWasFaster_KeepsBoth()
    {
        _store.BeforeNextWrite = () => _service.SaveAsync(_ann, null, "Rent", "?q=rent");

        var all = (await _service.SaveAsync(_ann, null, "Food", "?q=food")).Value.All;

        Assert.Equal(["Food", "Rent"], all.Select(filter => filter.Name));
    }

    [Fact]
    public async Task Read_SomebodyElseAndStaff_SeeNothing()
    {
        var saved = (await _service.SaveAsync(_ann, null, "Rent", "?q=rent")).Value.All[0];

        Assert.Empty((await _service.ReadAsync(Actor.Customer("bob"))).Value.All);
        Assert.IsType<NotFoundError>((await _service.SaveAsync(Actor.Customer("bob"), saved.Id, "Mine", "?q=a")).Error);
        Assert.IsType<NotAllowedError>((await _service.ReadAsync(new Actor("ann", [BankRoles.Analyst]))).Error);
    }
}
