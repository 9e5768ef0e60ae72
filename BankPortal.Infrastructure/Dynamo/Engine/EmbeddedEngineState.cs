namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>The states of the embedded engine.</summary>
public enum EmbeddedEngineState
{
    /// <summary>Not started yet.</summary>
    Stopped,

    /// <summary>Starting for the first time; not answering yet.</summary>
    Starting,

    /// <summary>Answering.</summary>
    Running,

    /// <summary>Ended unexpectedly; being restarted.</summary>
    Restarting,

    /// <summary>Failed too often; no further restarts.</summary>
    Failed,
}
