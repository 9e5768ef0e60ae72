using System.Net;
using Amazon.Runtime;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>
/// Notes the attempts of one call that got no answer. The SDK tries again by itself, so a call may end with a refusal of its last attempt
/// although an earlier one took effect or may still do so: the refusal then proves nothing about the call. For one call at a time.
/// </summary>
internal sealed class UnansweredAttempts
{
    private static readonly AsyncLocal<UnansweredAttempts?> OfCall = new();
    private volatile bool _any;

    private UnansweredAttempts()
    {
    }

    /// <summary>Whether an attempt got no answer, or one that does not say whether it took effect.</summary>
    public bool Any => _any;

    /// <summary>Notes the attempts of the call that this asynchronous method makes next.</summary>
    public static UnansweredAttempts Watch()
    {
        var attempts = new UnansweredAttempts();
        OfCall.Value = attempts;
        return attempts;
    }

    /// <summary>Notes how an attempt failed.</summary>
    internal static void Note(Exception failure)
    {
        // Refusals (4xx) say that nothing was done; faults of the service (5xx) and of the network say nothing.
        if (OfCall.Value is { } attempts
            && failure is not AmazonServiceException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError })
        {
            attempts._any = true;
        }
    }
}
