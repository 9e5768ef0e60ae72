using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Core.Notifications;

/// <summary>What holds for each <see cref="AlertKind"/>: its topic, its text for people and the channels until somebody chooses
/// others.</summary>
public static class AlertKinds
{
    private static readonly ImmutableArray<AlertDescription> Described =
    [
        new(AlertKind.Payment, MessageTopic.Money, "Payments", "Money sent, taken out or charged.", []),
        new(AlertKind.Incoming, MessageTopic.Money, "Money received", "Money that comes in, deposits and interest.", []),
        new(AlertKind.HighValue, MessageTopic.Money, "Large amounts", "Large payments and large amounts received.", [DeliveryChannel.Email]),
        new(AlertKind.Checked, MessageTopic.Money, "Checked transfers", "A transfer is being checked, and how that ends.", [DeliveryChannel.Email]),
        new(AlertKind.LowBalance, MessageTopic.Accounts, "Low balance", "A balance falls below the limit.", [DeliveryChannel.Email]),
        new(AlertKind.Account, MessageTopic.Accounts, "Accounts", "An account is opened, closed or restricted.", [DeliveryChannel.Email]),
        new(AlertKind.Statement, MessageTopic.Accounts, "Statements", "A new statement can be read.", []),
        new(AlertKind.StandingOrder, MessageTopic.Planning, "Standing orders", "A scheduled transfer failed or was paused.", [DeliveryChannel.Email]),
        new(AlertKind.Request, MessageTopic.Planning, "Requests for money", "Somebody asks you for money, or answers you.", [DeliveryChannel.Email]),
        new(AlertKind.Budget, MessageTopic.Planning, "Budgets", "A budget is nearly or wholly used.", []),
        new(AlertKind.Loan, MessageTopic.Planning, "Loans", "An application is decided, an instalment is due or unpaid.", [DeliveryChannel.Email]),
        new(AlertKind.Security, MessageTopic.Security, "Security", "Sign-in, password, second factor, payees. Always on.", [DeliveryChannel.Email]),
        new(AlertKind.Work, MessageTopic.Work, "Work", "What needs the attention of your team.", []),
    ];

    private static readonly ImmutableDictionary<AlertKind, AlertDescription> ByKind = Described.ToImmutableDictionary(one => one.Kind);

    /// <summary>The kinds that a customer chooses channels for, in the order in which they are shown.</summary>
    public static ImmutableArray<AlertDescription> OfCustomers { get; } =
        [.. Described.Where(one => one.Kind != AlertKind.Work)];

    /// <summary>The kinds that a member of staff chooses channels for.</summary>
    public static ImmutableArray<AlertDescription> OfStaff { get; } =
        [.. Described.Where(one => one.Kind is AlertKind.Work or AlertKind.Security)];

    /// <summary>What holds for a kind.</summary>
    public static AlertDescription Describe(this AlertKind kind) => ByKind[kind];
}

/// <summary>What holds for an alert kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Topic">The topic of its messages.</param>
/// <param name="Name">Its name on screens.</param>
/// <param name="Text">What it is about, as a sentence.</param>
/// <param name="Defaults">The channels beside the bell until the person chooses others.</param>
public sealed record AlertDescription(
    AlertKind Kind, MessageTopic Topic, string Name, string Text, ImmutableArray<DeliveryChannel> Defaults)
{
    /// <summary>Whether nobody can switch it off.</summary>
    public bool IsFixed => Kind == AlertKind.Security;
}
