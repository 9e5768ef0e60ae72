namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <summary>What the embedded engine is doing.</summary>
public enum EmbeddedEngineState
{
    /// <summary>Not started yet.</summary>
    Stopped,

    /// <summary>Started for the first time, not answering yet.</summary>
    Starting,

    /// <summary>Answering.</summary>
    Running,

    /// <summary>It ended by itself and is being started again.</summary>
    Restarting,

    /// <summary>It ended again and again and is not started any more.</summary>
    Failed,
}
