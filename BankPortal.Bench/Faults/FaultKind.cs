namespace BankPortal.Bench.Faults;

/// <summary>What can go wrong between the SDK and the engine.</summary>
public enum FaultKind
{
    None,

    /// <summary>Another transaction was writing one of the items: cancelled, nothing written.</summary>
    Conflict,

    /// <summary>Too many requests: refused, nothing written.</summary>
    Throttle,

    /// <summary>An internal error of the service, nothing written.</summary>
    ServerError,

    /// <summary>The request never arrived, and nobody said so until time was up.</summary>
    TimeoutBefore,

    /// <summary>The request was carried out, and the answer did not come in time.</summary>
    TimeoutAfter,

    /// <summary>The connection broke before the request was sent.</summary>
    DropBefore,

    /// <summary>The connection broke when the request had been carried out.</summary>
    DropAfter,

    /// <summary>The request took longer than usual.</summary>
    Delay,
}
