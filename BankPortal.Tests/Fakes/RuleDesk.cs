namespace BankPortal.Tests.Fakes;

/// <summary>The service of rule sets with people to work at it, over a store in memory or another one.</summary>
public sealed class RuleDesk
{
    public RuleDesk(IRuleSetStore? store = null, ManualTime? time = null, InMemoryRelatedPersons? related = null)
    {
        Related = related ?? new InMemoryRelatedPersons();
        Time = time ?? new ManualTime();
        Store = store ?? Memory;
        Service = NewService();
        Refresh = NewRefresh(InForce);
        Ana = Staff("ana", BankRoles.Analyst);
        Bea = Staff("bea", BankRoles.Analyst);
        Adam = Staff("adam", BankRoles.Admin);
    }

    public ManualTime Time { get; }

    public InMemoryRuleSets Memory { get; } = new();

    public IRuleSetStore Store { get; }

    public InMemoryShadows Shadows { get; } = new();

    public InMemoryBackTests Reports { get; } = new();

    public ListedTransfers Ledger { get; } = new();

    public ListedDispositions Dispositions { get; } = new();

    public InMemoryAuditStore Audit { get; } = new();

    public InMemoryRelatedPersons Related { get; }

    public RuleSetService Service { get; }

    public RulesInForce InForce { get; } = new();

    public RulesInForceRefresh Refresh { get; }

    /// <summary>An analyst who writes.</summary>
    public Actor Ana { get; }

    /// <summary>Another analyst.</summary>
    public Actor Bea { get; }

    public Actor Adam { get; }

    /// <summary>A rule that can be told from others.</summary>
    public static RiskRule Rule(string id, decimal amount, int score = 10) =>
        new()
        {
            Id = id,
            Name = $"Rule {id}",
            When = new RiskCondition.Compare(RiskFact.Amount, RiskComparison.AtLeast, amount),
            Score = score,
            Reason = "{amount} is much.",
        };

    public RuleSetService NewService() =>
        new(
            Store,
            Shadows,
            Audit.NewTrail(Time),
            new ConflictsOfInterest(Related),
            new StepUpPolicy(Time, TimeSpan.FromMinutes(2)),
            Time,
            NullLogger<RuleSetService>.Instance
        );

    public RulesInForceRefresh NewRefresh(RulesInForce rules) => new(Store, rules, Time, NullLogger<RulesInForceRefresh>.Instance);

    public BackTests NewBackTests() => new(
        Service, Store, Reports, Ledger, Dispositions, new LedgerOptions { TimeZone = "UTC" }, Time, NullLogger<BackTests>.Instance);

    public Actor Staff(string userId, string role) => new(userId, [role], SecondFactorAt: Time.GetUtcNow());

    /// <summary>A draft of Ana's with one rule more than the live version.</summary>
    public async Task<RuleSetVersion> DraftAsync(string id = "extra", decimal amount = 7_000)
    {
        await Refresh.StartAsync();
        var draft = Must(await Service.DraftAsync(Ana, (await Store.ReadPointersAsync())!.Live, "catch more"));
        return Must(await Service.SaveAsync(Ana, draft, [.. draft.Set.Rules, Rule(id, amount)], draft.Set.Thresholds));
    }

    public async Task<RuleSetVersion> BackTestedAsync(string id = "extra")
    {
        var draft = await DraftAsync(id);
        await Service.NoteBackTestAsync(Ana, draft.Number, draft.Edition, "30 days, 100 transfers");
        return (await Store.FindAsync(draft.Number))!;
    }

    public async Task<RuleSetVersion> InShadowAsync(string id = "extra") =>
        Must(await Service.ShadowAsync(Ana, await BackTestedAsync(id), "looks good"));

    public async Task<RuleSetVersion> ApprovedAsync(string id = "extra") =>
        Must(await Service.ApproveAsync(Bea, await InShadowAsync(id), "agreed"));

    public static T Must<T>(Result<T> result)
        where T : notnull => result.IsSuccess ? result.Value : throw new InvalidOperationException($"Refused: {result.Error}");
}
