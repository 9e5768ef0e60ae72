namespace BankPortal.Tests.Fraud.Desk;

/// <summary>Who paid whom around a customer, and what finding it out costs.</summary>
[EngineTest]
public sealed class LinkGraphTests
{
    private static readonly Actor Ana = new("ana", [BankRoles.Analyst]);

    [Fact]
    public async Task Build_SendersAndReceivers_AreTwoStepsFarWithSumsAndSides()
    {
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide);
        var people = await PeopleAsync(world, "root", "sender", "receiver", "before", "behind", "stranger");
        await PayAsync(world, people, "sender", "root", 300);
        await PayAsync(world, people, "sender", "root", 200);
        await PayAsync(world, people, "root", "receiver", 400);
        await PayAsync(world, people, "receiver", "root", 50);
        await PayAsync(world, people, "before", "sender", 700);
        await PayAsync(world, people, "receiver", "behind", 90);
        await PayAsync(world, people, "behind", "stranger", 5);
        var own = await world.OpenAsync("root", type: AccountType.Savings);
        await world.MustAsync(world.Order(people["root"], own, 10));
        var reversed = await PayAsync(world, people, "root", "stranger", 60);
        Assert.True((await world.Ledger.ReverseAsync(Ana, reversed.Id, "Sent in error", false)).IsSuccess);

        var graph = (await Service(world).BuildAsync(Ana, "root")).Value;

        Assert.Equal(
            [
                ("root", 0, 0, null),
                ("sender", 1, -1, null),
                ("receiver", 1, 1, null),
                ("before", 2, -2, "sender"),
                ("behind", 2, 2, "receiver"),
            ],
            graph.People.Select(person => (person.Id, person.Distance, person.Side, person.Via))
        );
        Assert.Equal(
            [
                ("before", "sender", 700m, 1),
                ("sender", "root", 500m, 2),
                ("root", "receiver", 400m, 1),
                ("receiver", "behind", 90m, 1),
                ("receiver", "root", 50m, 1),
            ],
            graph.Links.Select(link => (link.From, link.To, link.Sum.Amount, link.Count))
        );
        Assert.Equal(0, graph.LeftOut);
        Assert.Equal("The sender", graph.People[1].Name);
    }

    [Fact]
    public async Task Build_NoTransfers_IsTheCustomerAlone()
    {
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide);
        await PeopleAsync(world, "root");

        var graph = (await Service(world).BuildAsync(Ana, "root")).Value;

        Assert.Equal("root", Assert.Single(graph.People).Id);
        Assert.Empty(graph.Links);
    }

    [Fact]
    public async Task Build_ManyCounterparties_ReadsNoMoreThanPromised()
    {
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide);
        string[] names =
        [
            "root",
            .. Enumerable.Range(0, 12).Select(i => $"first{i:00}"),
            .. Enumerable.Range(0, 13).Select(i => $"second{i:00}"),
        ];
        var people = await PeopleAsync(world, names);
        for (var i = 0; i < 12; i++)
        {
            await PayAsync(world, people, "root", $"first{i:00}", 20 + i);
        }

        for (var i = 0; i < 13; i++)
        {
            await PayAsync(world, people, $"first{4 + (i % 8):00}", $"second{i:00}", 3);
        }

        var more = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.OpenAsync("root")));
        Assert.Equal(5, more.Length);

        LinkGraph graph;
        RequestsOf counted;
        using (var requests = world.Fixture.CountRequests())
        {
            graph = (await Service(world).BuildAsync(Ana, "root")).Value;
            counted = new RequestsOf(
                requests.ByOperation.GetValueOrDefault("Query"),
                requests.ByOperation.GetValueOrDefault("BatchGetItem"),
                requests.ByOperation.GetValueOrDefault("GetItem")
            );
        }

        // The list of accounts: one item and one batch. Four own accounts, one of them used; eight counterparties.
        Assert.Equal(
            new RequestsOf(LinkGraphService.OwnAccounts + LinkGraphService.FirstHop, 1 + 1 + LinkGraphService.FirstHop, 1),
            counted
        );
        Assert.Equal(1 + LinkGraphService.FirstHop + LinkGraphService.SecondHop, graph.People.Length);
        Assert.Equal(12 - LinkGraphService.FirstHop + 13 - LinkGraphService.SecondHop, graph.LeftOut);
        Assert.Equal(
            ["first11", "first10", "first09", "first08", "first07", "first06", "first05", "first04"],
            graph.People.Where(person => person.Distance == 1).Select(person => person.Id)
        );
    }

    private static LinkGraphService Service(LedgerWorld world) => new(world.AccountStore, world.Store, world.Directory);

    private static async Task<Dictionary<string, Account>> PeopleAsync(LedgerWorld world, params string[] names)
    {
        var accounts = new Dictionary<string, Account>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            world.Directory.Names[name] = "The " + name;
            accounts[name] = await world.OpenAsync(name, 1000);
        }

        return accounts;
    }

    private static Task<Transfer> PayAsync(LedgerWorld world, Dictionary<string, Account> people, string from, string to, decimal amount) =>
        world.MustAsync(world.Order(people[from], people[to], amount));

    private sealed record RequestsOf(int Queries, int Batches, int Gets);
}
