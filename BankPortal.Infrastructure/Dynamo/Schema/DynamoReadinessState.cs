namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>Whether the database can be used.</summary>
public enum DynamoReadinessState
{
    /// <summary>The portal is starting and has not looked yet.</summary>
    Starting,

    /// <summary>All tables answer.</summary>
    Ready,

    /// <summary>Some table does not answer.</summary>
    NotReady,
}
