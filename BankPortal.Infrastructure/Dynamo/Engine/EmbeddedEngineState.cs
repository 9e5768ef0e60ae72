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

    /// <summary>Could not be started several times in a row; tried slowly, or given up (<see cref="EmbeddedEngine.FatalError"/>).</summary>
    Failed,
}
